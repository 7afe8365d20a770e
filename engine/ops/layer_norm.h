#pragma once

#include "engine/core/matrix.h"

namespace headlight {

/// What layerNorm keeps for its backward pass.
template <class T>
struct LayerNormTape {
    Matrix<T> normalised;                                 // (n, d): (x - mean) / sqrt(variance + eps)
    Eigen::Matrix<T, Eigen::Dynamic, 1> inverseDeviation; // (n): 1 / sqrt(variance + eps)
};

/// Layer normalisation of each row (Ba, Kiros & Hinton 2016): y = (x - mean) / sqrt(variance + eps) * gain +
/// bias, with the variance over d, not d - 1. x, y: (n, d); gain, bias: (1, d). y may be x. `tape` may be
/// null.
template <class T>
void layerNorm(ConstMatrixView<T> x, ConstMatrixView<T> gain, ConstMatrixView<T> bias, T eps, MatrixView<T> y,
               LayerNormTape<T>* tape);

/// Adds to gradGain and gradBias (1, d), writes gradX (n, d); gradX may be gradY.
template <class T>
void layerNormBackward(const LayerNormTape<T>& tape, ConstMatrixView<T> gain, ConstMatrixView<T> gradY,
                       MatrixView<T> gradX, MatrixView<T> gradGain, MatrixView<T> gradBias);

} // namespace headlight
