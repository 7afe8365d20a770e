#pragma once

#include "engine/core/token.h"

#include <optional>
#include <vector>

namespace headlight {

/// A token, named by what it stands on and not by its index, which changes with every key typed before it:
/// bytes of the text, or, for tokens that the tokenizer added ([CLS], [SEP]), their number among the added
/// ones.
struct TokenAnchor {
    int text = 0;    ///< 0: the text, 1: its pair; 0 for added tokens
    ByteRange bytes; ///< in that text, never empty; meaningless for added tokens
    std::optional<int>
        special; ///< the i-th added token of the input, counted from 0; nothing for a token with bytes
    friend bool operator==(const TokenAnchor&, const TokenAnchor&) = default;
};

/// The anchor of a token of an encoding.
TokenAnchor anchorOf(const std::vector<Token>& tokens, int index);
/// The token an anchor stands on: the one that holds the anchor's first byte, or the added token of that
/// number. Nothing when no token was read there.
std::optional<int> tokenAt(const std::vector<Token>& tokens, const TokenAnchor& anchor);

} // namespace headlight
