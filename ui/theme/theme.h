#pragma once

#include "ui/theme/colour_scale.h"

#include <QColor>
#include <QFont>
#include <QString>

namespace headlight {

enum class ThemeName { light, dark };

/// Every colour of the window. Text colours keep a contrast of at least 4.5 on each surface (WCAG AA;
/// tested).
struct Palette {
    QColor panel;    ///< top row, side panels, status bar
    QColor canvas;   ///< behind the map
    QColor field;    ///< editor, buttons, chips
    QColor hairline; ///< the few lines there are
    QColor text;
    QColor mutedText;  ///< labels that step back
    QColor accent;     ///< the one accent: selection, bars, focus
    QColor accentSoft; ///< grounds of the reading card and of pressed switches
    QColor warning;    ///< text of an error
    QColor warningSoft;
};

/// All that a view needs to know to paint itself; a value, handed to each view.
struct Theme {
    ThemeName name = ThemeName::light;
    Palette palette;
    ColourScale weights;
    QFont body;    ///< 13 px
    QFont small;   ///< 12 px
    QFont heading; ///< 13 px, bold
    QFont large;   ///< 21 px, bold: the model's reading
    QFont editor;  ///< 18 px

    bool dark() const { return name == ThemeName::dark; }
};

Theme lightTheme();
Theme darkTheme();
Theme themeNamed(ThemeName name);
/// "light" or "dark", as the command line and the settings write it.
QString toString(ThemeName name);
ThemeName parseThemeName(const QString& name);

/// The same font, bold.
QFont bold(QFont font);

} // namespace headlight
