#pragma once

#include "engine/attention/normaliser.h"

namespace headlight {

/// softmax(scores / temperature): near 0 it approaches hard, at 1 it is the softmax, bit for bit, and far
/// above 1 all visible keys weigh the same.
template <class T>
class TemperatureSoftmax final : public Normaliser<T> {
public:
    /// Throws RequestError unless the temperature is above 0 and finite.
    explicit TemperatureSoftmax(double temperature);

    std::string_view name() const override { return "softmax with temperature"; }
    void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const override;
    void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                  MatrixView<T> gradScores) const override;

private:
    T m_temperature;
};

} // namespace headlight
