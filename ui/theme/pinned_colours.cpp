#include "ui/theme/pinned_colours.h"

#include <QCoreApplication>

#include <array>

namespace headlight {

namespace {
struct NamedColour {
    const char* name;
    QRgb onLight;
    QRgb onDark;
};
// Hues after Okabe and Ito (2008), without their blue, which is the accent here; lightness and chroma were
// searched for the largest smallest distance in OKLab under simulated colour blindness (Machado et al. 2009).
constexpr std::array<NamedColour, pinnedColours> colours{{
    {QT_TRANSLATE_NOOP("Pins", "orange"), 0xffca7930, 0xfff8a976},
    {QT_TRANSLATE_NOOP("Pins", "teal"), 0xff0596ab, 0xff44dbe6},
    {QT_TRANSLATE_NOOP("Pins", "pink"), 0xff911b59, 0xffb83d95},
    {QT_TRANSLATE_NOOP("Pins", "green"), 0xff0b4b1e, 0xff2a881b},
    {QT_TRANSLATE_NOOP("Pins", "violet"), 0xff541995, 0xff8e61e3},
    {QT_TRANSLATE_NOOP("Pins", "gold"), 0xff6f5f07, 0xffffdc3d},
    {QT_TRANSLATE_NOOP("Pins", "red"), 0xffaf545e, 0xffdb727c},
    {QT_TRANSLATE_NOOP("Pins", "black"), 0xff191e24, 0xfff6f8fc},
}};
constexpr const char* lastOnDark = QT_TRANSLATE_NOOP("Pins", "white");

bool isColour(int index) {
    return index >= 0 && index < pinnedColours;
}
} // namespace

QColor pinnedColour(int index, const Theme& theme) {
    if (!isColour(index))
        return theme.palette.mutedText;
    const NamedColour& colour = colours[static_cast<size_t>(index)];
    return QColor::fromRgb(theme.dark() ? colour.onDark : colour.onLight);
}

QString pinnedColourName(int index, const Theme& theme) {
    if (!isColour(index))
        return {};
    const bool inverted = theme.dark() && index == pinnedColours - 1;
    const char* name = inverted ? lastOnDark : colours[static_cast<size_t>(index)].name;
    return QCoreApplication::translate("Pins", name);
}

} // namespace headlight
