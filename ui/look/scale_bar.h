#pragma once

#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>

#include <span>
#include <vector>

class QPainter;

namespace headlight {

/// A weight that is written beside the colour scale, and where it stands there: 0 at the bottom, 1 on top.
struct ScaleTick {
    double place = 0;
    QString label;
};

/// `weights`: of the map that is shown; the rank scale alone reads them, every other has fixed ticks.
std::vector<ScaleTick> scaleTicks(WeightScale scale, std::span<const float> weights);
/// Written below the scale; empty for the linear one, which is the usual.
QString scaleName(WeightScale scale);
/// Bar, ticks, heading (empty: "weight") and name.
void paintScaleBar(QPainter& painter, const Theme& theme, const QRectF& bar, WeightScale scale,
                   const std::vector<ScaleTick>& ticks, const QString& heading = {});

} // namespace headlight
