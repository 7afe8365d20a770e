#include "engine/trace/record_plan.h"

namespace headlight {

int64_t plannedBytes(const RecordPlan& plan, const ModelShape& shape, int64_t tokens) {
    constexpr int64_t number = sizeof(float);
    int64_t numbers = plan.logits ? tokens * shape.vocabularySize : 0;
    for (const StackShape& stack : shape.stacks) {
        numbers += 2 * int64_t{stack.layers} * stack.heads * tokens * tokens;
        if (plan.vectors)
            numbers += int64_t{2} * stack.layers * (stack.heads + stack.keyHeads) * tokens * stack.headWidth;
        if (plan.hidden)
            numbers += int64_t{stack.layers + 1} * tokens * stack.width;
    }
    return numbers * number;
}

} // namespace headlight
