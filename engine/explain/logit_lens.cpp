#include "engine/explain/logit_lens.h"

#include "engine/text/tokenizer.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
/// The stack that logits are read from: the decoder where there is one.
const StackRecord* readStack(const Trace& trace) {
    const StackRecord* result = nullptr;
    for (const StackRecord& stack : trace.recording.stacks)
        if (stack.stack == Stack::decoder || (stack.stack == Stack::encoder && !result))
            result = &stack;
    return result;
}
} // namespace

std::vector<LensLayer> logitLens(const Trace& trace, const Model& model, const Tokenizer& tokenizer,
                                 int position, int count) {
    const StackRecord* stack = readStack(trace);
    if (!stack || stack->hidden.empty() || position < 0 || position >= stack->hidden.front()->dimension(0))
        return {};
    const int64_t width = stack->hidden.front()->dimension(1);
    Tensor<float> rows({std::ssize(stack->hidden), width}); // (L + 1, D): this position in every layer
    for (int64_t layer = 0; layer < rows.dimension(0); ++layer) {
        const std::span<const float> row = stack->hidden[static_cast<size_t>(layer)]->row(position);
        std::copy(row.begin(), row.end(), rows.row(layer).begin());
    }
    const Tensor<float> logits = model.readOut(rows); // (L + 1, V)
    std::vector<LensLayer> result;
    for (int64_t layer = 0; !logits.empty() && layer < logits.dimension(0); ++layer)
        result.push_back({static_cast<int>(layer) - 1, bestReadings(logits.row(layer), tokenizer, count)});
    return result;
}

std::vector<HeadShare> headShares(const Trace& trace, const Model& model, int position, int id) {
    const std::optional<DirectPaths> paths = model.directPaths(trace.recording, position, id);
    const StackRecord* stack = readStack(trace);
    std::vector<HeadShare> result;
    if (!paths || !stack)
        return result;
    for (size_t layer = 0; layer < paths->heads.size(); ++layer)
        for (size_t head = 0; head < paths->heads[layer].size(); ++head)
            result.push_back(
                {{stack->stack, static_cast<int>(layer), static_cast<int>(head)}, paths->heads[layer][head]});
    std::stable_sort(result.begin(), result.end(), [](const HeadShare& one, const HeadShare& other) {
        return std::abs(one.share) > std::abs(other.share);
    });
    return result;
}

} // namespace headlight
