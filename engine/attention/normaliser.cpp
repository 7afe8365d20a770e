#include "engine/attention/normaliser.h"

namespace headlight {

template <class T>
void Softmax<T>::weights(ConstMatrixView<T> scores, MatrixView<T> weights) const {
    softmaxRows<T>(scores, weights);
}

template <class T>
void Softmax<T>::weightsWithSteps(ConstMatrixView<T> scores, MatrixView<T> weights,
                                  const SoftmaxSteps<T>& steps) const {
    softmaxRows<T>(scores, weights, &steps);
}

template <class T>
void Softmax<T>::backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                          MatrixView<T> gradScores) const {
    softmaxRowsBackward<T>(weights, gradWeights, gradScores);
}

template class Softmax<float>;
template class Softmax<double>;

} // namespace headlight
