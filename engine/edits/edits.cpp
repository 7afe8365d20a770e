#include "engine/edits/edits.h"

#include <charconv>

namespace headlight {

bool HeadScope::covers(const HeadAddress& address) const {
    return (!stack || *stack == address.stack) && (layer < 0 || layer == address.layer) &&
           (head < 0 || head == address.head);
}

int HeadScope::narrowness() const {
    return !stack ? 0 : layer < 0 ? 1 : head < 0 ? 2 : 3;
}

std::string toString(const HeadScope& scope) {
    if (!scope.stack)
        return "all";
    std::string text(toString(*scope.stack));
    if (scope.layer >= 0)
        text.append(".").append(std::to_string(scope.layer));
    if (scope.head >= 0)
        text.append(".head.").append(std::to_string(scope.head));
    return text;
}

std::optional<HeadScope> parseHeadScope(std::string_view text) {
    if (text == "all")
        return HeadScope::all();
    if (const std::optional<HeadAddress> head = parseHeadAddress(text))
        return HeadScope::one(*head);
    const size_t dot = text.find('.');
    const std::optional<Stack> stack = parseStack(text.substr(0, dot));
    if (!stack)
        return std::nullopt;
    if (dot == std::string_view::npos)
        return HeadScope{stack, -1, -1};
    const std::string_view number = text.substr(dot + 1);
    int layer = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), layer);
    if (error != std::errc{} || end != number.data() + number.size() || layer < 0)
        return std::nullopt;
    return HeadScope::ofLayer(*stack, layer);
}

EditToken EditToken::of(const std::vector<Token>& tokens, int index, std::string word) {
    return {anchorOf(tokens, index), std::move(word), -1};
}

Edits switchedOff(const std::vector<HeadAddress>& heads) {
    Edits edits;
    edits.reserve(heads.size());
    for (const HeadAddress& head : heads)
        edits.push_back({HeadScope::one(head), SwitchOff{}});
    return edits;
}

bool isDormant(const Edit& edit) {
    bool dormant = false;
    Edit copy = edit;
    eachToken(copy, [&dormant](const EditToken& token) { dormant = dormant || !token.anchor; });
    return dormant;
}

bool sameTarget(const Edit& one, const Edit& other) {
    if (one.heads != other.heads || one.what.index() != other.what.index())
        return false;
    const auto tokensOf = [](Edit edit) {
        std::vector<std::pair<std::optional<TokenAnchor>, int>> tokens;
        eachToken(edit,
                  [&tokens](const EditToken& token) { tokens.emplace_back(token.anchor, token.index); });
        return tokens;
    };
    return tokensOf(one) == tokensOf(other);
}

} // namespace headlight
