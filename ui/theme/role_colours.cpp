#include "ui/theme/role_colours.h"

namespace headlight {

QColor roleColour(SymbolRole role, const Theme& theme) {
    const bool dark = theme.dark();
    switch (role) {
    case SymbolRole::query:
        return theme.palette.accent;
    case SymbolRole::key:
        return dark ? QColor(0xf0, 0x9a, 0x5e) : QColor(0xb0, 0x46, 0x08);
    case SymbolRole::value:
        return dark ? QColor(0x66, 0xcc, 0x8a) : QColor(0x16, 0x75, 0x38);
    case SymbolRole::score:
        return dark ? QColor(0xbd, 0xa2, 0xff) : QColor(0x5c, 0x2e, 0x9e);
    case SymbolRole::weight:
        return dark ? QColor(0xf7, 0x92, 0xc4) : QColor(0xab, 0x1f, 0x6a);
    case SymbolRole::neutral:
        break;
    }
    return theme.palette.text;
}

} // namespace headlight
