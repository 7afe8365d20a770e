#pragma once

#include "engine/core/matrix.h"

#include <cstdint>

namespace headlight {

/// Dropout (Srivastava et al. 2014), inverted: kept cells are scaled by 1 / (1 - rate). The choice for cell i
/// of stream `seed` is a hash of the two, so a pass can be repeated exactly. Writes the factors (0 or the
/// scale) and applies them. x, factors: (n, d); factors is resized.
template <class T>
void dropout(double rate, uint64_t seed, MatrixView<T> x, Matrix<T>& factors);

/// A new, unrelated stream for use number `use` of stream `seed` (splitmix64).
uint64_t dropoutStream(uint64_t seed, uint64_t use);

/// Nested dropout (Rippel, Gelbart & Adams 2014, section 3): how many of `units`, counted from the first, are
/// used. With probability `share` a number from 1 to units - 1, all alike, else all of them.
int64_t nestedDropout(double share, uint64_t seed, int64_t units);

} // namespace headlight
