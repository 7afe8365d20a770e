#pragma once

#include "engine/attention/normaliser.h"

namespace headlight {

/// Sparsemax (Martins & Astudillo 2016): the point of the probability simplex that is nearest to the scores,
/// w = max(s - tau, 0) with tau such that w sums to 1. Weak keys get exactly 0. Gradient (their equation 11):
/// over the keys with w > 0, gradient minus its mean there; 0 elsewhere. A row with a NaN gives NaN.
template <class T>
class Sparsemax final : public Normaliser<T> {
public:
    std::string_view name() const override { return "sparsemax"; }
    void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const override;
    void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                  MatrixView<T> gradScores) const override;
};

} // namespace headlight
