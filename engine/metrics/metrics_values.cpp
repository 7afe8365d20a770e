#include "engine/metrics/metric_list.h"
#include "engine/metrics/value_norms.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr std::string_view kobayashi = "Kobayashi et al. 2020, Attention is Not Only a Weight, section 3";

/// sum_j ||a_ij f(x_j)|| over the keys that `counts` lets in.
double weightedSum(const HeadPattern& pattern, int query, const std::vector<double>& norms,
                   const std::vector<bool>& counts) {
    const std::span<const float> row = pattern.row(query);
    double sum = 0;
    for (size_t key = 0; key < norms.size(); ++key)
        sum += counts[key] ? std::abs(static_cast<double>(row[key])) * norms[key] : 0;
    return sum;
}
} // namespace

HeadMetric valueNormMetric() {
    HeadMetric metric;
    metric.id = "value-norm";
    metric.title = "Value-weighted norm";
    metric.measures = "How long the vectors are that a query takes from its keys, after the head's part of "
                      "the output projection: weight times length, summed over keys; mean over queries.";
    metric.formula =
        R"(\frac{1}{n}\sum_i\sum_j\left\lVert a_{ij}f(x_j)\right\rVert,\quad f(x)=\left(xW^V_h+b^V_h\right)W^O_h)";
    metric.paper = kobayashi;
    metric.unit = "length in the residual stream";
    metric.needsVectors = true;
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        const std::optional<std::vector<double>> norms =
            transformedValueNorms(question.pattern, question.model);
        if (!norms)
            return std::nullopt;
        const std::vector<bool> all(norms->size(), true);
        return question.pattern.meanOverQueries([&](int query) -> std::optional<double> {
            return weightedSum(question.pattern, query, *norms, all);
        });
    };
    return metric;
}

HeadMetric valueNormSpecialMetric() {
    HeadMetric metric;
    metric.id = "value-norm-special";
    metric.title = "Value-weighted share on special tokens";
    metric.measures =
        "Which part of the value-weighted norm comes from special tokens: where it is far below "
        "their share of the weight, the head looks there but takes little along.";
    metric.formula =
        R"(\frac{1}{n}\sum_i\frac{\sum_{j\in S}\left\lVert a_{ij}f(x_j)\right\rVert}{\sum_j\left\lVert a_{ij}f(x_j)\right\rVert})";
    metric.paper = kobayashi;
    metric.most = 1;
    metric.needsVectors = true;
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        const HeadPattern& pattern = question.pattern;
        const std::optional<std::vector<double>> norms = transformedValueNorms(pattern, question.model);
        std::vector<bool> special;
        for (const Token& token : pattern.keyTokens())
            special.push_back(token.special);
        if (!norms || special.size() != norms->size() ||
            std::find(special.begin(), special.end(), true) == special.end())
            return std::nullopt;
        const std::vector<bool> all(norms->size(), true);
        return pattern.meanOverQueries([&](int query) -> std::optional<double> {
            const double whole = weightedSum(pattern, query, *norms, all);
            if (whole <= 0)
                return std::nullopt;
            return weightedSum(pattern, query, *norms, special) / whole;
        });
    };
    return metric;
}

} // namespace headlight
