#include "ui/paint/head_grid_geometry.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double nameHeight = 16;

int placeIn(const std::vector<int>& order, int head) {
    return static_cast<int>(std::find(order.begin(), order.end(), head) - order.begin());
}
} // namespace

QRectF HeadGridGeometry::cell(int layer, int head) const {
    const double pitch = thumbnail + gap;
    if (ordered()) {
        const int place = placeIn(order, layer * heads + head);
        const int row = place / columns;
        return {left + place % columns * pitch, top + row * (pitch + nameHeight), thumbnail, thumbnail};
    }
    return {left + labelWidth + head * pitch, top + labelHeight + layer * pitch, thumbnail, thumbnail};
}

double HeadGridGeometry::height() const {
    if (ordered()) {
        const int rows = (static_cast<int>(order.size()) + columns - 1) / columns;
        return rows * (thumbnail + gap + nameHeight);
    }
    return labelHeight + layers * (thumbnail + gap);
}

double HeadGridGeometry::width() const {
    return ordered() ? columns * (thumbnail + gap) : labelWidth + heads * (thumbnail + gap);
}

QRectF HeadGridGeometry::name(int layer, int head) const {
    const QRectF above = cell(layer, head);
    return {above.left() - gap / 2, above.bottom() + 1, above.width() + gap, nameHeight};
}

std::optional<HeadGridGeometry::Place> HeadGridGeometry::at(QPointF point) const {
    const double pitch = thumbnail + gap;
    if (pitch <= 0)
        return std::nullopt;
    if (ordered()) {
        const int column = static_cast<int>(std::floor((point.x() - left + gap / 2) / pitch));
        const int row = static_cast<int>(std::floor((point.y() - top + gap / 2) / (pitch + nameHeight)));
        const int place = row * columns + column;
        if (row < 0 || column < 0 || column >= columns || place >= static_cast<int>(order.size()))
            return std::nullopt;
        const int head = order[static_cast<size_t>(place)];
        return Place{head / heads, head % heads};
    }
    const int head = static_cast<int>(std::floor((point.x() - left - labelWidth + gap / 2) / pitch));
    const int layer = static_cast<int>(std::floor((point.y() - top - labelHeight + gap / 2) / pitch));
    if (head < 0 || head >= heads || layer < 0 || layer >= layers)
        return std::nullopt;
    return Place{layer, head};
}

HeadGridGeometry::Place HeadGridGeometry::neighbour(const Place& from, int across, int down) const {
    if (!ordered())
        return {std::clamp(from.layer + down, 0, layers - 1), std::clamp(from.head + across, 0, heads - 1)};
    const int last = static_cast<int>(order.size()) - 1;
    const int place = placeIn(order, from.layer * heads + from.head);
    const int wanted = place + across + down * columns;
    const int head = order[static_cast<size_t>(wanted < 0 || wanted > last ? std::min(place, last) : wanted)];
    return {head / heads, head % heads};
}

HeadGridGeometry fitHeadGrid(QPointF origin, double width, int layers, int heads, double largest) {
    HeadGridGeometry geometry;
    geometry.left = origin.x();
    geometry.top = origin.y();
    geometry.layers = layers;
    geometry.heads = heads;
    geometry.gap = heads > 8 ? 3 : 6;
    if (heads > 0) {
        const double room = (width - HeadGridGeometry::labelWidth) / heads - geometry.gap;
        geometry.thumbnail = std::clamp(std::floor(room), 12.0, largest);
    }
    return geometry;
}

HeadGridGeometry inOrder(HeadGridGeometry geometry, std::vector<int> order, double width) {
    geometry.gap = 8;
    geometry.thumbnail = std::max(geometry.thumbnail, HeadGridGeometry::smallestNamed);
    const double pitch = geometry.thumbnail + geometry.gap;
    geometry.columns = std::max(1, static_cast<int>((width + geometry.gap) / pitch));
    geometry.order = std::move(order);
    return geometry;
}

} // namespace headlight
