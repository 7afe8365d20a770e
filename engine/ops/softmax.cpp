#include "engine/ops/softmax.h"

#include <limits>

namespace headlight {

namespace {
/// One row of one of the arrays of SoftmaxSteps.
template <class T>
Eigen::Map<RowVector<T>> rowOf(T* array, Index row, Index columns) {
    return {array + row * columns, columns};
}
} // namespace

template <class T>
void softmaxRows(ConstMatrixView<T> scores, MatrixView<T> weights, const SoftmaxSteps<T>* steps) {
    constexpr T masked = -std::numeric_limits<T>::infinity();
    const Index columns = scores.cols();
    // Each row is computed in memory of its own, so that its bits do not depend on where it stands in the
    // matrix.
    RowVector<T> row(scores.cols()); // (m)
    for (Index i = 0; i < scores.rows(); ++i) {
        row = scores.row(i);
        const T maximum = row.maxCoeff();
        if (steps)
            steps->maximum[i] = maximum;
        if (maximum == masked) {
            weights.row(i).setZero();
            if (steps) {
                rowOf(steps->shifted, i, columns).setConstant(masked);
                rowOf(steps->exponentials, i, columns).setZero();
                steps->sum[i] = 0;
            }
            continue;
        }
        row.array() -= maximum;
        if (steps)
            rowOf(steps->shifted, i, columns) = row;
        // The vector exp does not give an exact 0 at -inf, hence the choice by cell.
        row.array() = (row.array() > masked).select(row.array().exp(), T(0));
        const T sum = row.sum();
        weights.row(i) = row / sum;
        if (steps) {
            rowOf(steps->exponentials, i, columns) = row;
            steps->sum[i] = sum;
        }
    }
}

template <class T>
void softmaxRowsBackward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                         MatrixView<T> gradScores) {
    for (Index i = 0; i < weights.rows(); ++i) {
        const auto y = weights.row(i).array();
        const auto grad = gradWeights.row(i).array();
        const T mean = (y * grad).sum();
        gradScores.row(i).array() = y * (grad - mean);
    }
}

template void softmaxRows(ConstMatrixView<float>, MatrixView<float>, const SoftmaxSteps<float>*);
template void softmaxRows(ConstMatrixView<double>, MatrixView<double>, const SoftmaxSteps<double>*);
template void softmaxRowsBackward(ConstMatrixView<float>, ConstMatrixView<float>, MatrixView<float>);
template void softmaxRowsBackward(ConstMatrixView<double>, ConstMatrixView<double>, MatrixView<double>);

} // namespace headlight
