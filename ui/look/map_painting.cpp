#include "ui/look/map_painting.h"

#include <QFontMetricsF>
#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int mostVectorCells = 64;
constexpr double smallestCellWithGap = 10;

void paintImageOfCells(QPainter& painter, const MapGeometry& map, const QImage& cells, const QColor& ground) {
    const CellRange seen = map.seen();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    const QRectF whole = map.cell(seen.firstRow, seen.firstColumn) |
                         map.cell(seen.firstRow + seen.rows - 1, seen.firstColumn + seen.columns - 1);
    // Cut by hand: a vector file knows no clipping.
    const QRectF part = whole & map.rect;
    const double x = cells.width() / whole.width();
    const double y = cells.height() / whole.height();
    painter.drawImage(part, cells,
                      QRectF((part.left() - whole.left()) * x, (part.top() - whole.top()) * y,
                             part.width() * x, part.height() * y));
    if (std::min(map.cellWidth(), map.cellHeight()) < smallestCellWithGap)
        return;
    for (int i = 1; i < seen.columns; ++i)
        painter.fillRect(
            QRectF(map.column(seen.firstColumn + i).left() - 1, map.rect.top(), 1, map.rect.height()),
            ground);
    for (int i = 1; i < seen.rows; ++i)
        painter.fillRect(QRectF(map.rect.left(), map.row(seen.firstRow + i).top() - 1, map.rect.width(), 1),
                         ground);
}

void paintVectorCells(QPainter& painter, const MapGeometry& map, const QImage& cells) {
    const CellRange seen = map.seen();
    painter.setPen(Qt::NoPen);
    for (int row = 0; row < seen.rows; ++row)
        for (int column = 0; column < seen.columns; ++column)
            painter.fillRect(
                map.cell(seen.firstRow + row, seen.firstColumn + column).adjusted(0, 0, -0.5, -0.5) &
                    map.rect,
                QColor::fromRgb(cells.pixel(column, row)));
}
} // namespace

void paintMapCells(QPainter& painter, const MapGeometry& map, const QImage& cells, const QColor& ground,
                   bool vectors) {
    if (cells.isNull() || map.rows <= 0)
        return;
    const CellRange seen = map.seen();
    if (vectors && std::max(seen.rows, seen.columns) <= mostVectorCells &&
        cells.size() == QSize(seen.columns, seen.rows))
        paintVectorCells(painter, map, cells);
    else
        paintImageOfCells(painter, map, cells, ground);
}

void paintMapFrame(QPainter& painter, const MapGeometry& map, const QRectF& rect, const QColor& colour,
                   double width, const QColor& ground) {
    const QRectF seen = rect & map.rect;
    if (seen.isEmpty())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ground, width + 2.5));
    painter.drawRect(seen.adjusted(-0.5, -0.5, -0.5, -0.5));
    painter.setPen(QPen(colour, width));
    painter.drawRect(seen.adjusted(-0.5, -0.5, -0.5, -0.5));
}

void paintMapLabel(QPainter& painter, const Theme& theme, const MapLabel& label, const QStaticText& shaped,
                   QPointF topLeft, bool strong, bool vectors) {
    painter.setFont(strong ? bold(theme.body) : theme.body);
    painter.setPen(label.special && !strong ? theme.palette.mutedText : theme.palette.text);
    if (vectors)
        painter.drawText(topLeft + QPointF(0, QFontMetricsF(theme.body).ascent()), label.text);
    else
        painter.drawStaticText(topLeft, shaped);
}

void hatchMap(QPainter& painter, const QRectF& rect, const QColor& colour) {
    constexpr double step = 6;
    painter.setPen(QPen(colour, 1));
    // Cut by hand: a vector file knows no clipping. Along a line x + y does not change; multiples of the step
    // let neighbours join.
    const double first = std::ceil((rect.left() + rect.top()) / step) * step;
    for (double sum = first; sum < rect.right() + rect.bottom(); sum += step) {
        const double top = std::max(rect.top(), sum - rect.right());
        const double bottom = std::min(rect.bottom(), sum - rect.left());
        if (top < bottom)
            painter.drawLine(QPointF(sum - top, top), QPointF(sum - bottom, bottom));
    }
}

bool paintsVectors(const QPainter& painter) {
    const QPaintEngine* engine = painter.paintEngine();
    return engine && (engine->type() == QPaintEngine::SVG || engine->type() == QPaintEngine::Pdf);
}

} // namespace headlight
