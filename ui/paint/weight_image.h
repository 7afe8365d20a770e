#pragma once

#include "engine/core/tensor.h"
#include "ui/theme/colour_scale.h"

#include <QImage>

namespace headlight {

/// A picture of a matrix of weights (rows, columns), one pixel a number, painted larger without smoothing. A
/// map with more cells than pixels is pooled by the engine before (engine/explain/map_levels.h). Null when
/// there are none.
QImage weightImage(const Tensor<float>& weights, const ColourScale& scale, WeightScale kind);

} // namespace headlight
