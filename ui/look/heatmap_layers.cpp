#include "ui/look/heatmap_layers.h"

#include "ui/paint/label_thinning.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlight {

namespace {
constexpr int mostVectorCells = 64;
constexpr double smallestCellWithGap = 10;
constexpr double labelGap = 10;

QString translated(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}

void chooseLabelStyle(QCPPainter& painter, const HeatmapPicture& picture, int token, bool isSelected) {
    const bool special = picture.trace->tokens()[static_cast<size_t>(token)].special;
    painter.setFont(isSelected ? bold(picture.theme.body) : picture.theme.body);
    painter.setPen(isSelected ? picture.theme.palette.text
                   : special  ? picture.theme.palette.mutedText
                              : picture.theme.palette.text);
}

void paintRowLabels(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    const int shown = picture.hover.query >= 0 ? picture.hover.query : picture.query;
    const double height = QFontMetricsF(picture.theme.body).height();
    const int count = std::min(map.rows, static_cast<int>(picture.labels.size()));
    for (const int query : labelsToDraw(count, map.cellHeight(), height - 3, shown)) {
        chooseLabelStyle(painter, picture, query, query == shown);
        const QRectF room(0, map.row(query).center().y() - height / 2, map.rect.left() - labelGap, height);
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                         picture.labels[static_cast<size_t>(query)]);
    }
}

void paintColumnLabels(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    const int shown = picture.hover.key >= 0 ? picture.hover.key : picture.key;
    const double height = QFontMetricsF(picture.theme.body).height();
    const int count = std::min(map.columns, static_cast<int>(picture.labels.size()));
    for (const int key : labelsToDraw(count, map.cellWidth(), height - 2, shown)) {
        chooseLabelStyle(painter, picture, key, key == shown);
        painter.save();
        painter.translate(map.cell(0, key).center().x() + 2, map.rect.top() - 8);
        painter.rotate(-45);
        painter.drawText(QPointF(0, 0), picture.labels[static_cast<size_t>(key)]);
        painter.restore();
    }
}

void paintTitles(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    // A short map is narrower than its title: the title is centred below it, but never leaves the picture at
    // the left.
    const double titleWidth = std::max(map.rect.width(), 220.0);
    painter.drawText(QRectF(std::max(10.0, map.rect.center().x() - titleWidth / 2), map.rect.bottom() + 14,
                            titleWidth, 20),
                     Qt::AlignCenter, translated("key: the token looked at"));
    painter.save();
    painter.translate(22, map.rect.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-150, -10, 300, 20), Qt::AlignCenter, translated("query: the token that looks"));
    painter.restore();
    const QRectF& bar = picture.scaleBar;
    painter.drawText(QRectF(bar.left(), bar.top() - 24, 80, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     translated("weight"));
    painter.drawText(QRectF(bar.left(), bar.bottom() + 8, 80, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     translated("linear"));
}
} // namespace

QCPRange HeatmapCells::getKeyRange(bool& found, QCP::SignDomain) const {
    found = m_picture.map.columns > 0;
    return {0, static_cast<double>(m_picture.map.columns)};
}

QCPRange HeatmapCells::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    found = m_picture.map.rows > 0;
    return {0, static_cast<double>(m_picture.map.rows)};
}

void HeatmapCells::draw(QCPPainter* painter) {
    const MapGeometry& map = m_picture.map;
    if (m_picture.cells.isNull() || map.rows <= 0)
        return;
    painter->setAntialiasing(false);
    if (painter->modes().testFlag(QCPPainter::pmVectorized) &&
        std::max(map.rows, map.columns) <= mostVectorCells) {
        drawVectorCells(*painter);
        return;
    }
    painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter->drawImage(map.rect, m_picture.cells);
    if (std::min(map.cellWidth(), map.cellHeight()) < smallestCellWithGap)
        return;
    const QColor gap = m_picture.theme.palette.canvas;
    for (int column = 1; column < map.columns; ++column)
        painter->fillRect(QRectF(map.cell(0, column).left() - 1, map.rect.top(), 1, map.rect.height()), gap);
    for (int row = 1; row < map.rows; ++row)
        painter->fillRect(QRectF(map.rect.left(), map.row(row).top() - 1, map.rect.width(), 1), gap);
}

