#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace headlight {

/// What stands for a byte that is not UTF-8: U+FFFD.
inline constexpr char32_t replacementCharacter = 0xFFFD;

/// One character of a UTF-8 text.
struct DecodedCharacter {
    char32_t codePoint = 0;
    size_t bytes = 0; ///< how many bytes it takes in the text; at least 1
};

/// The character at byte `position` < text.size(). A byte that begins no valid sequence (stray, cut off,
/// overlong, a surrogate, beyond U+10FFFF) is one replacementCharacter of one byte.
DecodedCharacter decodeUtf8(std::string_view text, size_t position);

/// `codePoint` is a Unicode scalar value.
void appendUtf8(std::string& text, char32_t codePoint);

/// Offset of the first byte that is not part of valid UTF-8; nothing when the whole text is valid.
std::optional<size_t> firstInvalidUtf8(std::string_view text);

} // namespace headlight
