#pragma once

#include "ui/compare/compare_picture.h"

class QPainter;

namespace headlight {

/// The three maps with their words, the bars of the rows and the keys of the colours; what is selected.
void paintComparison(QPainter& painter, const ComparePicture& picture, QRectF viewport);
/// What the pointer rests on, laid over all of that: the same cell in each map.
void paintComparedHover(QPainter& painter, const ComparePicture& picture);
/// For a figure: what A and B are and what was found, above the maps, which get the rest of `size`.
void paintComparedFigure(QPainter& painter, ComparePicture picture, QSize size);

} // namespace headlight
