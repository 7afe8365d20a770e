#pragma once

#include "engine/core/view_choices.h"
#include "engine/explain/map_levels.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <optional>

namespace headlight {

/// A cell of a map of weights: row = query, column = key.
struct MapCell {
    int query = 0;
    int key = 0;
    friend bool operator==(const MapCell&, const MapCell&) = default;
};

/// Where the cells of a map stand: `rows` x `columns` cells, row 0 on top, fill `rect`; with a zoom only the
/// part of them that it names does, and cells beyond it lie outside of `rect`.
struct MapGeometry {
    QRectF rect;
    int rows = 0;
    int columns = 0;
    std::optional<MapZoom> zoom = std::nullopt; ///< within the map, or nothing: all of it

    double shownRows() const { return zoom ? zoom->rows : rows; }
    double shownColumns() const { return zoom ? zoom->columns : columns; }
    double cellWidth() const { return columns > 0 ? rect.width() / shownColumns() : 0; }
    double cellHeight() const { return rows > 0 ? rect.height() / shownRows() : 0; }
    QRectF cell(int query, int key) const;
    /// As wide as `rect`.
    QRectF row(int query) const;
    /// As high as `rect`.
    QRectF column(int key) const;
    bool has(MapCell cell) const;
    /// The cells of which something is seen.
    CellRange seen() const;
    /// Nothing outside of the map.
    std::optional<MapCell> cellAt(QPointF point) const;
};

/// What stands around a map, in pixels.
struct MapMargins {
    double left = 0; ///< for the labels of the rows
    double top = 0;  ///< for the labels of the columns
    double right = 0;
    double bottom = 0;
};

/// The largest map with square cells that fits into `size` beside its margins, at the left end of the space
/// and a little above the middle of its height. Cells of 4 pixels and more get a whole number of pixels, so
/// that no two look different. A largest cell of `largestCell` pixels keeps a short sentence from growing
/// into a poster.
MapGeometry fitMap(QSizeF size, const MapMargins& margins, int rows, int columns, double largestCell);

} // namespace headlight
