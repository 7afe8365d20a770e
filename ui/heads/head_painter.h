#pragma once

#include "engine/core/view_choices.h"
#include "engine/metrics/head_metric.h"
#include "engine/trace/trace.h"
#include "ui/paint/head_grid_geometry.h"
#include "ui/theme/theme.h"

#include <QImage>

#include <optional>
#include <span>
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
/// the square-root scale; hidden tokens are left out and words merged as `tokens` says. With `order`, the
/// heads of each stack stand by their value, the highest first and those without one last.
std::vector<HeadGrid> headGrids(const Trace& trace, const Theme& theme, QPointF origin, double width,
                                double largest, double pixelRatio, const ShownTokens& tokens = {},
                                std::span<const HeadValue> order = {});
void paintHeadGrids(QPainter& painter, const std::vector<HeadGrid>& grids, const Theme& theme,
                    const std::optional<HeadAddress>& selected, const std::optional<HeadAddress>& hovered,
                    bool focused);
/// The value of each head at the foot of its thumbnail; where that is too small for a number, a bar as long
/// as the value is large between the metric's least and its most (or the largest there is).
void paintBadges(QPainter& painter, const std::vector<HeadGrid>& grids, const Theme& theme,
                 const HeadMetric& metric, std::span<const HeadValue> values);

/// Numbers of the heads of one stack (layer x heads + head), the highest value first; of equals the first
/// one.
std::vector<int> highestFirst(const StackShape& stack, std::span<const HeadValue> values);

} // namespace headlight
