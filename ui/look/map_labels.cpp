#include "ui/look/map_labels.h"

#include "ui/paint/token_labels.h"

#include <QFontMetricsF>

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
    const QFontMetricsF metrics(bold(m_theme.body));
    std::vector<MapLabel> labels;
    labels.reserve(tokens.size());
    for (const ShownToken& token : tokens) {
        const QString whole = tokenLabel(trace, token);
        auto known = m_known.find(whole);
        if (known == m_known.end()) {
            MapLabel label;
            label.text = metrics.elidedText(whole, Qt::ElideRight, widestLabel);
            label.width = metrics.horizontalAdvance(label.text);
            label.plainWidth = QFontMetricsF(m_theme.body).horizontalAdvance(label.text);
            label.row = label.rowBold = label.column = label.columnBold = shaped(label.text);
            known = m_known.insert(whole, label);
        }
        labels.push_back(*known);
        labels.back().special = token.special;
    }
    return labels;
}

} // namespace headlight
