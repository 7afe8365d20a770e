#pragma once

#include "ui/paint/map_geometry.h"

#include <optional>

namespace headlight {

/// How a map is zoomed and moved. Each gives the part to show next, cut to the map and never smaller than a
/// few cells, or nothing when that is the whole map.

/// What is left of a zoom (perhaps made for another text) in a map of `rows` x `columns`.
std::optional<MapZoom> clamped(const std::optional<MapZoom>& zoom, int rows, int columns);
/// `factor` > 1 shows fewer cells; what is under `point` stays under it.
std::optional<MapZoom> zoomedAt(const MapGeometry& map, QPointF point, double factor);
/// As far as a wheel was turned, in Qt's eighths of a degree.
std::optional<MapZoom> zoomedByWheel(const MapGeometry& map, QPointF point, int turned);
/// What a key (Qt::Key) wishes for: nothing for keys that do not zoom. Around the selected cell where it is
/// seen, else around the middle.
struct ZoomWish {
    std::optional<MapZoom> zoom;
};
std::optional<ZoomWish> zoomOfKey(const MapGeometry& map, MapCell selected, int key);
/// The map follows a hand that moved by `pixels`.
std::optional<MapZoom> moved(const MapGeometry& map, QPointF pixels);
/// What is seen moves so that `share` of the whole map (0 to 1 along its columns and rows) is in the middle.
std::optional<MapZoom> centred(const MapGeometry& map, QPointF share);
/// The smallest move that brings a cell into view.
std::optional<MapZoom> revealing(const MapGeometry& map, MapCell cell);
/// How much larger cells are than in the whole map.
double zoomFactor(const MapGeometry& map);

} // namespace headlight
