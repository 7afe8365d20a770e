#include "engine/attention/multi_head.h"
#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/layers/parameter_list.h"
#include "tests/explain/detailed_trace.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
/// Every cell of every computed quantity of one head; those of all heads together with head 0 alone.
std::vector<Cell> computedCells(const Provenance& from, const HeadAddress& head) {
    std::vector<Cell> cells;
    const auto grid = [&](Quantity quantity, int rows, int columns) {
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column)
                cells.push_back({quantity, head, row, column});
    };
    const int n = from.queries(), m = from.keys(), d = from.headWidth(), width = from.width();
    for (const Quantity quantity : {Quantity::query, Quantity::context})
        grid(quantity, n, d);
    for (const Quantity quantity : {Quantity::key, Quantity::value})
        grid(quantity, m, d);
    for (const Quantity quantity : {Quantity::dot, Quantity::scaled, Quantity::score, Quantity::shifted,
                                    Quantity::exponential, Quantity::weight})
        grid(quantity, n, m);
    for (const Quantity quantity : {Quantity::maximum, Quantity::rowSum})
        grid(quantity, n, 1);
    if (head.head == 0)
        for (const Quantity quantity : {Quantity::joined, Quantity::output, Quantity::residual})
            grid(quantity, n, width);
    return cells;
}

/// Self-attention with a mask, made of random weights, over a trace of five tokens.
struct MaskedSite {
    static constexpr Index width = 12, heads = 3, tokens = 5;
    ParameterList<float> parameters;
    MultiHeadAttention<float> attention;
    Trace trace;

    MaskedSite() : attention(projections(), heads, Mask::causal) {
        std::srand(7);
        for (Parameter<float>* parameter : parameters.all())
            parameter->value.setRandom();
        const Matrix<float> x = Matrix<float>::Random(tokens, width);
        Matrix<float> y(tokens, width);
        auto detail = std::make_shared<SiteDetail>();
        auto record = attention.forwardRecorded(x, y, {}, {}, detail.get());
        detail->residual = detail->output;
        record->detail = detail;
        trace.recording.stacks.push_back({Stack::encoder, {record}, {}, {}});
        trace.text = "abcde";
        for (size_t i = 0; i < tokens; ++i) {
            Token token;
            token.bytes = {i, i + 1};
            trace.encoding.tokens.push_back(token);
        }
    }
    typename MultiHeadAttention<float>::Projections projections() {
        const auto linear = [&](const char* name) {
            Parameter<float>& weight = parameters.matrix(name, width, width);
            return Linear<float>(weight, &parameters.vector(name, width));
        };
        Linear<float> query = linear("q"), key = linear("k"), value = linear("v"), output = linear("o");
        return {std::move(query), std::move(key), std::move(value), std::move(output)};
    }
};

class NoParameters final : public Model {
public:
    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return "none"; }
    Recording run(const ModelInput&, const RecordPlan&, const RunControl&) const override { return {}; }

private:
    ModelShape m_shape;
};

std::string messageOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const RequestError& error) {
        return error.what();
    }
    return {};
}
} // namespace

