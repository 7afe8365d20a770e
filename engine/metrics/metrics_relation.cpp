#include "engine/metrics/metric_list.h"

#include <algorithm>
#include <iterator>

namespace headlight {

namespace {
constexpr std::string_view weightFormula = R"(\frac{1}{|R|}\sum_{(q,k)\in R} a_{qk})";
constexpr std::string_view strongestFormula =
    R"(\frac{1}{|R|}\left|\{(q,k)\in R:\;k=\operatorname{argmax}_j a_{qj}\}\right|)";

/// The mean over relations of what `valueOf(row, key)` gives; nothing where there is no relation. A row that
/// looks at nothing counts as 0: it does not show the relation.
template <class ValueOf>
std::optional<double> meanOverRelations(const MetricQuestion& question, RelationKind kind, ValueOf valueOf) {
    const HeadPattern& pattern = question.pattern;
    double sum = 0;
    int counted = 0;
    for (const TokenRelation& relation : question.relations) {
        if (relation.kind != kind || relation.query < 0 || relation.query >= pattern.queries() ||
            relation.key < 0 || relation.key >= pattern.keys())
            continue;
        ++counted;
        if (pattern.looks(relation.query))
            sum += valueOf(pattern.row(relation.query), static_cast<size_t>(relation.key));
    }
    if (counted == 0)
        return std::nullopt;
    return sum / counted;
}

std::optional<double> meanWeight(const MetricQuestion& question, RelationKind kind) {
    return meanOverRelations(
        question, kind, [](std::span<const float> row, size_t key) { return static_cast<double>(row[key]); });
}

/// Of keys that are equally strong, the first one is the strongest.
std::optional<double> shareStrongest(const MetricQuestion& question, RelationKind kind) {
    return meanOverRelations(question, kind, [](std::span<const float> row, size_t key) {
        const auto strongest = std::max_element(row.begin(), row.end());
        return std::distance(row.begin(), strongest) == static_cast<std::ptrdiff_t>(key) ? 1.0 : 0.0;
    });
}

HeadMetric about(RelationKind kind, std::string_view id, std::string_view title, std::string_view measures,
                 std::string_view formula, std::string_view paper) {
    HeadMetric metric;
    metric.id = id;
    metric.title = title;
    metric.measures = measures;
    metric.formula = formula;
    metric.paper = paper;
    metric.most = 1;
    metric.relation = kind;
    return metric;
}

constexpr std::string_view coreference = "Clark et al. 2019, What Does BERT Look At?, section 4.3";
constexpr std::string_view syntax = "Clark et al. 2019, What Does BERT Look At?, section 4.2; the syntactic "
                                    "heads of Voita et al. 2019, section 5.2";
constexpr std::string_view own =
    "As for syntax in Clark et al. 2019, section 4.2, with relations of one's own";
} // namespace

HeadMetric antecedentMetric() {
    HeadMetric metric = about(RelationKind::pronounAntecedent, "pronoun-antecedent", "Pronoun to antecedent",
                              "How much weight a pronoun puts on the first piece of the noun that it stands "
                              "for; mean over pronouns "
                              "whose noun is known.",
                              weightFormula, coreference);
    metric.evaluate = [](const MetricQuestion& q) { return meanWeight(q, RelationKind::pronounAntecedent); };
    return metric;
}

HeadMetric antecedentStrongestMetric() {
    HeadMetric metric = about(
        RelationKind::pronounAntecedent, "pronoun-antecedent-strongest", "Antecedent is the strongest key",
        "For how many pronouns the first piece of the noun that they stand for is the strongest key.",
        strongestFormula, coreference);
    metric.evaluate = [](const MetricQuestion& q) {
        return shareStrongest(q, RelationKind::pronounAntecedent);
    };
    return metric;
}

HeadMetric subjectMetric() {
    HeadMetric metric = about(
        RelationKind::verbSubject, "verb-subject", "Verb to subject",
        "How much weight a verb puts on the first piece of the noun that does it; mean over verbs whose "
        "subject is known.",
        weightFormula, syntax);
    metric.evaluate = [](const MetricQuestion& q) { return meanWeight(q, RelationKind::verbSubject); };
    return metric;
}

HeadMetric subjectStrongestMetric() {
    HeadMetric metric =
        about(RelationKind::verbSubject, "verb-subject-strongest", "Subject is the strongest key",
              "For how many verbs the first piece of the noun that does it is the strongest key.",
              strongestFormula, syntax);
    metric.evaluate = [](const MetricQuestion& q) { return shareStrongest(q, RelationKind::verbSubject); };
    return metric;
}

HeadMetric relationMetric() {
    HeadMetric metric = about(RelationKind::painted, "relation", "Marked relation",
                              "How much weight lies on the key that was marked for a query; mean over marks.",
                              weightFormula, own);
    metric.evaluate = [](const MetricQuestion& q) { return meanWeight(q, RelationKind::painted); };
    return metric;
}

HeadMetric relationStrongestMetric() {
    HeadMetric metric =
        about(RelationKind::painted, "relation-strongest", "Marked key is the strongest",
              "For how many marks the marked key is the query's strongest one.", strongestFormula, own);
    metric.evaluate = [](const MetricQuestion& q) { return shareStrongest(q, RelationKind::painted); };
    return metric;
}

} // namespace headlight
