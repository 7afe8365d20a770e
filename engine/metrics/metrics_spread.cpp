#include "engine/metrics/metric_list.h"

#include <algorithm>
#include <cmath>

namespace headlight {

HeadMetric entropyMetric() {
    HeadMetric metric;
    metric.id = "entropy";
    metric.title = "Entropy";
    metric.measures = "How widely a query's weight is spread: 0 bits when it lies on one key, log2(m) when "
                      "all m keys share it alike; mean over queries.";
    metric.formula = R"(-\frac{1}{n}\sum_i\sum_j a_{ij}\log_2 a_{ij})";
    metric.paper = "Clark et al. 2019, What Does BERT Look At?, section 3.3";
    metric.unit = "bits";
    metric.evaluate = [](const MetricQuestion& question) {
        const HeadPattern& pattern = question.pattern;
        return pattern.meanOverQueries([&](int query) -> std::optional<double> {
            double bits = 0;
            for (const float each : pattern.row(query)) {
                const auto weight = static_cast<double>(each);
                if (weight > 0)
                    bits -= weight * std::log2(weight);
            }
            return bits;
        });
    };
    return metric;
}

HeadMetric largestWeightMetric() {
    HeadMetric metric;
    metric.id = "largest-weight";
    metric.title = "Largest weight";
    metric.measures = "How much of its weight a query puts on its strongest key; mean over queries.";
    metric.formula = R"(\frac{1}{n}\sum_i\max_j a_{ij})";
    metric.paper = "The \"confidence\" of Voita et al. 2019, Analyzing Multi-Head Self-Attention, section 4 "
                   "(there without the end of the sentence; here all keys count)";
    metric.most = 1;
    metric.evaluate = [](const MetricQuestion& question) {
        const HeadPattern& pattern = question.pattern;
        return pattern.meanOverQueries([&](int query) -> std::optional<double> {
            const std::span<const float> row = pattern.row(query);
            return static_cast<double>(*std::max_element(row.begin(), row.end()));
        });
    };
    return metric;
}

} // namespace headlight
