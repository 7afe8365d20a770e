#pragma once

#include "ui/theme/colour_scale.h"

#include <QImage>

#include <span>

namespace headlight {

/// A picture of a matrix of weights, row-major, one pixel a cell, painted larger without smoothing. Where
/// there are more cells than `largestSide` pixels, a pixel shows the strongest weight under it, so that no
/// peak is lost.
QImage weightImage(std::span<const float> weights, int rows, int columns, const ColourScale& scale,
                   WeightScale kind, int largestSide);

} // namespace headlight
