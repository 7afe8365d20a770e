#include "engine/core/errors.h"
#include "engine/experiments/truth.h"
#include "engine/explain/readings.h"
#include "engine/files/model_folder.h"
#include "engine/models/bert_network.h"
#include "engine/session/model_session.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlight;

namespace {
const std::string text = "The animal didn't cross the street because it was too tired.";

const std::shared_ptr<const LoadedModel>& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return model;
}

std::shared_ptr<const Trace> traceWith(const Edits& edits) {
    RunRequest request;
    request.text = text;
    request.edits = edits;
    return ModelSession(reader()).run(request, {}).trace;
}

const std::shared_ptr<const Trace>& plainTrace() {
    static const std::shared_ptr<const Trace> trace = traceWith({});
    return trace;
}

int indexOf(const std::string& word) {
    const auto& tokens = plainTrace()->tokens();
    for (size_t i = 0; i < tokens.size(); ++i)
        if (plainTrace()->spelling(tokens[i]) == word)
            return static_cast<int>(i);
    return -1;
}

/// The row of the pronoun in the head where it looks hardest at its antecedent, and what is read there.
TruthQuestion question() {
    TruthQuestion result;
    result.query = indexOf("it");
    result.output = *topAnswer(*plainTrace(), result.query);
    float strongest = -1;
    for (int layer = 0; layer < plainTrace()->layers(Stack::encoder); ++layer)
        for (int head = 0; head < plainTrace()->heads(Stack::encoder); ++head) {
            const float weight =
                plainTrace()->site(Stack::encoder, layer)->weights.at(head, result.query, indexOf("animal"));
            if (weight > strongest) {
                strongest = weight;
                result.head = {Stack::encoder, layer, head};
            }
        }
    return result;
}

Edit deletion(const TruthQuestion& of, int key) {
    return {HeadScope::one(of.head),
            PaintedWeight{EditToken::at(of.query), EditToken::at(key), WeightPaint::set, 0, false}};
}

TruthQuestion aboutLogit() {
    TruthQuestion result = question();
    result.output.measure = OutputMeasure::logit;
    return result;
}

double logitOf(const Trace& trace, const ChosenOutput& output) {
    return static_cast<double>(trace.recording.logits->at(output.position, output.id));
}

std::string refusalOf(const Trace& trace, const TruthQuestion& of) {
    try {
        truthColumn(trace, *reader()->model, of);
    } catch (const RequestError& error) {
        return error.what();
    }
    return {};
}

EdgeTruth edge(float weight, double change) {
    EdgeTruth result;
    result.weight = weight;
    result.change = change;
    return result;
}
} // namespace

class TruthTest : public QObject {
    Q_OBJECT
private slots:
    void theChosenOutputIsTheTopReading() {
        const TruthQuestion asked = question();
        const auto best = readings(*plainTrace(), *reader()->tokenizer, asked.query, 1);
        QCOMPARE(asked.output.id, best.front().id);
        const TruthColumn column = truthColumn(*plainTrace(), *reader()->model, asked);
        const double p = best.front().probability;
        QVERIFY(std::abs(column.value - std::log(p / (1 - p))) < 1e-6);
        QVERIFY(truthColumn(*plainTrace(), *reader()->model, aboutLogit()).value ==
                logitOf(*plainTrace(), asked.output));
        QVERIFY(std::abs(column.probability - best.front().probability) < 1e-12);
        QVERIFY(!topAnswer(*plainTrace(), -1) && !topAnswer(Trace(), 0));
    }

    /// Deleting an edge with an edit, as a person does, gives the same number, bit for bit.
    void deletingByHandGivesTheSameBits() {
        const TruthQuestion asked = aboutLogit();
        const TruthColumn column = truthColumn(*plainTrace(), *reader()->model, asked);
        QCOMPARE(column.edges.size(), plainTrace()->tokens().size());
        bool someChange = false;
        for (const EdgeTruth& each : column.edges) {
            const auto byHand = traceWith({deletion(asked, each.key)});
            QCOMPARE(byHand->edits.size(), size_t{1});
            QVERIFY(each.change == logitOf(*byHand, asked.output) - logitOf(*plainTrace(), asked.output));
            QCOMPARE(each.weight, plainTrace()
                                      ->site(asked.head.stack, asked.head.layer)
                                      ->weights.at(asked.head.head, asked.query, each.key));
            someChange |= each.change != 0;
        }
        QVERIFY(someChange);
        const TruthColumn odds = truthColumn(*plainTrace(), *reader()->model, question());
        const EdgeTruth& animal = odds.edges[static_cast<size_t>(indexOf("animal"))];
        QVERIFY2(animal.change < -0.1, QByteArray::number(animal.change));
        QVERIFY(animal.probabilityChange < 0 && animal.gradientTimesWeight > 0);
        const double before = odds.probability, after = before + animal.probabilityChange;
        QVERIFY(std::abs(animal.change - std::log(after / (1 - after)) + std::log(before / (1 - before))) <
                1e-6);
    }

    /// In a trace that is edited itself, what is measured is the edge of that trace.
    void editsOfTheTraceStay() {
        const TruthQuestion asked = aboutLogit();
        const Edit paint{HeadScope::one(asked.head),
                         PaintedWeight{EditToken::at(asked.query), EditToken::at(indexOf("street")),
                                       WeightPaint::set, 0.5, true}};
        const Edit other{HeadScope::all(), Temperature{1.5}};
        const auto edited = traceWith({other, paint});
        const TruthColumn column = truthColumn(*edited, *reader()->model, asked);
        QVERIFY(column.value == logitOf(*edited, asked.output));
        // By hand: the row as it was recorded, but for one cell.
        const int animal = indexOf("animal");
        Edits byHand{other};
        const auto& weights = edited->site(asked.head.stack, asked.head.layer)->weights;
        for (int key = 0; key < weights.dimension(2); ++key)
            byHand.push_back(
                {HeadScope::one(asked.head),
                 PaintedWeight{
                     EditToken::at(asked.query), EditToken::at(key), WeightPaint::set,
                     key == animal ? 0 : static_cast<double>(weights.at(asked.head.head, asked.query, key)),
                     false}});
        QVERIFY(column.edges[static_cast<size_t>(animal)].change ==
                logitOf(*traceWith(byHand), asked.output) - column.value);
    }

