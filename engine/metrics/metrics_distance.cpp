#include "engine/metrics/metric_list.h"

#include <algorithm>
#include <cstdlib>

namespace headlight {

namespace {
double distance(const HeadPattern& pattern, int query) {
    const std::span<const float> row = pattern.row(query);
    double sum = 0;
    for (int key = 0; key < pattern.keys(); ++key)
        sum += static_cast<double>(row[static_cast<size_t>(key)]) * std::abs(query - key);
    return sum;
}
} // namespace

HeadMetric meanDistanceMetric() {
    HeadMetric metric;
    metric.id = "mean-distance";
    metric.title = "Mean distance";
    metric.measures =
        "How many tokens away a query looks, each key counted by its weight; mean over queries.";
    metric.formula = R"(\frac{1}{n}\sum_i\sum_j a_{ij}\,|i-j|)";
    metric.paper =
        "Vig & Belinkov 2019, Analyzing the Structure of Attention in a Transformer Language Model";
    metric.unit = "tokens";
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        if (!question.pattern.isSelf())
            return std::nullopt;
        return question.pattern.meanOverQueries(
            [&](int query) -> std::optional<double> { return distance(question.pattern, query); });
    };
    return metric;
}

HeadMetric diagonalityMetric() {
    HeadMetric metric;
    metric.id = "diagonality";
    metric.title = "Diagonality";
    metric.measures = "How close to the diagonal of the map the weight lies: 1 when every query looks at "
                      "itself, 0 when it looks at the token farthest away; mean over queries.";
    metric.formula = R"(\frac{1}{n}\sum_i\left(1-\frac{\sum_j a_{ij}\,|i-j|}{\max_j|i-j|}\right))";
    metric.paper = "Zhang et al. 2021, On the Usefulness of Self-Attention for Automatic Speech Recognition "
                   "with Transformers (mean of the rows' centrality)";
    metric.most = 1;
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        const HeadPattern& pattern = question.pattern;
        if (!pattern.isSelf() || pattern.keys() < 2)
            return std::nullopt;
        return pattern.meanOverQueries([&](int query) -> std::optional<double> {
            return 1 - distance(pattern, query) / std::max(query, pattern.keys() - 1 - query);
        });
    };
    return metric;
}

} // namespace headlight
