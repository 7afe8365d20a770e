#include "ui/paint/lines_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
constexpr double largestRow = 32;
constexpr double wordGap = 10;  ///< between a word and its line ends
constexpr double barGap = 14;   ///< between a word and its bars
constexpr double numberGap = 8; ///< between bars and number
constexpr double numberRoom = 40;
constexpr double nearestColumns = 60;
constexpr double farthestColumns = 360;
constexpr double fanShare = 0.6; ///< of a row's height, over which the ends of several heads spread

double fan(int head, int heads, double rowHeight) {
    return heads > 1 ? ((head + 0.5) / heads - 0.5) * rowHeight * fanShare : 0;
}
} // namespace

double LinesGeometry::contentHeight() const {
    return std::max(queries, keys) * rowHeight;
}

double LinesGeometry::scrollRoom() const {
    return std::max(0.0, std::ceil(contentHeight() - area.height()));
}

QRectF LinesGeometry::queryWord(int query) const {
    return {queryEdge - wordGap - queryWidth, rowTop(query), queryWidth, rowHeight};
}

QRectF LinesGeometry::keyWord(int key) const {
    return {keyEdge + wordGap, rowTop(key), keyWidth, rowHeight};
}

QRectF LinesGeometry::bars(int row) const {
    const double left =
        barsAtKeys ? keyWord(row).right() + barGap : queryWord(row).left() - barGap - barsWidth;
    return {left, rowTop(row), barsWidth, rowHeight};
}

QRectF LinesGeometry::number(int row) const {
    const QRectF beside = bars(row);
    const double left = barsAtKeys ? beside.right() + numberGap : beside.left() - numberGap - numberWidth;
    return {left, beside.top(), numberWidth, rowHeight};
}

QPointF LinesGeometry::queryEnd(int query, int head, int heads) const {
    return {queryEdge, rowTop(query) + rowHeight / 2 + fan(head, heads, rowHeight)};
}

QPointF LinesGeometry::keyEnd(int key, int head, int heads) const {
    return {keyEdge, rowTop(key) + rowHeight / 2 + fan(head, heads, rowHeight)};
}

int LinesGeometry::rowAt(double y, int count) const {
    if (rowHeight <= 0 || y < area.top() || y >= area.bottom())
        return -1;
    const int row = static_cast<int>(std::floor((y - top + scroll) / rowHeight));
    return row >= 0 && row < count ? row : -1;
}

int LinesGeometry::queryAt(QPointF point) const {
    const double left = barsAtKeys ? queryWord(0).left() - wordGap : number(0).left();
    return point.x() >= left && point.x() < queryEdge ? rowAt(point.y(), queries) : -1;
}

int LinesGeometry::keyAt(QPointF point) const {
    const double right = barsAtKeys ? number(0).right() : keyWord(0).right() + wordGap;
    return point.x() > keyEdge && point.x() <= right ? rowAt(point.y(), keys) : -1;
}

bool LinesGeometry::isSeen(int query, int key) const {
    const double highest = rowTop(std::min(query, key));
    const double lowest = rowTop(std::max(query, key)) + rowHeight;
    return lowest > area.top() && highest < area.bottom();
}

bool LinesGeometry::isRowSeen(int row) const {
    return isSeen(row, row);
}

double LinesGeometry::scrollTo(int row) const {
    const double above = row * rowHeight + top - area.top();
    const double below = above + rowHeight - area.height();
    return std::clamp(scroll, std::max(0.0, std::ceil(below)), std::max(0.0, std::floor(above)));
}

LinesGeometry fitLines(const QRectF& area, const LinesNeeds& needs) {
    LinesGeometry geometry;
    geometry.area = area;
    geometry.queries = needs.queries;
    geometry.keys = needs.keys;
    geometry.barsAtKeys = needs.barsAtKeys;
    geometry.queryWidth = needs.queryWidth;
    geometry.keyWidth = needs.keyWidth;
    geometry.numberWidth = numberRoom;
    const int rows = std::max(needs.queries, needs.keys);
    if (rows <= 0)
        return geometry;
    geometry.rowHeight = std::clamp(area.height() / rows, needs.smallestRow, largestRow);
    if (geometry.rowHeight >= 12)
        geometry.rowHeight = std::floor(geometry.rowHeight);
    const double slack = std::max(0.0, area.height() - rows * geometry.rowHeight);
    geometry.top = area.top() + std::floor(std::min(slack * 0.4, 60.0));

    const double words = needs.queryWidth + needs.keyWidth + 2 * wordGap;
    const double rest = area.width() - words - barGap - numberGap - numberRoom;
    geometry.barsWidth = std::floor(std::clamp(rest * 0.25, 24.0, 90.0));
    const double across = std::floor(std::clamp(rest - geometry.barsWidth, nearestColumns, farthestColumns));
    const double whole = words + across + barGap + geometry.barsWidth + numberGap + numberRoom;
    double left = area.left() + std::max(0.0, std::floor((area.width() - whole) / 2));
    if (!needs.barsAtKeys)
        left += numberRoom + numberGap + geometry.barsWidth + barGap;
    geometry.queryEdge = left + needs.queryWidth + wordGap;
    geometry.keyEdge = geometry.queryEdge + across;
    return geometry;
}

void LineCurve::addTo(QPainterPath& path) const {
    const double middle = (from.x() + to.x()) / 2;
    path.moveTo(from);
    path.cubicTo(QPointF(middle, from.y()), QPointF(middle, to.y()), to);
}

QPointF LineCurve::at(double share) const {
    const double x = from.x() + share * (to.x() - from.x());
    // The x of the cubic rises all the way: its parameter is found by halving.
    double low = 0;
    double high = 1;
    for (int step = 0; step < 30; ++step) {
        const double t = (low + high) / 2;
        (t * (1.5 - 1.5 * t + t * t) < share ? low : high) = t;
    }
    const double t = (low + high) / 2;
    return {x, from.y() + (to.y() - from.y()) * t * t * (3 - 2 * t)};
}

double LineCurve::distanceTo(QPointF point) const {
    const double width = to.x() - from.x();
    if (width <= 0 || point.x() < from.x() || point.x() > to.x())
        return std::numeric_limits<double>::infinity();
    const double share = (point.x() - from.x()) / width;
    const double step = 0.01;
    const QPointF before = at(std::max(0.0, share - step));
    const QPointF after = at(std::min(1.0, share + step));
    const double slope = (after.y() - before.y()) / (after.x() - before.x());
    return std::abs(point.y() - at(share).y()) / std::sqrt(1 + slope * slope);
}

std::vector<LegendPlace> layOutLegend(QPointF origin, double width, const std::vector<double>& widths,
                                      const std::vector<bool>& releasable) {
    constexpr double gap = 8;
    constexpr double crossWidth = 20;
    std::vector<LegendPlace> places;
    QPointF next = origin;
    for (size_t i = 0; i < widths.size(); ++i) {
        if (next.x() > origin.x() && next.x() + widths[i] > origin.x() + width)
            next = QPointF(origin.x(), next.y() + legendRowHeight);
        LegendPlace place;
        place.entry = QRectF(next.x(), next.y() + 2, widths[i], legendRowHeight - 4);
        if (releasable[i])
            place.cross =
                QRectF(place.entry.right() - crossWidth, place.entry.top(), crossWidth, place.entry.height());
        places.push_back(place);
        next.rx() += widths[i] + gap;
    }
    return places;
}

} // namespace headlight
