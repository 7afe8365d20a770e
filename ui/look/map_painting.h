#pragma once

#include "ui/look/map_labels.h"
#include "ui/paint/map_geometry.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>

namespace headlight {

/// What every picture of a map is painted with.

/// The seen cells of a map, of which `cells` has a pixel each or, where there are more cells than pixels, one
/// a block. Gaps of the colour of the ground between cells that are large enough. `vectors`: single
/// rectangles up to 64 x 64 cells, for files of vectors.
void paintMapCells(QPainter& painter, const MapGeometry& map, const QImage& cells, const QColor& ground,
                   bool vectors);
/// A frame around the part of `rect` that is seen, between lines of the colour of the ground: on cells of its
/// own hue it would be lost without them.
void paintMapFrame(QPainter& painter, const MapGeometry& map, const QRectF& rect, const QColor& colour,
                   double width, const QColor& ground);
/// A word at an axis; `shaped` is one of the label's. `vectors`: as text, for files of vectors.
void paintMapLabel(QPainter& painter, const Theme& theme, const MapLabel& label, const QStaticText& shaped,
                   QPointF topLeft, bool strong, bool vectors);

/// Slanted lines over what has no number.
void hatchMap(QPainter& painter, const QRectF& rect, const QColor& colour);
/// Whether the painter writes a file of vectors.
bool paintsVectors(const QPainter& painter);

} // namespace headlight
