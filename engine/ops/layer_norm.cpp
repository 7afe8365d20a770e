#include "engine/ops/layer_norm.h"

#include <cmath>

namespace headlight {

template <class T>
void layerNorm(ConstMatrixView<T> x, ConstMatrixView<T> gain, ConstMatrixView<T> bias, T eps, MatrixView<T> y,
               LayerNormTape<T>* tape) {
    const Index n = x.rows(), d = x.cols();
    if (tape) {
        tape->normalised.resize(n, d);
        tape->inverseDeviation.resize(n);
    }
    RowVector<T> centred(d); // (d)
    for (Index i = 0; i < n; ++i) {
        centred = x.row(i);
        centred.array() -= centred.sum() / T(d);
        const T variance = centred.squaredNorm() / T(d);
        const T inverse = T(1) / std::sqrt(variance + eps);
        centred *= inverse;
        if (tape) {
            tape->normalised.row(i) = centred;
            tape->inverseDeviation(i) = inverse;
        }
        y.row(i).array() = centred.array() * gain.row(0).array() + bias.row(0).array();
    }
}

template <class T>
void layerNormBackward(const LayerNormTape<T>& tape, ConstMatrixView<T> gain, ConstMatrixView<T> gradY,
                       MatrixView<T> gradX, MatrixView<T> gradGain, MatrixView<T> gradBias) {
    const Index n = gradY.rows(), d = gradY.cols();
    RowVector<T> scaled(d); // gradient of the normalised row, (d)
    for (Index i = 0; i < n; ++i) {
        const auto normalised = tape.normalised.row(i).array();
        gradGain.row(0).array() += gradY.row(i).array() * normalised;
        gradBias.row(0) += gradY.row(i);
        scaled.array() = gradY.row(i).array() * gain.row(0).array();
        const T mean = scaled.sum() / T(d);
        const T along = (scaled.array() * normalised).sum() / T(d);
        gradX.row(i).array() = (scaled.array() - mean - normalised * along) * tape.inverseDeviation(i);
    }
}

#define HEADLIGHT_INSTANTIATE(T)                                                                             \
    template void layerNorm(ConstMatrixView<T>, ConstMatrixView<T>, ConstMatrixView<T>, T, MatrixView<T>,    \
                            LayerNormTape<T>*);                                                              \
    template void layerNormBackward(const LayerNormTape<T>&, ConstMatrixView<T>, ConstMatrixView<T>,         \
                                    MatrixView<T>, MatrixView<T>, MatrixView<T>);
HEADLIGHT_INSTANTIATE(float)
HEADLIGHT_INSTANTIATE(double)
#undef HEADLIGHT_INSTANTIATE

} // namespace headlight
