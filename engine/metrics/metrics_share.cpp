#include "engine/metrics/metric_list.h"

#include <algorithm>

namespace headlight {

namespace {
/// The mean weight on the key that stands `step` tokens behind the query.
std::optional<double> shareAt(const HeadPattern& pattern, int step) {
    if (!pattern.isSelf())
        return std::nullopt;
    return pattern.meanOverQueries([&](int query) -> std::optional<double> {
        const int key = query + step;
        if (key < 0 || key >= pattern.keys())
            return std::nullopt;
        return static_cast<double>(pattern.row(query)[static_cast<size_t>(key)]);
    });
}

HeadMetric share(std::string_view id, std::string_view title, std::string_view measures,
                 std::string_view formula, std::string_view paper) {
    HeadMetric metric;
    metric.id = id;
    metric.title = title;
    metric.measures = measures;
    metric.formula = formula;
    metric.paper = paper;
    metric.most = 1;
    return metric;
}

constexpr std::string_view positional = "Clark et al. 2019, What Does BERT Look At?, section 3.1; the "
                                        "positional heads of Voita et al. 2019, section 5.1";
} // namespace

HeadMetric previousMetric() {
    HeadMetric metric =
        share("previous", "On the previous token",
              "How much weight lies on the token before the query; mean over queries that have one.",
              R"(\frac{1}{n-1}\sum_{i\ge 1} a_{i,i-1})", positional);
    metric.evaluate = [](const MetricQuestion& question) { return shareAt(question.pattern, -1); };
    return metric;
}

HeadMetric nextMetric() {
    HeadMetric metric =
        share("next", "On the next token",
              "How much weight lies on the token after the query; mean over queries that have one.",
              R"(\frac{1}{n-1}\sum_{i\le n-2} a_{i,i+1})", positional);
    metric.evaluate = [](const MetricQuestion& question) { return shareAt(question.pattern, 1); };
    return metric;
}

HeadMetric sameMetric() {
    HeadMetric metric =
        share("same", "On itself", "How much weight a query leaves on its own token; mean over queries.",
              R"(\frac{1}{n}\sum_i a_{ii})", positional);
    metric.evaluate = [](const MetricQuestion& question) { return shareAt(question.pattern, 0); };
    return metric;
}

HeadMetric firstMetric() {
    HeadMetric metric = share("first", "On the first token",
                              "How much weight lies on the first token of the sequence; mean over queries.",
                              R"(\frac{1}{n}\sum_i a_{i0})",
                              "Xiao et al. 2023, Efficient Streaming Language Models with Attention Sinks");
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        if (question.pattern.keys() == 0)
            return std::nullopt;
        return question.pattern.meanOverQueries([&](int query) -> std::optional<double> {
            return static_cast<double>(question.pattern.row(query).front());
        });
    };
    return metric;
}

HeadMetric specialMetric() {
    HeadMetric metric = share("special", "On special tokens",
                              "How much weight lies on tokens that are no words of the text, such as [CLS] "
                              "and [SEP]; mean over queries.",
                              R"(\frac{1}{n}\sum_i\sum_{j\in S} a_{ij},\quad S\text{: special tokens})",
                              "Clark et al. 2019, What Does BERT Look At?, section 3.2");
    metric.evaluate = [](const MetricQuestion& question) -> std::optional<double> {
        const HeadPattern& pattern = question.pattern;
        const std::span<const Token> tokens = pattern.keyTokens();
        if (std::none_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.special; }))
            return std::nullopt;
        return pattern.meanOverQueries([&](int query) -> std::optional<double> {
            const std::span<const float> row = pattern.row(query);
            double sum = 0;
            for (size_t key = 0; key < tokens.size(); ++key)
                sum += tokens[key].special ? static_cast<double>(row[key]) : 0;
            return sum;
        });
    };
    return metric;
}

} // namespace headlight
