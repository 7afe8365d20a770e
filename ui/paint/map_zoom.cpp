#include "ui/paint/map_zoom.h"

#include <QtCore/qnamespace.h>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double fewestCells = 3;
constexpr double zoomStep = 1.25; ///< a notch of the wheel, a key
constexpr double notch = 120;     ///< Qt counts eighths of a degree

MapZoom zoomOf(const MapGeometry& map) {
    return map.zoom.value_or(MapZoom{0, static_cast<double>(map.rows), 0, static_cast<double>(map.columns)});
}

double revealed(double first, double count, int cell) {
    return std::clamp(first, std::min(cell + 1 - count, static_cast<double>(cell)),
                      static_cast<double>(cell));
}
} // namespace

std::optional<MapZoom> clamped(const std::optional<MapZoom>& zoom, int rows, int columns) {
    if (!zoom || rows <= 0 || columns <= 0)
        return std::nullopt;
    const auto count = [](double wanted, int all) {
        return std::clamp(wanted, std::min(fewestCells, static_cast<double>(all)), static_cast<double>(all));
    };
    MapZoom part;
    part.rows = count(zoom->rows, rows);
    part.columns = count(zoom->columns, columns);
    // Negated comparisons: a NaN from a file is the whole map.
    if (!(part.rows < rows) && !(part.columns < columns))
        return std::nullopt;
    part.firstRow = std::clamp(zoom->firstRow, 0.0, rows - part.rows);
    part.firstColumn = std::clamp(zoom->firstColumn, 0.0, columns - part.columns);
    const bool numbers = part.rows > 0 && part.columns > 0 && part.firstRow >= 0 && part.firstColumn >= 0;
    return numbers ? std::optional(part) : std::nullopt;
}

std::optional<MapZoom> zoomedAt(const MapGeometry& map, QPointF point, double factor) {
    if (map.rows <= 0 || map.columns <= 0 || map.rect.isEmpty() || !(factor > 0))
        return std::nullopt;
    const MapZoom now = zoomOf(map);
    const double smallest = std::max(std::min(fewestCells, static_cast<double>(map.rows)) / now.rows,
                                     std::min(fewestCells, static_cast<double>(map.columns)) / now.columns);
    const double share = std::max(1 / factor, smallest);
    const double x = std::clamp((point.x() - map.rect.left()) / map.rect.width(), 0.0, 1.0);
    const double y = std::clamp((point.y() - map.rect.top()) / map.rect.height(), 0.0, 1.0);
    return clamped(MapZoom{now.firstRow + y * now.rows * (1 - share), now.rows * share,
                           now.firstColumn + x * now.columns * (1 - share), now.columns * share},
                   map.rows, map.columns);
}

std::optional<MapZoom> zoomedByWheel(const MapGeometry& map, QPointF point, int turned) {
    return zoomedAt(map, point, std::pow(zoomStep, turned / notch));
}

std::optional<ZoomWish> zoomOfKey(const MapGeometry& map, MapCell selected, int key) {
    QPointF middle = map.rect.center();
    if (map.has(selected) && map.rect.contains(map.cell(selected.query, selected.key).center()))
        middle = map.cell(selected.query, selected.key).center();
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        return ZoomWish{zoomedAt(map, middle, zoomStep)};
    case Qt::Key_Minus:
        return ZoomWish{zoomedAt(map, middle, 1 / zoomStep)};
    case Qt::Key_0:
        return ZoomWish{};
    default:
        return std::nullopt;
    }
}

std::optional<MapZoom> moved(const MapGeometry& map, QPointF pixels) {
    if (!map.zoom || map.rect.isEmpty())
        return map.zoom;
    MapZoom next = *map.zoom;
    next.firstRow -= pixels.y() / map.cellHeight();
    next.firstColumn -= pixels.x() / map.cellWidth();
    return clamped(next, map.rows, map.columns);
}

std::optional<MapZoom> centred(const MapGeometry& map, QPointF share) {
    if (!map.zoom)
        return map.zoom;
    MapZoom next = *map.zoom;
    next.firstRow = share.y() * map.rows - next.rows / 2;
    next.firstColumn = share.x() * map.columns - next.columns / 2;
    return clamped(next, map.rows, map.columns);
}

std::optional<MapZoom> revealing(const MapGeometry& map, MapCell cell) {
    if (!map.zoom || !map.has(cell))
        return map.zoom;
    MapZoom next = *map.zoom;
    next.firstRow = revealed(next.firstRow, next.rows, cell.query);
    next.firstColumn = revealed(next.firstColumn, next.columns, cell.key);
    return clamped(next, map.rows, map.columns);
}

double zoomFactor(const MapGeometry& map) {
    return map.zoom && map.zoom->rows > 0 ? map.rows / map.zoom->rows : 1;
}

} // namespace headlight
