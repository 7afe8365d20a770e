#pragma once

#include "engine/core/view_choices.h"
#include "engine/trace/trace.h"
#include "ui/paint/head_grid_geometry.h"
#include "ui/theme/theme.h"

#include <QImage>

#include <optional>
#include <vector>

class QPainter;

namespace headlight {

/// The thumbnails of one stack and where they stand.
struct HeadGrid {
    Stack stack = Stack::encoder;
    HeadGridGeometry geometry;
    std::vector<QImage> images; ///< layer by layer; null where the trace has no such site
    const QImage& image(int layer, int head) const;
};

/// A grid for each stack of the trace, one below the other from `origin`, each as wide as `width` allows.
/// `pixelRatio`: of the screen, so that no thumbnail is made larger than it is shown. Weights are coloured on
/// the square-root scale; hidden tokens are left out and words merged as `tokens` says.
std::vector<HeadGrid> headGrids(const Trace& trace, const Theme& theme, QPointF origin, double width,
                                double largest, double pixelRatio, const ShownTokens& tokens = {});
void paintHeadGrids(QPainter& painter, const std::vector<HeadGrid>& grids, const Theme& theme,
                    const std::optional<HeadAddress>& selected, const std::optional<HeadAddress>& hovered,
                    bool focused);

} // namespace headlight
