#pragma once

#include "engine/edits/edits.h"

#include <span>
#include <vector>

namespace headlight {

/// Paints cells of one row of weights (m), as PaintedWeight says. `cells` are all of that row, no cell twice;
/// without any the row keeps its bits. Sums are taken in double.
template <class T>
void paintRow(std::span<const PaintedWeight* const> cells, std::span<T> row);

} // namespace headlight
