#pragma once

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

/// Where the cells of a map stand: `rows` x `columns` cells fill `rect`, row 0 on top.
struct MapGeometry {
    QRectF rect;
    int rows = 0;
    int columns = 0;

    double cellWidth() const { return columns > 0 ? rect.width() / columns : 0; }
    double cellHeight() const { return rows > 0 ? rect.height() / rows : 0; }
    QRectF cell(int query, int key) const;
    QRectF row(int query) const;
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
