#include "engine/ops/softmax.h"

#include <limits>

namespace headlight {

template <class T>
void softmaxRows(ConstMatrixView<T> scores, MatrixView<T> weights) {
    constexpr T masked = -std::numeric_limits<T>::infinity();
    // Each row is computed in memory of its own, so that its bits do not depend on where it stands in the
    // matrix.
    RowVector<T> row(scores.cols()); // (m)
    for (Index i = 0; i < scores.rows(); ++i) {
        row = scores.row(i);
        const T maximum = row.maxCoeff();
        if (maximum == masked) {
            weights.row(i).setZero();
            continue;
        }
        // The vector exp does not give an exact 0 at -inf, hence the choice by cell.
        row.array() = (row.array() > masked).select((row.array() - maximum).exp(), T(0));
        weights.row(i) = row / row.sum();
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

template void softmaxRows(ConstMatrixView<float>, MatrixView<float>);
template void softmaxRows(ConstMatrixView<double>, MatrixView<double>);
template void softmaxRowsBackward(ConstMatrixView<float>, ConstMatrixView<float>, MatrixView<float>);
template void softmaxRowsBackward(ConstMatrixView<double>, ConstMatrixView<double>, MatrixView<double>);

} // namespace headlight
