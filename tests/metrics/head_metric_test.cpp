#include "engine/metrics/head_metric.h"
#include "engine/metrics/value_norms.h"
#include "tests/metrics/hand_made.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr HeadAddress head{Stack::encoder, 0, 0};

/// [CLS] a b c a [SEP]
const std::vector<std::string> sixTokens{"[CLS]", "a", "b", "c", "a", "[SEP]"};

std::optional<double> measured(std::string_view id, const Pattern& pattern,
                               std::span<const TokenRelation> relations = {}) {
    const Trace trace = handMade(sixTokens, {{pattern}});
    return valueOf(*findMetric(id), trace, head, nullptr, relations);
}

bool is(std::optional<double> value, double wanted) {
    if (value && std::abs(*value - wanted) < 1e-6)
        return true;
    qWarning("%.9g, wanted %.9g", value ? *value : NAN, wanted);
    return false;
}

/// A model that gives away nothing but an output projection.
class OutputOnly final : public Model {
public:
    OutputOnly(std::vector<float> weight, int64_t rows, int64_t columns)
        : m_weight(std::move(weight)), m_rows(rows), m_columns(columns) {}
    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return {}; }
    SiteParameters parameters(Stack, int) const override {
        SiteParameters parameters;
        parameters.outputWeight = {m_weight.data(), m_rows, m_columns, "output"};
        return parameters;
    }
    Recording run(const ModelInput&, const RecordPlan&, const RunControl&) const override { return {}; }

private:
    ModelShape m_shape;
    std::vector<float> m_weight;
    int64_t m_rows, m_columns;
};
} // namespace

class HeadMetricTest : public QObject {
    Q_OBJECT

private slots:
    void everyMetricSaysWhatItIs() {
        std::set<std::string_view> ids, titles;
        for (const HeadMetric& metric : headMetrics()) {
            const std::string id(metric.id);
            QVERIFY2(ids.insert(metric.id).second && titles.insert(metric.title).second, id.c_str());
            QVERIFY2(!metric.title.empty() && metric.measures.ends_with('.') && !metric.formula.empty() &&
                         !metric.paper.empty() && metric.evaluate,
                     id.c_str());
            QCOMPARE(std::count(metric.formula.begin(), metric.formula.end(), '{'),
                     std::count(metric.formula.begin(), metric.formula.end(), '}'));
            QCOMPARE(findMetric(metric.id), &metric);
        }
        for (const char* id :
             {"entropy", "largest-weight", "mean-distance", "previous", "next", "same", "first", "special",
              "diagonality", "induction", "duplicate", "value-norm", "pronoun-antecedent", "verb-subject"})
            QVERIFY2(ids.contains(id), id);
        QVERIFY(!findMetric("beauty"));
    }

    void uniform() {
        const Pattern pattern = testing::uniform(6);
        QVERIFY(is(measured("entropy", pattern), std::log2(6.0)));
        QVERIFY(is(measured("largest-weight", pattern), 1.0 / 6));
        // The mean of |i - j| over n x n cells is (n^2 - 1) / 3n.
        QVERIFY(is(measured("mean-distance", pattern), 35.0 / 18));
        // Row sums of |i - j|: 15, 11, 9, 9, 11, 15, over 6 x the farthest: 5, 4, 3, 3, 4, 5.
        QVERIFY(is(measured("diagonality", pattern), 1 - (15.0 / 30 + 11.0 / 24 + 9.0 / 18) / 3));
        for (const char* id : {"previous", "next", "same", "first"})
            QVERIFY2(is(measured(id, pattern), 1.0 / 6), id);
        QVERIFY(is(measured("special", pattern), 2.0 / 6));
        QVERIFY(is(measured("induction", pattern), 1.0 / 6));
        QVERIFY(is(measured("duplicate", pattern), 1.0 / 6));
    }

    void diagonal() {
        const Pattern pattern = testing::diagonal();
        QVERIFY(is(measured("entropy", pattern), 0));
        QVERIFY(is(measured("largest-weight", pattern), 1));
        QVERIFY(is(measured("mean-distance", pattern), 0));
        QVERIFY(is(measured("diagonality", pattern), 1));
        QVERIFY(is(measured("same", pattern), 1));
        QVERIFY(is(measured("previous", pattern), 0));
        QVERIFY(is(measured("next", pattern), 0));
        QVERIFY(is(measured("first", pattern), 1.0 / 6));
        QVERIFY(is(measured("special", pattern), 2.0 / 6)); // the special tokens look at themselves
        QVERIFY(is(measured("induction", pattern), 0));
        QVERIFY(is(measured("duplicate", pattern), 0));
    }

