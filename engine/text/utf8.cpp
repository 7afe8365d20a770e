#include "engine/text/utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace headlight {
namespace {

/// Bytes of the character at `position`, or a negative number for bytes that are not UTF-8.
utf8proc_ssize_t iterate(std::string_view text, size_t position, utf8proc_int32_t& codePoint) {
    const size_t longestSequence = 4;
    const size_t available = std::min(text.size() - position, longestSequence);
    return utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + position,
                            static_cast<utf8proc_ssize_t>(available), &codePoint);
}

} // namespace

DecodedCharacter decodeUtf8(std::string_view text, size_t position) {
    const auto first = static_cast<unsigned char>(text[position]);
    if (first < 0x80)
        return {first, 1};
    utf8proc_int32_t codePoint = 0;
    const utf8proc_ssize_t bytes = iterate(text, position, codePoint);
    if (bytes <= 0)
        return {replacementCharacter, 1};
    return {static_cast<char32_t>(codePoint), static_cast<size_t>(bytes)};
}

void appendUtf8(std::string& text, char32_t codePoint) {
    if (codePoint < 0x80) {
        text.push_back(static_cast<char>(codePoint));
        return;
    }
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(codePoint), bytes);
    text.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(count));
}

std::optional<size_t> firstInvalidUtf8(std::string_view text) {
    size_t position = 0;
    while (position < text.size()) {
        if (static_cast<unsigned char>(text[position]) < 0x80) {
            ++position;
            continue;
        }
        utf8proc_int32_t codePoint = 0;
        const utf8proc_ssize_t bytes = iterate(text, position, codePoint);
        if (bytes <= 0)
            return position;
        position += static_cast<size_t>(bytes);
    }
    return {};
}

} // namespace headlight
