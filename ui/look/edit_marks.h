#pragma once

#include "ui/look/custom_plot.h"
#include "ui/look/heatmap_picture.h"

namespace headlight {

/// The corners of a painted cell's mark: the upper right one of a weight, the lower left one of a score.
QPolygonF cornerOf(const QRectF& cell, MarkKind kind);

/// Shows which cells are edited, by shape and not by colour alone: a cross through a masked cell, a filled
/// corner of a painted one, a line down the column of a hidden token. However small a cell is, its mark can
/// be seen.
void paintEditMarks(QCPPainter& painter, const HeatmapPicture& picture);

} // namespace headlight
