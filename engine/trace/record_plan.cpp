#include "engine/trace/record_plan.h"

#include <algorithm>

namespace headlight {

namespace {
/// Numbers in the details of one site (position biases not counted: no model here has them).
int64_t detailNumbers(const StackShape& stack, int64_t tokens) {
    return int64_t{stack.heads} * tokens * (4 * tokens + 2) + 2 * stack.heads + 5 * tokens * stack.width;
}
} // namespace

bool DetailChoice::has(Stack stack, int layer) const {
    return all || std::find(sites.begin(), sites.end(), Site{stack, layer}) != sites.end();
}

int64_t plannedBytes(const RecordPlan& plan, const ModelShape& shape, int64_t tokens) {
    constexpr int64_t number = sizeof(float);
    int64_t numbers = plan.logits ? tokens * shape.vocabularySize : 0;
    for (const StackShape& stack : shape.stacks) {
        numbers += 2 * int64_t{stack.layers} * stack.heads * tokens * tokens;
        if (plan.vectors)
            numbers += int64_t{2} * stack.layers * (stack.heads + stack.keyHeads) * tokens * stack.headWidth;
        if (plan.hidden)
            numbers += int64_t{stack.layers + 1} * tokens * stack.width;
        for (int layer = 0; layer < stack.layers; ++layer)
            if (plan.details.has(stack.stack, layer))
                numbers += detailNumbers(stack, tokens);
    }
    return numbers * number;
}

} // namespace headlight
