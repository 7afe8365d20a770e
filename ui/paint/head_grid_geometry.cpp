#include "ui/paint/head_grid_geometry.h"

#include <algorithm>
#include <cmath>

namespace headlight {

QRectF HeadGridGeometry::cell(int layer, int head) const {
    const double pitch = thumbnail + gap;
    return {left + labelWidth + head * pitch, top + labelHeight + layer * pitch, thumbnail, thumbnail};
}

double HeadGridGeometry::height() const {
    return labelHeight + layers * (thumbnail + gap);
}

double HeadGridGeometry::width() const {
    return labelWidth + heads * (thumbnail + gap);
}

std::optional<HeadGridGeometry::Place> HeadGridGeometry::at(QPointF point) const {
    const double pitch = thumbnail + gap;
    if (pitch <= 0)
        return std::nullopt;
    const int head = static_cast<int>(std::floor((point.x() - left - labelWidth + gap / 2) / pitch));
    const int layer = static_cast<int>(std::floor((point.y() - top - labelHeight + gap / 2) / pitch));
    if (head < 0 || head >= heads || layer < 0 || layer >= layers)
        return std::nullopt;
    return Place{layer, head};
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

} // namespace headlight
