#pragma once

#include "engine/edits/edits.h"
#include "ui/heads/head_painter.h"

#include <optional>

namespace headlight {

/// What the head says in place of its own context in a pass with these edits; nothing while it is on.
std::optional<OffContext> offContext(const Edits& edits, const HeadAddress& head);
/// Of the heads of the grids, those that are switched off.
std::vector<HeadAddress> offHeads(const std::vector<HeadGrid>& grids, const Edits& edits);
/// Strikes their thumbnails through: two lines for zero, one for the mean.
void paintOffHeads(QPainter& painter, const std::vector<HeadGrid>& grids, const Edits& edits,
                   const Theme& theme);

} // namespace headlight
