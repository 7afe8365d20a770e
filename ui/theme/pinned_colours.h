#pragma once

#include "ui/theme/theme.h"

namespace headlight {

/// The colour of a pinned head, `index` from 0 to pinnedColours - 1; another index gets the muted text's. The
/// eight and the accent stay apart for readers with protanopia, deuteranopia and tritanopia as well, and each
/// has a contrast of at least 3 to the grounds it is drawn on (WCAG 2.1, 1.4.11; both tested).
QColor pinnedColour(int index, const Theme& theme);
/// "orange": what the colour is called in menus and by a screen reader.
QString pinnedColourName(int index, const Theme& theme);

} // namespace headlight
