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

/// Labels by their word, kept from one text to the next.
class MapLabels {
public:
    /// Forgets all: fonts have changed.
    void setTheme(const Theme& theme);
    std::vector<MapLabel> of(const Trace& trace, const std::vector<ShownToken>& tokens);

private:
    Theme m_theme = lightTheme();
    QHash<QString, MapLabel> m_known;
};

} // namespace headlight
