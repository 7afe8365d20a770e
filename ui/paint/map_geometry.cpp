#include "ui/paint/map_geometry.h"

#include <algorithm>
#include <cmath>

namespace headlight {

QRectF MapGeometry::cell(int query, int key) const {
    return {column(key).left(), row(query).top(), cellWidth(), cellHeight()};
}

QRectF MapGeometry::row(int query) const {
    const double first = zoom ? zoom->firstRow : 0;
    return {rect.left(), rect.top() + (query - first) * cellHeight(), rect.width(), cellHeight()};
}

QRectF MapGeometry::column(int key) const {
    const double first = zoom ? zoom->firstColumn : 0;
    return {rect.left() + (key - first) * cellWidth(), rect.top(), cellWidth(), rect.height()};
}

bool MapGeometry::has(MapCell cell) const {
    return cell.query >= 0 && cell.query < rows && cell.key >= 0 && cell.key < columns;
}

CellRange MapGeometry::seen() const {
    if (!zoom)
        return {0, rows, 0, columns};
    const auto range = [](double first, double count, int all) {
        const int begin = std::clamp(static_cast<int>(std::floor(first)), 0, all);
        return std::pair(begin, std::clamp(static_cast<int>(std::ceil(first + count)), begin, all) - begin);
    };
    const auto [firstRow, seenRows] = range(zoom->firstRow, zoom->rows, rows);
    const auto [firstColumn, seenColumns] = range(zoom->firstColumn, zoom->columns, columns);
    return {firstRow, seenRows, firstColumn, seenColumns};
}

std::optional<MapCell> MapGeometry::cellAt(QPointF point) const {
    const bool inside = point.x() >= rect.left() && point.x() < rect.right() && point.y() >= rect.top() &&
                        point.y() < rect.bottom();
    if (rows <= 0 || columns <= 0 || !inside)
        return std::nullopt;
    const int key = static_cast<int>(std::floor((point.x() - column(0).left()) / cellWidth()));
    const int query = static_cast<int>(std::floor((point.y() - row(0).top()) / cellHeight()));
    return MapCell{std::clamp(query, 0, rows - 1), std::clamp(key, 0, columns - 1)};
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
