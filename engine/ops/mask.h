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

/// Local attention (Luong, Pham & Manning 2015, section 3.3, "local-m": D = halfWidth, p_t = the query's own
/// position): keys farther than halfWidth >= 0 from the query are set to -inf, before the softmax. Row i of
/// scores (n, m) stands at key position firstPosition + i; in self-attention over a whole text, 0.
template <class T>
void applyLocalWindow(Index halfWidth, Index firstPosition, MatrixView<T> scores);

} // namespace headlight
