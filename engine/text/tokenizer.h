#pragma once

#include "engine/core/token.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// Turns text into a model's input. Immutable; safe to share between threads.
class Tokenizer {
public:
    Tokenizer() = default;
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;
    virtual ~Tokenizer() = default;

    /// The pieces of one text without added special tokens, each with its byte range in `text`. Never throws
    /// on any bytes: bytes that are not UTF-8 are skipped, as the reference implementation skips U+FFFD.
    virtual std::vector<Token> pieces(std::string_view text) const = 0;

    /// A model's input: special tokens added, at most `maximumTokens` in all (0: no limit; a pair is
    /// shortened from the end of its longer side). What was not read is stated in the result.
    virtual Encoding encode(std::string_view text, std::string_view pair, size_t maximumTokens) const = 0;
    Encoding encode(std::string_view text) const { return encode(text, {}, 0); }

    virtual size_t vocabularySize() const = 0;
    virtual std::string_view piece(int id) const = 0; ///< empty when there is no such id
    virtual int id(std::string_view piece) const = 0; ///< -1 when there is no such piece
};

} // namespace headlight
