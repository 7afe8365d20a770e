#include "engine/edits/resolve.h"

#include "engine/core/errors.h"

#include <algorithm>

namespace headlight {

namespace {
std::string_view kindOf(const Edit& edit) {
    return std::visit([](const auto& what) { return what.kind; }, edit.what);
}

std::string noSuchHeads(const std::vector<StackHeads>& stacks, const HeadScope& scope) {
    const auto stack = std::find_if(stacks.begin(), stacks.end(),
                                    [&](const StackHeads& one) { return one.stack == scope.stack; });
    if (stack == stacks.end())
        return "this model has no " +
               (scope.stack ? std::string(toString(*scope.stack)) + " stack" : "heads");
    return "there is no " + toString(scope) + ": this model has " + std::to_string(stack->layers) +
           " layers of " + std::to_string(stack->heads) + " heads, counted from 0";
}
} // namespace

bool hasHeads(const std::vector<StackHeads>& stacks, const HeadScope& scope) {
    return std::any_of(stacks.begin(), stacks.end(), [&](const StackHeads& one) {
        return (!scope.stack || *scope.stack == one.stack) && scope.layer < one.layers &&
               scope.head < one.heads;
    });
}

ResolvedEdits resolve(const Edits& edits, const std::vector<Token>& tokens,
                      const std::vector<StackHeads>& stacks) {
    ResolvedEdits result;
    for (size_t i = 0; i < edits.size(); ++i) {
        Edit edit = edits[i];
        std::string missing;
        eachToken(edit, [&](EditToken& token) {
            if (!token.anchor && token.index >= 0) // named by its index from the start
                return;
            const std::optional<int> at = token.anchor ? tokenAt(tokens, *token.anchor) : std::nullopt;
            token.index = at.value_or(-1);
            if (!at && missing.empty())
                missing = token.word.empty() ? "one of its words is not in the text that was read"
                                             : "\"" + token.word + "\" is not in the text that was read";
        });
        if (missing.empty() && !hasHeads(stacks, edit.heads))
            missing = noSuchHeads(stacks, edit.heads);
        if (missing.empty())
            result.edits.push_back(std::move(edit));
        else
            result.unused.push_back({i, std::string(kindOf(edit)) + ": " + missing});
    }
    return result;
}

void checkEdits(const Edits& edits, const std::vector<StackHeads>& stacks, int64_t tokens) {
    for (Edit edit : edits) {
        if (!hasHeads(stacks, edit.heads))
            throw RequestError("The edit \"" + std::string(kindOf(edit)) + "\" of " + toString(edit.heads) +
                               " cannot be made: " + noSuchHeads(stacks, edit.heads) + ".");
        eachToken(edit, [&](const EditToken& token) {
            if (token.index < 0 || token.index >= tokens)
                throw RequestError("The edit \"" + std::string(kindOf(edit)) + "\" is about token " +
                                   std::to_string(token.index) + ", but there are " + std::to_string(tokens) +
                                   " tokens, counted from 0.");
        });
    }
}

} // namespace headlight
