#include "engine/explain/formats.h"
#include "engine/explain/steps.h"
#include "tests/explain/detailed_trace.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
const HeadAddress changed{Stack::encoder, 1, 1};
constexpr int query = 4, key = 2;

std::shared_ptr<const Trace> traceWith(const std::vector<EditKind>& kinds) {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    RunRequest request;
    request.text = defaultText;
    request.plan.details = DetailChoice::ofAll();
    for (const EditKind& what : kinds)
        request.edits.push_back({HeadScope::one(changed), what});
    return ModelSession(model).run(request, {}).trace;
}

Provenance of(const Trace& trace) {
    return Provenance(trace, *reader().model, changed.stack, changed.layer);
}

Cell cell(Quantity quantity, int row, int column) {
    return {quantity, changed, row, column};
}

PaintedWeight weightOf(int k, double value, bool renormalise) {
    return {EditToken::at(query), EditToken::at(k), WeightPaint::set, value, renormalise};
}
} // namespace

/// The steps of a changed pass claim no sum that the pass did not carry out.
class EditedStepsTest : public QObject {
    Q_OBJECT
private slots:
    void everyNumberOfAChangedHeadAgrees_data() {
        QTest::addColumn<int>("which");
        for (int which = 0; which < 6; ++which)
            QTest::addRow("%d", which) << which;
    }
    void everyNumberOfAChangedHeadAgrees() {
        QFETCH(int, which);
        const std::vector<EditKind> kinds{
            SwitchOff{OffContext::sentenceMean},
            HiddenToken{EditToken::at(key)},
            PaintedScore{EditToken::at(query), EditToken::at(key), ScorePaint::add, 2.5},
            BorrowedPattern{{Stack::encoder, 0, 3}},
            weightOf(key, 0.5, false),
            weightOf(key, 0.5, true)};
        const auto trace = traceWith({kinds[static_cast<size_t>(which)]});
        QVERIFY(trace && trace->edits.size() == 1);
        const Provenance from = of(*trace);
        for (int row = 0; row < from.queries(); ++row) {
            for (int column = 0; column < from.keys(); ++column)
                for (const Quantity quantity : {Quantity::scaled, Quantity::score, Quantity::shifted,
                                                Quantity::exponential, Quantity::weight}) {
                    const Derivation sum = from.derive(cell(quantity, row, column));
                    QVERIFY2(sum.agrees, (sum.label + ": " + statementOf(sum, 9)).c_str());
                }
            for (int c = 0; c < from.headWidth(); ++c)
                for (const Quantity quantity : {Quantity::context, Quantity::joined, Quantity::output}) {
                    const Derivation sum = from.derive(cell(quantity, row, c));
                    QVERIFY2(sum.agrees, (sum.label + ": " + statementOf(sum, 9)).c_str());
                }
        }
        const StepsQuestion question{changed, query, key, 0};
        for (const StepsFormat format :
             {StepsFormat::text, StepsFormat::json, StepsFormat::latex, StepsFormat::csv, StepsFormat::fods})
            QVERIFY(!stepsAs(format, *trace, *reader().model, question).empty());
    }

    void whatAnEditPutThereSaysSo() {
        const auto plain = traceWith({});
        const auto scored =
            traceWith({PaintedScore{EditToken::at(query), EditToken::at(key), ScorePaint::set, 2.5}});
        const Derivation score = of(*scored).derive(cell(Quantity::score, query, key));
        QVERIFY(score.operation == Operation::edited && score.terms.empty() && score.recorded == 2.5F);
        QVERIFY(statementOf(score, 6).find("put here by an edit") != std::string::npos);
        QCOMPARE(of(*scored).derive(cell(Quantity::score, query, key + 1)).operation, Operation::copy);
        QCOMPARE(of(*scored).derive(cell(Quantity::weight, query, key)).operation, Operation::quotient);
        QVERIFY(of(*scored).hasAdded(changed.head, query));

        const auto one = traceWith({weightOf(key, 0.5, false)});
        QCOMPARE(of(*one).derive(cell(Quantity::weight, query, key)).operation, Operation::edited);
        QCOMPARE(of(*one).derive(cell(Quantity::weight, query, key + 1)).operation, Operation::quotient);
        QCOMPARE(of(*one).derive(cell(Quantity::weight, query + 1, key)).operation, Operation::quotient);
        const auto row = traceWith({weightOf(key, 0.5, true)});
        QCOMPARE(of(*row).derive(cell(Quantity::weight, query, key + 1)).operation, Operation::edited);
        const auto borrowed = traceWith({BorrowedPattern{{Stack::encoder, 0, 3}}});
        QCOMPARE(of(*borrowed).derive(cell(Quantity::weight, 0, 0)).operation, Operation::edited);
        const auto mean = traceWith({SwitchOff{OffContext::sentenceMean}});
        const Derivation context = of(*mean).derive(cell(Quantity::context, query, 1));
        QVERIFY(context.operation == Operation::averaged && context.tolerance > 0 &&
                context.tolerance < 1e-3);
        QCOMPARE(of(*plain).derive(cell(Quantity::context, query, 1)).operation, Operation::sum);
    }

    /// The check of the mean can fail.
    void aWrongMeanDoesNotAgree() {
        OpenTrace open(*traceWith({SwitchOff{OffContext::sentenceMean}}), changed.layer);
        open.site->context.at(changed.head, query, 1) += 0.01F;
        QVERIFY(!of(open.trace).derive(cell(Quantity::context, query, 1)).agrees);
    }

    void stagesAndCodeNameTheEdit() {
        const auto stage = [](const Trace& trace, StageId id) {
            const Steps all = steps(trace, *reader().model, {changed, query, key, 0});
            return *all.find(id);
        };
        const auto says = [](const Stage& of, const std::string& text) {
            return std::any_of(of.sentences.begin(), of.sentences.end(), [&](const Sentence& sentence) {
                return sentence.text().find(text) != std::string::npos;
            });
        };
        const auto weights = traceWith({weightOf(key, 0.5, false)});
        const Stage painted = stage(*weights, StageId::weights);
        QVERIFY(says(painted, "An edit changed the weights"));
        QVERIFY(painted.code.front().find("e / Z") == std::string::npos);
        QVERIFY(says(stage(*traceWith({}), StageId::weights), "divided by the sum"));
        const auto scores =
            traceWith({PaintedScore{EditToken::at(query), EditToken::at(key), ScorePaint::set, 2.5}});
        QVERIFY(says(stage(*scores, StageId::masked), "An edit put other numbers in place of 1"));
        const auto mean = traceWith({SwitchOff{OffContext::sentenceMean}});
        const Stage context = stage(*mean, StageId::context);
        QVERIFY(says(context, "the mean of its contexts"));
        QVERIFY(context.code.front().find("mean(axis=0)") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(EditedStepsTest)
#include "edited_steps_test.moc"
