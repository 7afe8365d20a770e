#pragma once

#include "engine/core/matrix.h"

#include <span>

namespace headlight {

/// Weighted cross-entropy of softmax(logits) against one class a row, in natural log.
/// logits: (n, V); classes, rowWeights: n entries; gradLogits (n, V) receives weight * (softmax - one-hot)
/// and may be empty (0 x 0) when no gradient is wanted, or the same memory as logits. Returns the weighted
/// sum of losses.
template <class T>
double crossEntropy(ConstMatrixView<T> logits, std::span<const int> classes,
                    std::span<const float> rowWeights, MatrixView<T> gradLogits);

} // namespace headlight