void HeatmapCells::drawVectorCells(QCPPainter& painter) const {
    const MapGeometry& map = m_picture.map;
    painter.setPen(Qt::NoPen);
    for (int query = 0; query < map.rows; ++query)
        for (int key = 0; key < map.columns; ++key)
            painter.fillRect(map.cell(query, key).adjusted(0, 0, -0.5, -0.5),
                             QColor::fromRgb(m_picture.cells.pixel(key, query)));
}

void HeatmapLayerable::draw(QCPPainter* painter) {
    if (m_picture.trace && m_picture.map.rows > 0)
        m_paint(*painter, m_picture, QRectF(mParentPlot->viewport()));
}

void paintLabelsAndMarks(QCPPainter& painter, const HeatmapPicture& picture, QRectF) {
    painter.setAntialiasing(true);
    paintRowLabels(painter, picture);
    paintColumnLabels(painter, picture);
    paintTitles(painter, picture);
    painter.setBrush(Qt::NoBrush);
    const MapGeometry& map = picture.map;
    const bool preview = picture.hover.query >= 0 && picture.hover.query < map.rows;
    if (preview && picture.hover.query != picture.query) {
        painter.setPen(QPen(picture.theme.palette.mutedText, 1));
        painter.drawRect(map.row(picture.hover.query).adjusted(-0.5, -1, 0, 0));
    }
    if (preview && picture.hover.key >= 0 && picture.hover.key < map.columns) {
        painter.setPen(QPen(picture.theme.palette.mutedText, 1.5));
        painter.drawRect(map.cell(picture.hover.query, picture.hover.key).adjusted(-0.5, -0.5, -0.5, -0.5));
    }
    if (picture.query < 0 || picture.query >= map.rows)
        return;
    painter.setPen(QPen(picture.theme.palette.accent, picture.focused ? 2 : 1.4));
    painter.drawRect(map.row(picture.query).adjusted(-0.5, -1, 0, 0));
    if (picture.key >= 0 && picture.key < map.columns) {
        painter.setPen(QPen(picture.theme.palette.accent, 3));
        painter.drawRect(map.cell(picture.query, picture.key).adjusted(-0.5, -0.5, -0.5, -0.5));
    }
}

void paintHoverCard(QCPPainter& painter, const HeatmapPicture& picture, QRectF viewport) {
    const MapGeometry& map = picture.map;
    const MapCell cell{picture.hover.query, picture.hover.key};
    if (cell.query < 0 || cell.key < 0 || cell.query >= map.rows || cell.key >= map.columns)
        return;
    const CellCard card = cellCard(*picture.trace, picture.head, cell);
    if (card.pair.isEmpty())
        return;
    const QFont titleFont = picture.theme.heading;
    const QFontMetricsF titleMetrics(titleFont);
    const QString pair = titleMetrics.elidedText(card.pair, Qt::ElideMiddle, 280);
    const double pairWidth = titleMetrics.horizontalAdvance(pair);
    const double titleWidth = pairWidth + 14 + titleMetrics.horizontalAdvance(card.weight);
    const double detailWidth = QFontMetricsF(picture.theme.small).horizontalAdvance(card.detail);
    const QSizeF size(std::max(titleWidth, detailWidth) + 28, 54);
    const QRectF target = map.cell(cell.query, cell.key);
    QRectF box(QPointF(target.left() + 12, target.top() - size.height() - 8), size);
    if (box.top() < viewport.top() + 4)
        box.moveTop(target.bottom() + 8);
    if (box.right() > viewport.right() - 4)
        box.moveRight(viewport.right() - 4);
    painter.setAntialiasing(true);
    painter.setPen(QPen(picture.theme.palette.hairline, 1.5));
    painter.setBrush(picture.theme.palette.panel);
    painter.drawRoundedRect(box, 7, 7);
    painter.setFont(titleFont);
    painter.setPen(picture.theme.palette.text);
    painter.drawText(box.topLeft() + QPointF(14, 22), pair);
    painter.drawText(box.topLeft() + QPointF(14 + pairWidth + 14, 22), card.weight);
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    painter.drawText(box.topLeft() + QPointF(14, 42), card.detail);
}

} // namespace headlight
