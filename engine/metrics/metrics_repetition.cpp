#include "engine/metrics/metric_list.h"

namespace headlight {

namespace {
/// Both are the same word or piece of the text. Special tokens repeat nothing.
bool repeats(const Token& token, const Token& earlier) {
    return !token.special && !earlier.special && token.id == earlier.id && token.piece == earlier.piece;
}

/// The mean, over queries whose token stood earlier, of the weight on the keys `step` tokens behind those
/// earlier places.
std::optional<double> afterRepetition(const HeadPattern& pattern, int step) {
    const std::span<const Token> tokens = pattern.queryTokens();
    if (!pattern.isSelf() || tokens.empty())
        return std::nullopt;
    return pattern.meanOverQueries([&](int query) -> std::optional<double> {
        std::optional<double> sum;
        for (int earlier = 0; earlier < query; ++earlier)
            if (repeats(tokens[static_cast<size_t>(query)], tokens[static_cast<size_t>(earlier)]))
                sum = sum.value_or(0) +
                      static_cast<double>(pattern.row(query)[static_cast<size_t>(earlier + step)]);
        return sum;
    });
}
} // namespace

HeadMetric inductionMetric() {
    HeadMetric metric;
    metric.id = "induction";
    metric.title = "Induction";
    metric.measures = "How much weight lies on what came after earlier places of the query's token: on B, at "
                      "the second A of \"A B ... A\"; mean over queries whose token stood earlier.";
    metric.formula =
        R"(\frac{1}{|R|}\sum_{i\in R}\;\sum_{j<i,\,t_j=t_i} a_{i,j+1},\quad R=\{i:\exists j<i,\,t_j=t_i\})";
    metric.paper = "The prefix matching score of Olsson et al. 2022, In-context Learning and Induction Heads";
    metric.most = 1;
    metric.evaluate = [](const MetricQuestion& question) { return afterRepetition(question.pattern, 1); };
    return metric;
}

HeadMetric duplicateMetric() {
    HeadMetric metric;
    metric.id = "duplicate";
    metric.title = "Duplicate token";
    metric.measures = "How much weight lies on earlier places of the query's own token; mean over queries "
                      "whose token stood earlier.";
    metric.formula =
        R"(\frac{1}{|R|}\sum_{i\in R}\;\sum_{j<i,\,t_j=t_i} a_{ij},\quad R=\{i:\exists j<i,\,t_j=t_i\})";
    metric.paper = "The duplicate token heads of Wang et al. 2022, Interpretability in the Wild, section 3";
    metric.most = 1;
    metric.evaluate = [](const MetricQuestion& question) { return afterRepetition(question.pattern, 0); };
    return metric;
}

} // namespace headlight
