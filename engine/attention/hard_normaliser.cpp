#include "engine/attention/hard_normaliser.h"

#include "engine/core/random.h"
#include "engine/ops/softmax.h"

#include <limits>

namespace headlight {

template <class T>
void Hard<T>::weights(ConstMatrixView<T> scores, MatrixView<T> weights) const {
    for (Index i = 0; i < scores.rows(); ++i) {
        if (scores.row(i).hasNaN()) {
            weights.row(i).setConstant(std::numeric_limits<T>::quiet_NaN());
            continue;
        }
        Index strongest = -1;
        T maximum = -std::numeric_limits<T>::infinity();
        for (Index j = 0; j < scores.cols(); ++j)
            if (scores(i, j) > maximum) {
                maximum = scores(i, j);
                strongest = j;
            }
        weights.row(i).setZero();
        if (strongest >= 0)
            weights(i, strongest) = T(1);
    }
}

template <class T>
void Hard<T>::backward(ConstMatrixView<T> /*weights*/, ConstMatrixView<T> /*gradWeights*/,
                       MatrixView<T> gradScores) const {
    gradScores.setZero();
}

template <class T>
void SampledHard<T>::weights(ConstMatrixView<T> scores, MatrixView<T> weights) const {
    softmaxRows<T>(scores, weights);
    Random random(m_seed);
    for (Index i = 0; i < weights.rows(); ++i) {
        const double draw = random.uniform();
        if (weights.row(i).hasNaN())
            continue;
        Index drawn = -1; // the last key with weight, should rounding leave the sum below the draw
        double sum = 0;
        for (Index j = 0; j < weights.cols() && sum <= draw; ++j)
            if (weights(i, j) > T(0)) {
                sum += static_cast<double>(weights(i, j));
                drawn = j;
            }
        weights.row(i).setZero();
        if (drawn >= 0)
            weights(i, drawn) = T(1);
    }
}

template <class T>
void SampledHard<T>::backward(ConstMatrixView<T> /*weights*/, ConstMatrixView<T> /*gradWeights*/,
                              MatrixView<T> gradScores) const {
    gradScores.setZero();
}

template class Hard<float>;
template class Hard<double>;
template class SampledHard<float>;
template class SampledHard<double>;

} // namespace headlight
