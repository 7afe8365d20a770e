#pragma once

#include "engine/core/matrix.h"
#include "engine/core/tensor.h"

namespace headlight {

/// Eigen views of a tensor's numbers; nothing is copied. `matrixOf(t)` for (rows, columns), `matrixOf(t, i)`
/// for slice i of (slices, rows, columns).
template <class T>
Eigen::Map<Matrix<T>> matrixOf(Tensor<T>& tensor) {
    return {tensor.values().data(), tensor.dimension(0), tensor.dimension(1)};
}
template <class T>
Eigen::Map<const Matrix<T>> matrixOf(const Tensor<T>& tensor) {
    return {tensor.values().data(), tensor.dimension(0), tensor.dimension(1)};
}
template <class T>
Eigen::Map<Matrix<T>> matrixOf(Tensor<T>& tensor, Index slice) {
    const Index rows = tensor.dimension(1), columns = tensor.dimension(2);
    return {tensor.values().data() + slice * rows * columns, rows, columns};
}
template <class T>
Eigen::Map<const Matrix<T>> matrixOf(const Tensor<T>& tensor, Index slice) {
    const Index rows = tensor.dimension(1), columns = tensor.dimension(2);
    return {tensor.values().data() + slice * rows * columns, rows, columns};
}
template <class T>
Tensor<T> tensorOf(const Matrix<T>& matrix) {
    Tensor<T> tensor({matrix.rows(), matrix.cols()});
    matrixOf(tensor) = matrix;
    return tensor;
}

} // namespace headlight
