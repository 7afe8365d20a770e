#include "ui/look/map_labels.h"

#include "ui/paint/token_labels.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double widestLabel = 110;
constexpr qsizetype mostKnown = 2000;

QStaticText shaped(const QString& text) {
    QStaticText result(text);
    result.setTextFormat(Qt::PlainText);
    result.setPerformanceHint(QStaticText::AggressiveCaching);
    return result;
}
} // namespace

void MapLabels::setTheme(const Theme& theme) {
    m_theme = theme;
    m_known.clear();
}

std::vector<MapLabel> MapLabels::of(const Trace& trace, const std::vector<ShownToken>& tokens) {
    if (m_known.size() > mostKnown)
        m_known.clear();
    std::vector<MapLabel> labels;
    labels.reserve(tokens.size());
    for (const ShownToken& token : tokens) {
        labels.push_back(of(tokenLabel(trace, token)));
        labels.back().special = token.special;
    }
    return labels;
}

MapLabel MapLabels::of(const QString& text) {
    auto known = m_known.find(text);
    if (known == m_known.end()) {
        const QFontMetricsF metrics(bold(m_theme.body));
        MapLabel label;
        label.text = metrics.elidedText(text, Qt::ElideRight, widestLabel);
        label.width = metrics.horizontalAdvance(label.text);
        label.plainWidth = QFontMetricsF(m_theme.body).horizontalAdvance(label.text);
        label.row = label.rowBold = label.column = label.columnBold = shaped(label.text);
        known = m_known.insert(text, label);
    }
    return *known;
}

double rowLabelHeight(const Theme& theme) {
    return QFontMetricsF(theme.body).height() - 4;
}

double labelInkHeight(const Theme& theme) {
    return QFontMetricsF(bold(theme.body)).tightBoundingRect(QStringLiteral("[]|dgjpqy")).height();
}

double slantedLabelSpacing(const Theme& theme, double degrees) {
    return (labelInkHeight(theme) + 1) / std::sin(degrees * std::acos(-1.0) / 180);
}

double roomForLabels(double widest) {
    constexpr double least = 60, step = 20;
    return std::max(least, std::ceil(widest / step) * step);
}

} // namespace headlight