class ProvenanceTest : public QObject {
    Q_OBJECT

private slots:
    void everyNumberOfEveryHeadIsTheSumOfItsTerms() {
        const auto trace = detailedTrace(defaultText);
        QVERIFY(trace);
        int64_t cells = 0, beyondFour = 0;
        for (int layer = 0; layer < trace->layers(Stack::encoder); ++layer) {
            const Provenance from(*trace, *reader().model, Stack::encoder, layer);
            for (int head = 0; head < from.heads(); ++head)
                for (const Cell& cell : computedCells(from, {Stack::encoder, layer, head})) {
                    const Derivation sum = from.derive(cell);
                    const bool good = sum.agrees && !sum.terms.empty();
                    QVERIFY2(good,
                             (sum.label + " of layer " + std::to_string(layer) + ": " + statementOf(sum, 9))
                                 .c_str());
                    // 4 eps holds for all sums of a head; of those over all 128 components, for nearly all.
                    QVERIFY(agreesFromTerms(sum) || sum.terms.size() > 100);
                    beyondFour += !agreesFromTerms(sum);
                    ++cells;
                }
        }
        QVERIFY2(cells > 40'000, std::to_string(cells).c_str());
        QVERIFY2(beyondFour * 5'000 < cells, std::to_string(beyondFour).c_str());
    }

    void anAlteredNumberDoesNotAgree_data() {
        QTest::addColumn<int>("quantity");
        for (const Quantity quantity :
             {Quantity::query, Quantity::key, Quantity::value, Quantity::dot, Quantity::scaled,
              Quantity::score, Quantity::maximum, Quantity::shifted, Quantity::exponential, Quantity::rowSum,
              Quantity::weight, Quantity::context, Quantity::joined, Quantity::output, Quantity::residual})
            QTest::newRow(std::string(nameOf(quantity)).c_str()) << static_cast<int>(quantity);
    }
    /// One part in a thousand on one recorded number: it no longer agrees with what it was made of, and what
    /// was made of it no longer agrees with it.
    void anAlteredNumberDoesNotAgree() {
        QFETCH(int, quantity);
        const auto trace = detailedTrace(defaultText);
        OpenTrace open(*trace, 1);
        const Cell cell{static_cast<Quantity>(quantity),
                        {Stack::encoder, 1, 1},
                        10,
                        quantity == static_cast<int>(Quantity::maximum) ||
                                quantity == static_cast<int>(Quantity::rowSum)
                            ? 0
                            : 2};
        SiteRecord& site = *open.site;
        SiteDetail& detail = *open.detail;
        float* number = nullptr;
        switch (cell.quantity) {
        case Quantity::query:
            number = &site.queries.at(1, 10, 2);
            break;
        case Quantity::key:
            number = &site.keys.at(1, 10, 2);
            break;
        case Quantity::value:
            number = &site.values.at(1, 10, 2);
            break;
        case Quantity::dot:
            number = &detail.dots.at(1, 10, 2);
            break;
        case Quantity::scaled:
            number = &detail.scaled.at(1, 10, 2);
            break;
        case Quantity::score:
            number = &site.scores.at(1, 10, 2);
            break;
        case Quantity::maximum:
            number = &detail.maximum.at(1, 10);
            break;
        case Quantity::shifted:
            number = &detail.shifted.at(1, 10, 2);
            break;
        case Quantity::exponential:
            number = &detail.exponentials.at(1, 10, 2);
            break;
        case Quantity::rowSum:
            number = &detail.rowSum.at(1, 10);
            break;
        case Quantity::weight:
            number = &site.weights.at(1, 10, 2);
            break;
        case Quantity::context:
            number = &site.context.at(1, 10, 2);
            break;
        case Quantity::joined:
            number = &detail.joined.at(10, 2);
            break;
        case Quantity::output:
            number = &detail.output.at(10, 2);
            break;
        case Quantity::residual:
            number = &detail.residual.at(10, 2);
            break;
        default:
            break;
        }
        QVERIFY(number);
        const Provenance from(open.trace, *reader().model, Stack::encoder, 1);
        QVERIFY(from.derive(cell).agrees);
        const float before = *number;
        *number = before == 0 ? 1e-3F : before * 1.001F;
        const Derivation altered = from.derive(cell);
        QVERIFY2(!altered.agrees, statementOf(altered, 9).c_str());
        QVERIFY(!agreesFromTerms(altered));
        QVERIFY(statementOf(altered, 9).find("MORE than rounding allows") != std::string::npos);
        *number = before;
        QVERIFY(from.derive(cell).agrees);
    }

    void anAlteredNumberIsFoundAboveToo() {
        const auto trace = detailedTrace(defaultText);
        OpenTrace open(*trace, 1);
        const Provenance from(open.trace, *reader().model, Stack::encoder, 1);
        const HeadAddress head{Stack::encoder, 1, 1};
        open.site->weights.at(1, 10, 2) *= 1.001F;
        int wrong = 0;
        for (int c = 0; c < from.headWidth(); ++c)
            wrong += !from.derive({Quantity::context, head, 10, c}).agrees;
        QVERIFY2(wrong > from.headWidth() / 2, std::to_string(wrong).c_str());
    }

    void treeLeadsToInputsAndWeights() {
        const auto trace = detailedTrace(defaultText);
        const Provenance from(*trace, *reader().model, Stack::encoder, 2);
        Cell cell{Quantity::residual, {Stack::encoder, 2, 3}, 10, 100};
        std::vector<Quantity> way;
        while (!isGiven(cell.quantity)) {
            way.push_back(cell.quantity);
            const Derivation sum = from.derive(cell);
            QVERIFY(!sum.terms.empty());
            // The longest way: what has been computed before what is given.
            const Term& term = sum.terms.back().factors[0].cell.quantity == Quantity::outputBias
                                   ? sum.terms[100]
                                   : sum.terms.back();
            QVERIFY(from.value(term.factors[0].cell) == term.factors[0].value);
            cell = term.factors[0].cell;
        }
        const std::vector<Quantity> expected{Quantity::residual, Quantity::output,  Quantity::joined,
                                             Quantity::context,  Quantity::weight,  Quantity::exponential,
                                             Quantity::shifted,  Quantity::maximum, Quantity::score,
                                             Quantity::scaled,   Quantity::dot,     Quantity::query};
        QVERIFY(way == expected);
        QCOMPARE(from.derive({Quantity::input, {Stack::encoder, 2, 3}, 1, 1}).operation, Operation::given);
    }

    void maskedCellsAreSaidAndAgree() {
        const MaskedSite masked;
        const NoParameters model;
        const Provenance from(masked.trace, model, Stack::encoder, 0);
        for (int head = 0; head < 3; ++head)
            for (const Cell& cell : computedCells(from, {Stack::encoder, 0, head}))
                if (cell.quantity != Quantity::residual) {
                    const Derivation sum = from.derive(cell);
                    QVERIFY2(sum.agrees, (sum.label + ": " + statementOf(sum, 9)).c_str());
                }
        const HeadAddress head{Stack::encoder, 0, 1};
        const Derivation hidden = from.derive({Quantity::score, head, 1, 3});
        QCOMPARE(hidden.terms.size(), size_t{2});
        QCOMPARE(hidden.terms[1].factors[0].value, -std::numeric_limits<float>::infinity());
        QCOMPARE(from.derive({Quantity::score, head, 3, 1}).operation, Operation::copy);
        QCOMPARE(from.value({Quantity::weight, head, 1, 3}), 0.0F);
        QVERIFY(from.hasAdded(1, 1));
        QVERIFY(!from.hasAdded(1, 4)); // the last token sees all
        QVERIFY(statementOf(hidden, 6).find("−∞") != std::string::npos);
    }

    void aHeadThatIsSwitchedOffSaysSo() {
        OpenTrace open(*detailedTrace(defaultText), 0);
        open.detail->switchedOff = {2};
        for (float& number : open.site->context.values())
            number = 0;
        const Provenance from(open.trace, *reader().model, Stack::encoder, 0);
        const Derivation context = from.derive({Quantity::context, {Stack::encoder, 0, 2}, 1, 1});
        QCOMPARE(context.operation, Operation::cleared);
        QVERIFY(context.agrees);
        QVERIFY(!from.derive({Quantity::context, {Stack::encoder, 0, 1}, 1, 1}).agrees);
    }

    void badQuestionsGetOneSentence() {
        const auto trace = detailedTrace(defaultText);
        const Model& model = *reader().model;
        const Provenance from(*trace, model, Stack::encoder, 1);
        for (const Cell& cell : {Cell{Quantity::weight, {Stack::encoder, 1, 4}, 0, 0},
                                 Cell{Quantity::weight, {Stack::encoder, 1, -1}, 0, 0},
                                 Cell{Quantity::weight, {Stack::encoder, 0, 0}, 0, 0},
                                 Cell{Quantity::weight, {Stack::encoder, 1, 0}, from.queries(), 0},
                                 Cell{Quantity::weight, {Stack::encoder, 1, 0}, 0, from.keys()},
                                 Cell{Quantity::context, {Stack::encoder, 1, 0}, 0, -1},
                                 Cell{Quantity::positionBias, {Stack::encoder, 1, 0}, 0, 0}}) {
            QVERIFY(!from.has(cell));
            QVERIFY(messageOf([&] { from.value(cell); }).find("There is no such number") == 0);
            QVERIFY(messageOf([&] { from.derive(cell); }).find("There is no such number") == 0);
        }
        QVERIFY(messageOf([&] { Provenance(*trace, model, Stack::encoder, 9); }).find("no attention site") !=
                std::string::npos);
        Trace plain = *trace;
        auto site = std::make_shared<SiteRecord>(*trace->site(Stack::encoder, 1));
        site->detail = nullptr;
        plain.recording.stacks[0].sites[1] = site;
        QVERIFY(messageOf([&] { Provenance(plain, model, Stack::encoder, 1); }).find("--details") !=
                std::string::npos);
        // An array of another width, as a file may have it.
        OpenTrace open(*trace, 1);
        open.site->context = Tensor<float>({4, 16, 3});
        const std::string message = messageOf([&] { Provenance(open.trace, model, Stack::encoder, 1); });
        QVERIFY2(message.find("does not hold together") != std::string::npos, message.c_str());
    }

    void numbersHaveTheDigitsAskedFor() {
        QCOMPARE(numberText(32.390001, 4), std::string("32.39"));
        QCOMPARE(numberText(-1.0 / 3, 3), std::string("-0.333"));
        QCOMPARE(numberText(0, 6), std::string("0"));
        QCOMPARE(numberText(1.8e-6, 2), std::string("1.8e-06"));
        QCOMPARE(numberText(-INFINITY, 6), std::string("−∞"));
        QCOMPARE(numberText(NAN, 6), std::string("not a number"));
        QCOMPARE(numberText(0.1, 99), numberText(0.1, 17));
    }
};

QTEST_GUILESS_MAIN(ProvenanceTest)
#include "provenance_test.moc"
