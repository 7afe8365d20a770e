#pragma once

#include <Eigen/Core>

namespace headlight {

using Index = Eigen::Index;

/// Row-major, one token a row: `Matrix<T>(n, d)`. T is float when people look, double in gradient checks.
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using RowVector = Eigen::Matrix<T, 1, Eigen::Dynamic>;

/// Views that also accept a block of columns (one head's slice) without copying it.
template <class T>
using MatrixView = Eigen::Ref<Matrix<T>, 0, Eigen::OuterStride<>>;
template <class T>
using ConstMatrixView = Eigen::Ref<const Matrix<T>, 0, Eigen::OuterStride<>>;

} // namespace headlight
