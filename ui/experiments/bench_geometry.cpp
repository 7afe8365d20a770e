#include "ui/experiments/bench_geometry.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double legendHeight = 24;
constexpr double gap = 10;           // between columns
constexpr double narrowestCell = 13; // narrower ones are scrolled
constexpr double widestCell = 96;
constexpr double widest = 930; // from here on titles stand at the left
constexpr double stripGap = 3;
} // namespace

void BenchGeometry::layOut() {
    const bool single = normalisers.size() == 1;
    wide = size.width() >= widest;
    headerHeight = legendHeight + labelHeight;

    // Columns, from the right: the numbers, then what is left for the cells.
    double right = size.width() - 4;
    const auto fromRight = [&](double width) {
        right -= width;
        const BenchColumn column{right, width};
        right -= gap;
        return column;
    };
    gradient = fromRight(112);
    time = fromRight(58);
    parameters = wide ? fromRight(76) : BenchColumn{};
    multiplyAdds = wide ? fromRight(76) : BenchColumn{};
    entropy = fromRight(56);
    double left = 8;
    title = {left, wide ? 214.0 : size.width() - 16};
    if (wide)
        left = title.right() + gap;
    normaliser = single ? BenchColumn{} : BenchColumn{left, 70};
    if (!single)
        left = normaliser.right() + gap;
    cells = {left, std::max(20.0, right - left)};
    cellWidth = keys > 0 ? std::clamp(cells.width / keys, narrowestCell, widestCell) : 0;

    const double stripHeight = numbers ? 40 : single ? (wide ? 32 : 28) : 22;
    const double titleAbove = wide ? 0 : size.width() < 640 ? 58 : 40;
    constexpr double titleBeside = 56;
    groups.clear();
    strips.clear();
    double top = 4;
    for (int score = 0; score < scoreFunctions; ++score) {
        BenchGroup group{score, top, 0, titleAbove, strips.size(), normalisers.size()};
        double y = top + titleAbove;
        if (wide && single)
            y += (titleBeside - stripHeight) / 2;
        for (const int each : normalisers) {
            const double height = each == hard ? std::max(stripHeight, 34.0) : stripHeight;
            strips.push_back({score, each, y, height});
            y += height + stripGap;
        }
        group.height = std::max(y - top - stripGap, wide ? titleBeside : 0.0);
        groups.push_back(group);
        top += group.height + (single ? 4 : 12);
    }
    contentHeight = top;
    scrollX = std::clamp(scrollX, 0.0, scrollRoomX());
    scrollY = std::clamp(scrollY, 0.0, scrollRoomY());
}

double BenchGeometry::scrollRoomX() const {
    return std::max(0.0, std::ceil(cellWidth * keys - cells.width));
}

double BenchGeometry::scrollRoomY() const {
    return std::max(0.0, std::ceil(contentHeight - (size.height() - headerHeight)));
}

QRectF BenchGeometry::groupRect(const BenchGroup& group) const {
    return {0, headerHeight + group.top - scrollY, size.width(), group.height};
}

QRectF BenchGeometry::titleRect(const BenchGroup& group) const {
    const double height = group.titleHeight > 0 ? group.titleHeight : group.height;
    return {title.left, headerHeight + group.top - scrollY, title.width, height};
}

QRectF BenchGeometry::stripRect(const BenchStrip& strip, const BenchColumn& column) const {
    return {column.left, headerHeight + strip.top - scrollY, column.width, strip.height};
}

QRectF BenchGeometry::cellRect(const BenchStrip& strip, int key) const {
    return {cells.left + key * cellWidth - scrollX, headerHeight + strip.top - scrollY, cellWidth,
            strip.height};
}

int BenchGeometry::keyAt(QPointF point) const {
    const bool inHeader = point.y() < headerHeight;
    if (point.x() < cells.left || point.x() >= cells.right() || cellWidth <= 0 ||
        (!inHeader && stripAt(point) < 0))
        return -1;
    const int key = static_cast<int>((point.x() - cells.left + scrollX) / cellWidth);
    return key < keys ? key : -1;
}

int BenchGeometry::stripAt(QPointF point) const {
    if (point.y() < headerHeight)
        return -1;
    const double y = point.y() - headerHeight + scrollY;
    for (size_t i = 0; i < strips.size(); ++i)
        if (y >= strips[i].top && y < strips[i].top + strips[i].height)
            return static_cast<int>(i);
    return -1;
}

const BenchGroup& BenchGeometry::groupOf(const BenchStrip& strip) const {
    return groups[static_cast<size_t>(strip.scoreFunction)];
}

} // namespace headlight
