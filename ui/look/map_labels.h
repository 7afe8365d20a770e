#pragma once

#include "engine/explain/shown_map.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QStaticText>
#include <QString>

#include <vector>

namespace headlight {

/// A word at the axes of the map. Shaping slanted text costs a tenth of a frame, so each word is shaped once
/// for every way in which it is drawn.
struct MapLabel {
    QString text;          ///< shortened to fit
    double width = 0;      ///< drawn bold
    double plainWidth = 0; ///< not bold
    bool special = false;
    QStaticText row, rowBold, column, columnBold;
};

/// How far apart rows must stand so that their words do not touch. Lines may stand a little closer than the
/// font would have them.
double rowLabelHeight(const Theme& theme);
/// From the top of the highest letters to the bottom of the lowest.
double labelInkHeight(const Theme& theme);
/// How far apart labels slanted by so many degrees must begin so that they do not touch.
double slantedLabelSpacing(const Theme& theme, double degrees);
/// Widths of labels are rounded up to steps, so that the map stands still while a word grows.
double roomForLabels(double widest);

/// Labels by their word, kept from one text to the next.
class MapLabels {
public:
    /// Forgets all: fonts have changed.
    void setTheme(const Theme& theme);
    std::vector<MapLabel> of(const Trace& trace, const std::vector<ShownToken>& tokens);
    MapLabel of(const QString& text);

private:
    Theme m_theme = lightTheme();
    QHash<QString, MapLabel> m_known;
};

} // namespace headlight
