#pragma once

#include "engine/core/matrix.h"

namespace headlight {

/// Which keys a query may look at.
enum class Mask {
    none,  ///< every key
    causal ///< keys at or before the query: j <= i + (m - n)
};

/// Sets the masked cells of scores (n, m) to -inf.
template <class T>
void applyMask(Mask mask, MatrixView<T> scores);

} // namespace headlight
