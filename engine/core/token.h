#pragma once

#include "engine/core/byte_range.h"

#include <string>
#include <vector>

namespace headlight {

/// One token as the model reads it.
struct Token {
    int id = 0;
    std::string piece; ///< the vocabulary's spelling: "animal", "##s", "[CLS]"
    ByteRange bytes;   ///< where it stands in its text; empty for special tokens the tokenizer added
    int text = 0;      ///< 0: the text, 1: its pair; BERT's token type
    int word =
        -1; ///< pieces of one word share a number (counted over both texts); -1 for added special tokens
    bool special = false; ///< [CLS], [SEP], [MASK], </s>, ...
    bool unknown = false; ///< stands for letters that the vocabulary does not have
};

/// A tokenized text or pair, special tokens included: exactly the model's input.
struct Encoding {
    std::vector<Token> tokens;
    /// Bytes of the text (and of the pair) at which reading stopped because the model takes no more tokens;
    /// equal to the size of the text when everything was read.
    size_t bytesRead = 0;
    size_t pairBytesRead = 0;
    bool truncated = false;
};

} // namespace headlight
