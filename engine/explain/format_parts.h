#pragma once

#include "engine/explain/steps.h"

#include <array>
#include <charconv>
#include <cmath>

namespace headlight {

/// The shortest decimal that is this very number; "-inf", "inf" and "nan" for what is none.
template <class T>
std::string exactText(T number) {
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number < 0 ? "-inf" : "inf";
    std::array<char, 64> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

/// The line with its numbers, as plain text with so many significant digits.
std::string lineText(const std::vector<LinePiece>& line, int digits);
/// "encoder.1.head.1, “it” (10) looking at “animal” (2)"
std::string headingOf(const Steps& steps);

} // namespace headlight