    void previousAndNextToken() {
        QVERIFY(is(measured("previous", previousToken()), 1)); // the first query has none and does not count
        QVERIFY(is(measured("same", previousToken()), 1.0 / 6));
        QVERIFY(is(measured("mean-distance", previousToken()), 5.0 / 6));
        const Pattern next = [](int query, int key) { return key == std::min(query + 1, 5) ? 1.0 : 0.0; };
        QVERIFY(is(measured("next", next), 1));
        QVERIFY(is(measured("previous", next), 0));
    }

    void firstToken() {
        QVERIFY(is(measured("first", testing::firstToken()), 1));
        QVERIFY(is(measured("special", testing::firstToken()), 1));
        QVERIFY(is(measured("mean-distance", testing::firstToken()), 15.0 / 6));
        // Rows 3, 4 and 5 look at what is farthest from them; the first at itself.
        QVERIFY(is(measured("diagonality", testing::firstToken()), (1 + 3.0 / 4 + 1.0 / 3) / 6));
    }

    void causal() {
        double entropy = 0, largest = 0, distance = 0;
        for (int i = 0; i < 6; ++i) {
            entropy += std::log2(i + 1.0) / 6;
            largest += 1.0 / (i + 1) / 6;
            distance += i / 2.0 / 6; // the mean of 0 .. i
        }
        QVERIFY(is(measured("entropy", testing::causal()), entropy));
        QVERIFY(is(measured("largest-weight", testing::causal()), largest));
        QVERIFY(is(measured("mean-distance", testing::causal()), distance));
        QVERIFY(is(measured("first", testing::causal()), largest));
        QVERIFY(is(measured("next", testing::causal()), 0));
    }

    /// At the second "a" (4), whose first stands at 1: b (2) came after it.
    void inductionAndDuplicate() {
        const Pattern toB = [](int, int key) { return key == 2 ? 0.75 : 0.05; };
        const Pattern toFirstA = [](int, int key) { return key == 1 ? 0.75 : 0.05; };
        QVERIFY(is(measured("induction", toB), 0.75));
        QVERIFY(is(measured("duplicate", toB), 0.05));
        QVERIFY(is(measured("induction", toFirstA), 0.05));
        QVERIFY(is(measured("duplicate", toFirstA), 0.75));
        // Three a's: the third has two earlier places.
        const Trace trace = handMade({"a", "a", "b", "a"}, {{testing::uniform(4)}});
        QVERIFY(is(valueOf(*findMetric("duplicate"), trace, head), (0.25 + 0.5) / 2));
        QVERIFY(is(valueOf(*findMetric("induction"), trace, head), (0.25 + 0.5) / 2));
    }

    void nothingIsSaidWhereTheQuestionMakesNoSense() {
        const Trace plain = handMade({"a", "b"}, {{testing::uniform(2)}});
        for (const char* id :
             {"special", "induction", "duplicate", "value-norm", "pronoun-antecedent", "relation"})
            QVERIFY2(!valueOf(*findMetric(id), plain, head), id);
        const Trace brackets = handMade({"[SEP]", "[SEP]"}, {{testing::uniform(2)}});
        QVERIFY(!valueOf(*findMetric("duplicate"), brackets, head)); // special tokens repeat nothing
        const Trace one = handMade({"a"}, {{testing::diagonal()}});
        for (const char* id : {"previous", "next", "diagonality"})
            QVERIFY2(!valueOf(*findMetric(id), one, head), id);
        QVERIFY(is(valueOf(*findMetric("entropy"), one, head), 0));
        const Trace none = handMade({"a", "b"}, {{testing::nothing()}});
        for (const HeadMetric& metric : headMetrics()) {
            QVERIFY2(!valueOf(metric, none, head), std::string(metric.id).c_str());
            QVERIFY(!valueOf(metric, plain, {Stack::encoder, 0, 1}));
            QVERIFY(!valueOf(metric, plain, {Stack::encoder, 1, 0}));
            QVERIFY(!valueOf(metric, plain, {Stack::decoder, 0, 0}));
        }
        const Trace cross = handMade({"a", "b"}, {{testing::uniform(2)}}, Stack::cross);
        QVERIFY(!valueOf(*findMetric("previous"), cross, {Stack::cross, 0, 0}));
        QVERIFY(is(valueOf(*findMetric("entropy"), cross, {Stack::cross, 0, 0}), 1));
    }

