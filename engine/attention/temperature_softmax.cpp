#include "engine/attention/temperature_softmax.h"

#include "engine/core/errors.h"
#include "engine/ops/softmax.h"

#include <cmath>

namespace headlight {

template <class T>
TemperatureSoftmax<T>::TemperatureSoftmax(double temperature) : m_temperature(static_cast<T>(temperature)) {
    if (!(m_temperature > T(0)) || !std::isfinite(m_temperature))
        throw RequestError("the temperature is " + std::to_string(temperature) +
                           "; it must be above 0 and finite");
}

template <class T>
void TemperatureSoftmax<T>::weights(ConstMatrixView<T> scores, MatrixView<T> weights) const {
    // The maximum goes first: scores divided by a very small temperature would otherwise overflow.
    for (Index i = 0; i < scores.rows(); ++i) {
        const T maximum = scores.row(i).maxCoeff();
        if (std::isfinite(maximum))
            weights.row(i) = (scores.row(i).array() - maximum) / m_temperature;
        else
            weights.row(i) = scores.row(i);
    }
    softmaxRows<T>(weights, weights);
}

template <class T>
void TemperatureSoftmax<T>::backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                                     MatrixView<T> gradScores) const {
    // weights = softmax(scores / temperature)
    softmaxRowsBackward<T>(weights, gradWeights, gradScores);
    gradScores /= m_temperature;
}

template class TemperatureSoftmax<float>;
template class TemperatureSoftmax<double>;

} // namespace headlight
