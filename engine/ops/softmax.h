#pragma once

#include "engine/core/matrix.h"

namespace headlight {

/// Softmax of each row: weights = exp(scores - row maximum) / their sum. Scores of -inf (masked cells) give
/// exactly 0; a row that is masked whole gives all 0. scores, weights: (n, m); weights may be scores.
template <class T>
void softmaxRows(ConstMatrixView<T> scores, MatrixView<T> weights);

/// With y = softmax(x): gradX = y * (gradY - sum(gradY * y)), row by row; gradScores may be gradWeights.
template <class T>
void softmaxRowsBackward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                         MatrixView<T> gradScores);

} // namespace headlight
