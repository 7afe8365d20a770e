#pragma once

#include "engine/core/matrix.h"

namespace headlight {

/// Where softmaxRows leaves what it computes on the way, one row of `shifted` and `exponentials` a row of
/// scores, one number of `maximum` and `sum` a row. Pointers to arrays of the caller, or null.
template <class T>
struct SoftmaxSteps {
    T* maximum = nullptr;      ///< (n)
    T* shifted = nullptr;      ///< (n, m): score - maximum
    T* exponentials = nullptr; ///< (n, m): exp(shifted)
    T* sum = nullptr;          ///< (n): of the exponentials
};

/// Softmax of each row: weights = exp(scores - row maximum) / their sum. Scores of -inf (masked cells) give
/// exactly 0; a row that is masked whole gives all 0. scores, weights: (n, m); weights may be scores.
/// `steps`, all of its pointers set, receives the numbers on the way; the bits of the weights do not depend
/// on it.
template <class T>
void softmaxRows(ConstMatrixView<T> scores, MatrixView<T> weights, const SoftmaxSteps<T>* steps = nullptr);

/// With y = softmax(x): gradX = y * (gradY - sum(gradY * y)), row by row; gradScores may be gradWeights.
template <class T>
void softmaxRowsBackward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                         MatrixView<T> gradScores);

} // namespace headlight
