#pragma once

#include <QPointF>
#include <QRectF>

#include <optional>

namespace headlight {

/// Where the thumbnails of one stack stand: a row a layer, a column a head, with room for `H0` above and `L0`
/// at the left.
struct HeadGridGeometry {
    double left = 0;
    double top = 0;
    double thumbnail = 0; ///< side of one thumbnail
    double gap = 6;
    int layers = 0;
    int heads = 0;

    static constexpr double labelWidth = 24;
    static constexpr double labelHeight = 18;

    QRectF cell(int layer, int head) const;
    double height() const;
    double width() const;
    struct Place {
        int layer = 0;
        int head = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    /// The thumbnail under the point; half of the gap belongs to each neighbour.
    std::optional<Place> at(QPointF point) const;
};

/// Thumbnails as large as `width` allows, between 12 and `largest` pixels.
HeadGridGeometry fitHeadGrid(QPointF origin, double width, int layers, int heads, double largest = 56);

} // namespace headlight
