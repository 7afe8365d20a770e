#include "engine/ops/cross_entropy.h"

#include <cmath>

namespace headlight {

template <class T>
double crossEntropy(ConstMatrixView<T> logits, std::span<const int> classes,
                    std::span<const float> rowWeights, MatrixView<T> gradLogits) {
    double loss = 0;
    RowVector<T> shifted(logits.cols()), exponentials(logits.cols()); // (V)
    for (Index i = 0; i < logits.rows(); ++i) {
        const Index answer = classes[static_cast<size_t>(i)];
        const T weight = static_cast<T>(rowWeights[static_cast<size_t>(i)]);
        shifted.array() = logits.row(i).array() - logits.row(i).maxCoeff();
        exponentials.array() = shifted.array().exp();
        const T sum = exponentials.sum();
        loss += static_cast<double>(weight) *
                (std::log(static_cast<double>(sum)) - static_cast<double>(shifted(answer)));
        if (gradLogits.size() > 0) {
            gradLogits.row(i) = exponentials * (weight / sum);
            gradLogits(i, answer) -= weight;
        }
    }
    return loss;
}

template double crossEntropy(ConstMatrixView<float>, std::span<const int>, std::span<const float>,
                             MatrixView<float>);
template double crossEntropy(ConstMatrixView<double>, std::span<const int>, std::span<const float>,
                             MatrixView<double>);

} // namespace headlight
