#include "engine/layers/norm.h"

namespace headlight {

template <class T>
Norm<T>::Norm(ParameterList<T>& parameters, const std::string& prefix, Index width, double eps)
    : m_gain(parameters.vector(prefix + ".weight", width, T(1))),
      m_bias(parameters.vector(prefix + ".bias", width)), m_eps(static_cast<T>(eps)) {}

template <class T>
void Norm<T>::forward(ConstMatrixView<T> x, MatrixView<T> y, LayerNormTape<T>* tape) const {
    layerNorm<T>(x, m_gain.value, m_bias.value, m_eps, y, tape);
}

template <class T>
double Norm<T>::pullBackFrozen(const LayerNormTape<T>& tape, RowVector<double>& direction) const {
    const double constant = m_bias.value.row(0).template cast<double>().dot(direction);
    direction.array() *=
        m_gain.value.row(0).template cast<double>().array() * static_cast<double>(tape.inverseDeviation(0));
    direction.array() -= direction.mean(); // y is made of x minus its mean
    return constant;
}

template <class T>
void Norm<T>::backward(const LayerNormTape<T>& tape, ConstMatrixView<T> gradY, MatrixView<T> gradX,
                       Gradients<T>& gradients) const {
    layerNormBackward<T>(tape, m_gain.value, gradY, gradX, gradients[static_cast<size_t>(m_gain.index)],
                         gradients[static_cast<size_t>(m_bias.index)]);
}

template class Norm<float>;
template class Norm<double>;

} // namespace headlight
