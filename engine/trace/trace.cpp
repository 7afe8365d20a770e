#include "engine/trace/trace.h"

namespace headlight {

namespace {
const StackRecord* findStack(const Recording& recording, Stack stack) {
    for (const StackRecord& record : recording.stacks)
        if (record.stack == stack)
            return &record;
    return nullptr;
}
} // namespace

const SiteRecord* Trace::site(Stack stack, int layer) const {
    const StackRecord* record = findStack(recording, stack);
    if (!record || layer < 0 || static_cast<size_t>(layer) >= record->sites.size())
        return nullptr;
    return record->sites[static_cast<size_t>(layer)].get();
}

int Trace::layers(Stack stack) const {
    const StackRecord* record = findStack(recording, stack);
    return record ? static_cast<int>(record->sites.size()) : 0;
}

int Trace::heads(Stack stack) const {
    const SiteRecord* first = site(stack, 0);
    return first ? static_cast<int>(first->weights.dimension(0)) : 0;
}

std::string Trace::spelling(const Token& token) const {
    const std::string& source = token.text == 0 ? text : pairText;
    if (token.bytes.empty() || token.bytes.end > source.size())
        return token.piece;
    return source.substr(token.bytes.begin, token.bytes.size());
}

std::vector<StackHeads> headsOf(const ModelShape& shape) {
    std::vector<StackHeads> heads;
    for (const StackShape& stack : shape.stacks)
        heads.push_back({stack.stack, stack.layers, stack.heads});
    return heads;
}

} // namespace headlight
