#pragma once

#include "ui/theme/theme.h"

namespace headlight {

/// What a symbol or a number stands for; the same colour in every formula and beside it.
enum class SymbolRole { neutral, query, key, value, score, weight };

/// Colours that text can be written in: a contrast of at least 4.5 on every surface of the theme (WCAG AA;
/// tested). Queries have the accent, what has no role the colour of text.
QColor roleColour(SymbolRole role, const Theme& theme);

} // namespace headlight
