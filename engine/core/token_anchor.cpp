#include "engine/core/token_anchor.h"

namespace headlight {

TokenAnchor anchorOf(const std::vector<Token>& tokens, int index) {
    const Token& token = tokens[static_cast<size_t>(index)];
    if (!token.bytes.empty())
        return {token.text, token.bytes, {}};
    int added = 0;
    for (int i = 0; i < index; ++i)
        added += tokens[static_cast<size_t>(i)].bytes.empty() ? 1 : 0;
    return {0, {}, added};
}

std::optional<int> tokenAt(const std::vector<Token>& tokens, const TokenAnchor& anchor) {
    int added = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        const bool found = token.bytes.empty() ? anchor.special == added
                                               : !anchor.special && token.text == anchor.text &&
                                                     token.bytes.contains(anchor.bytes.begin);
        if (found)
            return static_cast<int>(i);
        added += token.bytes.empty() ? 1 : 0;
    }
    return std::nullopt;
}

} // namespace headlight
