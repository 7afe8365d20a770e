#pragma once

#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

namespace headlight {

/// Where the thumbnails of one stack stand: a row a layer, a column a head, with room for `H0` above and `L0`
/// at the left. Or, with an `order`, one after the other in rows of `columns`, with room below each for its
/// name.
struct HeadGridGeometry {
    double left = 0;
    double top = 0;
    double thumbnail = 0; ///< side of one thumbnail
    double gap = 6;
    int layers = 0;
    int heads = 0;
    std::vector<int> order; ///< layer x heads + head, of all; empty: layer by layer
    int columns = 0;        ///< of an order

    static constexpr double labelWidth = 24;
    static constexpr double labelHeight = 18;
    static constexpr double smallestNamed = 40; ///< "L11 H11"

    bool ordered() const { return !order.empty(); }
    QRectF cell(int layer, int head) const;
    /// Of an order: below a thumbnail, for its name.
    QRectF name(int layer, int head) const;
    double height() const;
    double width() const;
    struct Place {
        int layer = 0;
        int head = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    /// The one `across` thumbnails further to the right and `down` further below; `from` itself, or the last
    /// one on the way, where that is none. In an order, a row is followed by the next one.
    Place neighbour(const Place& from, int across, int down) const;
    /// The thumbnail under the point; half of the gap belongs to each neighbour.
    std::optional<Place> at(QPointF point) const;
};

/// Thumbnails as large as `width` allows, between 12 and `largest` pixels.
HeadGridGeometry fitHeadGrid(QPointF origin, double width, int layers, int heads, double largest = 56);
/// The same thumbnails in this order, never so small that their name would not fit below them.
HeadGridGeometry inOrder(HeadGridGeometry geometry, std::vector<int> order, double width);

} // namespace headlight
