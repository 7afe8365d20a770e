#pragma once

#include "engine/core/view_choices.h"
#include "ui/heads/head_painter.h"

namespace headlight {

/// A frame around the thumbnail of each pinned head and a dot at its corner, in the head's colour.
void paintPins(QPainter& painter, const std::vector<HeadGrid>& grids, const std::vector<PinnedHead>& pinned,
               const Theme& theme);

} // namespace headlight
