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

namespace {
/// A visitor of fields that sees the heads which an edit names beside its scope.
template <class Visit>
struct EditHeads {
    Visit& visit;
    void number(std::string_view, double&, double, double) {}
    void whole(std::string_view, int&, int, int) {}
    void seed(std::string_view, uint64_t&) {}
    void flag(std::string_view, bool&) {}
    void text(std::string_view, std::string&) {}
    template <class T, size_t n>
    void choice(std::string_view, T&, const std::array<EditName<T>, n>&) {}
    template <class T, size_t n>
    void optionalChoice(std::string_view, T&, const std::array<EditName<T>, n>&) {}
    void token(std::string_view, EditToken&) {}
    void head(std::string_view, HeadAddress& head) { visit(head); }
};

void checkPattern(const TextPattern& pattern, int64_t tokens) {
    if (!pattern.weights)
        throw RequestError("The weights of another sentence cannot be used: that sentence was not read.");
    if (pattern.weights->shape() != std::vector<int64_t>{tokens, tokens})
        throw RequestError("The weights of another sentence fit only a text of as many tokens; there are " +
                           std::to_string(pattern.weights->dimension(0)) + " in that one and " +
                           std::to_string(tokens) + " in this one.");
}

/// Why the model cannot make this edit, because of the heads that it names; empty when it can.
std::string problemWithHeads(const std::vector<StackHeads>& stacks, Edit edit) {
    if (!hasHeads(stacks, edit.heads))
        return noSuchHeads(stacks, edit.heads);
    std::string problem;
    const auto check = [&](const HeadAddress& from) {
        if (!hasHeads(stacks, HeadScope::one(from)))
            problem = noSuchHeads(stacks, HeadScope::one(from));
        else if (!std::holds_alternative<BorrowedPattern>(edit.what))
            return; // of another pass, all of which is there
        else if (edit.heads.stack && *edit.heads.stack != from.stack)
            problem = toString(from) + " belongs to another stack than " + toString(edit.heads);
        else if (edit.heads.layer >= 0 && edit.heads.layer < from.layer)
            problem = toString(from) + " is computed after " + toString(edit.heads) +
                      "; take a head of the same layer or of an earlier one";
    };
    EditHeads<decltype(check)> visitor{check};
    std::visit([&visitor](auto& what) { what.eachField(visitor); }, edit.what);
    return problem;
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
        if (missing.empty())
            missing = problemWithHeads(stacks, edit);
        if (missing.empty())
            result.edits.push_back(std::move(edit));
        else
            result.unused.push_back({i, std::string(kindOf(edit)) + ": " + missing});
    }
    return result;
}

void checkEdits(const Edits& edits, const std::vector<StackHeads>& stacks, int64_t tokens) {
    for (Edit edit : edits) {
        if (const std::string problem = problemWithHeads(stacks, edit); !problem.empty())
            throw RequestError("The edit \"" + std::string(kindOf(edit)) + "\" of " + toString(edit.heads) +
                               " cannot be made: " + problem + ".");
        if (const auto* pattern = std::get_if<TextPattern>(&edit.what))
            checkPattern(*pattern, tokens);
        eachToken(edit, [&](const EditToken& token) {
            if (token.index < 0 || token.index >= tokens)
                throw RequestError("The edit \"" + std::string(kindOf(edit)) + "\" is about token " +
                                   std::to_string(token.index) + ", but there are " + std::to_string(tokens) +
                                   " tokens, counted from 0.");
        });
    }
}

} // namespace headlight
