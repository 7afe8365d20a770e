#include "engine/explain/effects.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace headlight {

namespace {
/// The site of the head, when it has that row.
const SiteRecord* siteWith(const Trace& trace, const HeadAddress& head, int query) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    const bool there = site && head.head >= 0 && head.head < site->weights.dimension(0) && query >= 0 &&
                       query < site->weights.dimension(1);
    return there ? site : nullptr;
}

double sumOfDifferences(std::span<const float> one, std::span<const float> other) {
    double sum = 0;
    for (size_t i = 0; i < one.size(); ++i)
        sum += std::abs(static_cast<double>(one[i]) - static_cast<double>(other[i]));
    return sum;
}

/// The softmax of a row of logits in double; empty when that row was not recorded.
std::vector<double> distributionAt(const Trace& trace, int position) {
    const Tensor<float>* logits = trace.recording.logits.get();
    if (!logits || logits->empty() || position < 0 || position >= logits->dimension(0))
        return {};
    const std::span<const float> row = logits->row(position); // (V)
    const double largest = *std::max_element(row.begin(), row.end());
    std::vector<double> result;
    result.reserve(row.size());
    double sum = 0;
    for (const float logit : row)
        sum += result.emplace_back(std::exp(static_cast<double>(logit) - largest));
    for (double& probability : result)
        probability /= sum;
    return result;
}
} // namespace

std::optional<RowEffect> rowEffect(const Trace& trace, const HeadAddress& head, int query) {
    const SiteRecord* after = siteWith(trace, head, query);
    const SiteRecord* before = trace.baseline ? siteWith(*trace.baseline, head, query) : nullptr;
    if (!after || !before || after->weights.shape() != before->weights.shape())
        return std::nullopt;
    RowEffect effect;
    const std::span<const float> weights = before->weights.row(head.head, query); // (m)
    effect.weightsBefore.assign(weights.begin(), weights.end());
    effect.weightChange = sumOfDifferences(after->weights.row(head.head, query), weights);
    if (!after->context.empty() && after->context.shape() == before->context.shape()) {
        const std::span<const float> context = before->context.row(head.head, query); // (d_head)
        effect.contextChange = sumOfDifferences(after->context.row(head.head, query), context);
        for (const float number : context)
            effect.contextBefore += std::abs(static_cast<double>(number));
    }
    return effect;
}

std::optional<double> readingChange(const Trace& trace, int position) {
    const std::vector<double> after = distributionAt(trace, position);
    const std::vector<double> before =
        trace.baseline ? distributionAt(*trace.baseline, position) : std::vector<double>();
    if (after.empty() || after.size() != before.size())
        return std::nullopt;
    double sum = 0;
    for (size_t i = 0; i < after.size(); ++i)
        sum += std::abs(after[i] - before[i]);
    return sum / 2;
}

std::optional<double> probabilityOf(const Trace& trace, int position, int id) {
    const std::vector<double> all = distributionAt(trace, position);
    if (id < 0 || static_cast<size_t>(id) >= all.size())
        return std::nullopt;
    return all[static_cast<size_t>(id)];
}

} // namespace headlight