    /// A row whose keys are all masked says nothing about the head.
    void rowsThatLookAtNothingAreLeftOut() {
        const Pattern half = [](int query, int) { return query < 3 ? 1.0 / 6 : 0.0; };
        QVERIFY(is(measured("entropy", half), std::log2(6.0)));
        QVERIFY(is(measured("same", half), 1.0 / 6));
    }

    void relations() {
        const std::vector<TokenRelation> relations{{RelationKind::pronounAntecedent, 4, 1},
                                                   {RelationKind::pronounAntecedent, 3, 2},
                                                   {RelationKind::verbSubject, 2, 1},
                                                   {RelationKind::painted, 5, 0},
                                                   {RelationKind::painted, 99, 0}};
        const Pattern toA = [](int, int key) { return key == 1 ? 0.5 : 0.1; };
        QVERIFY(is(measured("pronoun-antecedent", toA, relations), 0.3));
        QVERIFY(is(measured("pronoun-antecedent-strongest", toA, relations), 0.5));
        QVERIFY(is(measured("verb-subject", toA, relations), 0.5));
        QVERIFY(is(measured("verb-subject-strongest", toA, relations), 1));
        QVERIFY(is(measured("relation", toA, relations), 0.1)); // of a mark that is not in the text, nothing
        QVERIFY(is(measured("relation-strongest", toA, relations), 0));
        // A pronoun that looks at nothing does not show the relation.
        const Pattern blind = [](int query, int key) { return query == 4 ? 0.0 : key == 2 ? 1.0 : 0.0; };
        QVERIFY(is(measured("pronoun-antecedent", blind, relations), 0.5));
    }

    /// Two heads of width 2; W_O (3, 4) takes the second head's value (v0, v1) to (2 v0, 0, v1).
    void valueWeightedNorm() {
        Trace trace = handMade({"[CLS]", "a"}, {{testing::uniform(2), testing::uniform(2)}});
        auto site = std::make_shared<SiteRecord>(*trace.site(Stack::encoder, 0));
        site->values = Tensor<float>({2, 2, 2}, {9, 9, 9, 9, 1.5F, 4, 0, 2});
        trace.recording.stacks[0].sites[0] = site;
        const OutputOnly model({7, 7, 2, 0, 7, 7, 0, 0, 7, 7, 0, 1}, 3, 4);
        const HeadAddress second{Stack::encoder, 0, 1};
        // |(3, 0, 4)| = 5 and |(0, 0, 2)| = 2, each with weight 1/2.
        QVERIFY(is(valueOf(*findMetric("value-norm"), trace, second, &model), 3.5));
        QVERIFY(is(valueOf(*findMetric("value-norm-special"), trace, second, &model), 2.5 / 3.5));
        const auto map = valueWeightedNorms(*HeadPattern::of(trace, second), &model);
        QVERIFY(map && is(map->at(1, 0), 2.5) && is(map->at(0, 1), 1));
        QVERIFY(!valueOf(*findMetric("value-norm"), trace, second)); // no model
        const OutputOnly other({1, 1, 1}, 3, 1);                     // of another width
        QVERIFY(!valueOf(*findMetric("value-norm"), trace, second, &other));
        // Grouped queries: both heads read the one key head.
        site->values = Tensor<float>({1, 2, 2}, {1.5F, 4, 0, 2});
        QVERIFY(is(valueOf(*findMetric("value-norm"), trace, second, &model), 3.5));
    }

    void everyHeadGetsItsValue() {
        const Trace trace =
            handMade(sixTokens, {{testing::diagonal(), testing::uniform(6)}, {testing::causal()}});
        const std::vector<HeadValue> values = valuesOf(*findMetric("same"), trace);
        QCOMPARE(values.size(), size_t{3});
        QVERIFY((values[1].head == HeadAddress{Stack::encoder, 0, 1}));
        QVERIFY(is(values[0].value, 1) && is(values[1].value, 1.0 / 6));
        QVERIFY((values[2].head == HeadAddress{Stack::encoder, 1, 0}));
    }
};

QTEST_APPLESS_MAIN(HeadMetricTest)
#include "head_metric_test.moc"