    /// Against the same difference in double with a small step.
    void gradientTimesWeightIsTheDerivative() {
        const ModelFolder folder = ModelFolder::open(reader()->folder);
        BertNetwork<double> network(BertConfig::from(folder));
        network.read(folder.weights());
        const TruthQuestion asked = aboutLogit();
        const ModelInput input = inputOf(plainTrace()->encoding);
        const auto logit = [&](int key, double factor) {
            RunControl control;
            control.edits = {
                {HeadScope::one(asked.head), PaintedWeight{EditToken::at(asked.query), EditToken::at(key),
                                                           WeightPaint::scale, factor, false}}};
            return network.run(input, {}, control).logits->at(asked.output.position, asked.output.id);
        };
        const TruthColumn column = truthColumn(*plainTrace(), *reader()->model, asked);
        double largest = 0, error = 0;
        for (const EdgeTruth& each : column.edges) {
            constexpr double small = 1e-5;
            const double expected = (logit(each.key, 1 + small) - logit(each.key, 1 - small)) / (2 * small);
            largest = std::max(largest, std::abs(expected));
            error = std::max(error, std::abs(each.gradientTimesWeight - expected));
        }
        QVERIFY2(largest > 0.01, QByteArray::number(largest));
        QVERIFY2(error < 0.01 * largest + 1e-4, qPrintable(QString("%1 of %2").arg(error).arg(largest)));
    }

    void valueSizesAreThoseOfTheDefinition() {
        const TruthQuestion asked = question();
        const TruthColumn column = truthColumn(*plainTrace(), *reader()->model, asked);
        const SiteRecord& site = *plainTrace()->site(asked.head.stack, asked.head.layer);
        const ParameterView w = reader()->model->parameters(asked.head.stack, asked.head.layer).outputWeight;
        const int64_t d = site.values.dimension(2);
        for (const EdgeTruth& each : column.edges) {
            // The same norm from the Gram matrix: sqrt(v^T G v), G = W^T W over the head's columns.
            double squares = 0;
            for (int64_t a = 0; a < d; ++a)
                for (int64_t b = 0; b < d; ++b) {
                    double gram = 0;
                    for (int64_t i = 0; i < w.rows; ++i)
                        gram += static_cast<double>(w.at(i, asked.head.head * d + a)) *
                                static_cast<double>(w.at(i, asked.head.head * d + b));
                    squares += static_cast<double>(site.values.at(asked.head.head, each.key, a)) * gram *
                               static_cast<double>(site.values.at(asked.head.head, each.key, b));
                }
            const double expected = static_cast<double>(each.weight) * std::sqrt(squares);
            QVERIFY(each.valueSize && std::abs(*each.valueSize - expected) <= 1e-9 + 1e-6 * expected);
        }
    }

    void verdictsFollowTheThresholds() {
        std::vector<EdgeTruth> edges{edge(0.8F, -2),    edge(0.2F, 0.09), edge(0.03F, 0.5),
                                     edge(0.03F, 0.49), edge(0.05F, 0.6), edge(0, 0)};
        judge(edges);
        using enum EdgeVerdict;
        const std::vector<EdgeVerdict> expected{asItLooks, overrated, underrated,
                                                asItLooks, asItLooks, asItLooks};
        for (size_t i = 0; i < edges.size(); ++i)
            QVERIFY2(edges[i].verdict == expected[i], QByteArray::number(static_cast<int>(i)));
        std::vector<EdgeTruth> nothing{edge(0.9F, 0.009), edge(0.1F, -0.009)};
        judge(nothing); // no edge of the row matters to this output
        QVERIFY(nothing[0].verdict == overrated && nothing[1].verdict == asItLooks);
        std::vector<EdgeTruth> none;
        judge(none);
    }

    void itStopsBetweenPassesAndReports() {
        std::stop_source source;
        JobControl control;
        control.stop = source.get_token();
        int reports = 0;
        control.report = [&](const Progress& progress) {
            QVERIFY(progress.fraction > 0 && progress.fraction <= 1);
            if (++reports == 3)
                source.request_stop();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled,
                                 truthColumn(*plainTrace(), *reader()->model, question(), control));
        QCOMPARE(reports, 3);
    }

    void badQuestionsGetOneSentence() {
        TruthQuestion asked = question();
        asked.query = 99;
        QVERIFY(refusalOf(*plainTrace(), asked).find("no row 99") != std::string::npos);
        asked = question();
        asked.head.layer = 7;
        QVERIFY(refusalOf(*plainTrace(), asked).find("encoder.7") != std::string::npos);
        asked = question();
        asked.output.id = -1;
        QVERIFY(refusalOf(*plainTrace(), asked).find("no logit of token -1") != std::string::npos);
        asked = question();
        const auto off = traceWith({{HeadScope::one(asked.head), SwitchOff{}}});
        QVERIFY(refusalOf(*off, asked).find("is switched off") != std::string::npos);
        Trace without = *plainTrace();
        without.recording.logits = nullptr;
        QVERIFY(refusalOf(without, asked).find("was not recorded") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TruthTest)
#include "truth_test.moc"
