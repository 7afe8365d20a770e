#pragma once

#include "engine/explain/shown_map.h"
#include "engine/trace/trace.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace headlight {

/// The shortest decimal that is this very number; free of the locale.
template <class T>
std::string digits(T number) {
    if (std::isinf(number))
        return number < 0 ? "-inf" : "inf";
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

/// Quoted, as RFC 4180 wants it.
inline std::string csvCell(const std::string& text) {
    std::string cell = "\"";
    for (const char letter : text)
        cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return cell + '"';
}

/// The piece of a single token, the spelling of several that are merged.
inline std::string nameOf(const Trace& trace, const ShownToken& shown) {
    const std::vector<Token>& tokens = trace.tokens();
    const Token& first = tokens[static_cast<size_t>(shown.first)];
    if (shown.first == shown.last)
        return first.piece;
    std::string name;
    for (int i = shown.first; i <= shown.last; ++i)
        name += trace.spelling(tokens[static_cast<size_t>(i)]);
    return name;
}

} // namespace headlight
