#include "ui/look/edit_marks.h"

#include <algorithm>

namespace headlight {

namespace {
constexpr double leastMark = 7; ///< pixels; a mark of a smaller cell reaches beyond it

/// Where the mark of a cell is painted: inside it, or as large as can be seen.
QRectF roomOf(const QRectF& cell) {
    const double width = std::max(cell.width() - 6, leastMark);
    const double height = std::max(cell.height() - 6, leastMark);
    return {cell.center().x() - width / 2, cell.center().y() - height / 2, width, height};
}

/// Dark and light cells alike stand below it.
void line(QCPPainter& painter, const Theme& theme, QPointF from, QPointF to) {
    painter.setPen(QPen(theme.palette.canvas, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(from, to);
    painter.setPen(QPen(theme.palette.text, 1.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(from, to);
}

void cross(QCPPainter& painter, const Theme& theme, const QRectF& cell) {
    QRectF room = roomOf(cell);
    constexpr double largest = 14;
    const double side = std::min({room.width(), room.height(), largest});
    room = {room.center().x() - side / 2, room.center().y() - side / 2, side, side};
    painter.setPen(QPen(theme.palette.canvas, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(room.topLeft(), room.bottomRight());
    painter.drawLine(room.bottomLeft(), room.topRight());
    painter.setPen(QPen(theme.palette.text, 1.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(room.topLeft(), room.bottomRight());
    painter.drawLine(room.bottomLeft(), room.topRight());
}
} // namespace

QPolygonF cornerOf(const QRectF& cell, MarkKind kind) {
    constexpr double share = 0.42;
    constexpr double largest = 13;
    const double side = std::clamp(std::min(cell.width(), cell.height()) * share, leastMark, largest);
    if (kind == MarkKind::score)
        return QPolygonF(
            {cell.bottomLeft(), cell.bottomLeft() + QPointF(side, 0), cell.bottomLeft() - QPointF(0, side)});
    return QPolygonF(
        {cell.topRight(), cell.topRight() - QPointF(side, 0), cell.topRight() + QPointF(0, side)});
}

void paintEditMarks(QCPPainter& painter, const HeatmapPicture& picture) {
    const HeadMarks& marks = picture.marks;
    if (marks.cells.empty() && marks.hidden.empty())
        return;
    const MapGeometry& map = picture.map;
    painter.save();
    painter.setAntialiasing(true);
    painter.setClipRect(map.rect.adjusted(-2, -2, 2, 2));
    for (const int column : marks.hidden) {
        const QRectF place = map.column(column);
        line(painter, picture.theme, QPointF(place.center().x(), map.rect.top() + 3),
             QPointF(place.center().x(), map.rect.bottom() - 3));
    }
    for (const CellMark& mark : marks.cells) {
        const QRectF cell = map.cell(mark.row, mark.column);
        if (!cell.intersects(map.rect))
            continue;
        if (mark.kind == MarkKind::masked) {
            cross(painter, picture.theme, cell);
            continue;
        }
        painter.setPen(QPen(picture.theme.palette.canvas, 1.5));
        painter.setBrush(picture.theme.palette.text);
        painter.drawPolygon(cornerOf(cell, mark.kind));
    }
    painter.restore();
}

} // namespace headlight
