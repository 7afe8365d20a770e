#include "ui/paint/map_geometry.h"

#include <algorithm>
#include <cmath>

namespace headlight {

QRectF MapGeometry::cell(int query, int key) const {
    return {rect.left() + key * cellWidth(), rect.top() + query * cellHeight(), cellWidth(), cellHeight()};
}

QRectF MapGeometry::row(int query) const {
    return {rect.left(), rect.top() + query * cellHeight(), rect.width(), cellHeight()};
}

std::optional<MapCell> MapGeometry::cellAt(QPointF point) const {
    if (rows <= 0 || columns <= 0 || rect.isEmpty())
        return std::nullopt;
    const int key = static_cast<int>(std::floor((point.x() - rect.left()) / cellWidth()));
    const int query = static_cast<int>(std::floor((point.y() - rect.top()) / cellHeight()));
    if (key < 0 || key >= columns || query < 0 || query >= rows)
        return std::nullopt;
    return MapCell{query, key};
}

MapGeometry fitMap(QSizeF size, const MapMargins& margins, int rows, int columns, double largestCell) {
    MapGeometry geometry;
    geometry.rows = rows;
    geometry.columns = columns;
    if (rows <= 0 || columns <= 0)
        return geometry;
    const double width = std::max(1.0, size.width() - margins.left - margins.right);
    const double height = std::max(1.0, size.height() - margins.top - margins.bottom);
    double cell = std::min({width / columns, height / rows, largestCell});
    if (cell >= 4)
        cell = std::floor(cell);
    const double top = margins.top + std::floor((height - cell * rows) * 0.4);
    geometry.rect = QRectF(std::ceil(margins.left), std::ceil(top), cell * columns, cell * rows);
    return geometry;
}

} // namespace headlight
