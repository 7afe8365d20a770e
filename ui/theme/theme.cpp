#include "ui/theme/theme.h"

#include <QStringList>

namespace headlight {

namespace {
// Noto Sans has digits of one width, so that columns of numbers stand still while they change.
QFont fontOf(int pixels, bool isBold = false) {
    QFont font(QStringList{QStringLiteral("Noto Sans"), QStringLiteral("sans-serif")});
    font.setPixelSize(pixels);
    font.setBold(isBold);
    return font;
}

Theme themeOf(ThemeName name, const Palette& palette, const std::vector<QRgb>& weights) {
    return {name,       palette,          ColourScale(weights), fontOf(13),
            fontOf(12), fontOf(13, true), fontOf(21, true),     fontOf(18)};
}
} // namespace

Theme lightTheme() {
    Palette palette;
    palette.panel = QColor(0xff, 0xff, 0xff);
    palette.canvas = QColor(0xf7, 0xf7, 0xf6);
    palette.field = QColor(0xf6, 0xf7, 0xf7);
    palette.hairline = QColor(0xe2, 0xe4, 0xe7);
    palette.text = QColor(0x16, 0x19, 0x1d);
    palette.mutedText = QColor(0x5f, 0x66, 0x6f);
    palette.accent = QColor(0x22, 0x63, 0xd1);
    palette.accentSoft = QColor(0xee, 0xf3, 0xfd);
    palette.warning = QColor(0x9a, 0x3a, 0x05);
    palette.warningSoft = QColor(0xfd, 0xf1, 0xe6);
    return themeOf(ThemeName::light, palette, {0xfffbfbfa, 0xffa9cbee, 0xff4a8fd6, 0xff1f55ad, 0xff0f2a66});
}

Theme darkTheme() {
    Palette palette;
    palette.panel = QColor(0x1e, 0x22, 0x27);
    palette.canvas = QColor(0x17, 0x19, 0x1d);
    palette.field = QColor(0x14, 0x17, 0x1b);
    palette.hairline = QColor(0x2f, 0x34, 0x3b);
    palette.text = QColor(0xf0, 0xf1, 0xf3);
    palette.mutedText = QColor(0xa0, 0xa7, 0xb1);
    palette.accent = QColor(0x7a, 0xa7, 0xf7);
    palette.accentSoft = QColor(0x22, 0x2d, 0x45);
    palette.warning = QColor(0xff, 0xb8, 0x7a);
    palette.warningSoft = QColor(0x3a, 0x2a, 0x1c);
    return themeOf(ThemeName::dark, palette, {0xff1d2126, 0xff24467f, 0xff3f79cb, 0xff7dbdea, 0xfff5f8da});
}

Theme themeNamed(ThemeName name) {
    return name == ThemeName::dark ? darkTheme() : lightTheme();
}

QString toString(ThemeName name) {
    return name == ThemeName::dark ? QStringLiteral("dark") : QStringLiteral("light");
}

ThemeName parseThemeName(const QString& name) {
    return name == QLatin1String("dark") ? ThemeName::dark : ThemeName::light;
}

QFont bold(QFont font) {
    font.setBold(true);
    return font;
}

} // namespace headlight
