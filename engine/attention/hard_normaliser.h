#pragma once

#include "engine/attention/normaliser.h"

#include <cstdint>

namespace headlight {

/// Weight 1 on the largest score, 0 elsewhere; of equal ones the first. A small change of the scores changes
/// no weight, so the gradient is exactly 0. A row with a NaN gives NaN.
template <class T>
class Hard final : public Normaliser<T> {
public:
    std::string_view name() const override { return "hard"; }
    void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const override;
    void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                  MatrixView<T> gradScores) const override;
    bool differentiable() const override { return false; }
};

/// Stochastic hard attention (Xu et al. 2015, section 4.1): one key is drawn from softmax(scores) and gets
/// weight 1. One draw a row; row i takes the i-th number of the seed's stream, so a call gives the same
/// weights each time. The draw has no gradient (backward gives exactly 0): such attention is trained by
/// REINFORCE (Williams 1992), which weighs the gradient of the log probability of what was drawn by its
/// reward; that is not done here.
template <class T>
class SampledHard final : public Normaliser<T> {
public:
    explicit SampledHard(uint64_t seed) : m_seed(seed) {}

    std::string_view name() const override { return "sampled hard"; }
    void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const override;
    void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                  MatrixView<T> gradScores) const override;
    bool differentiable() const override { return false; }

private:
    uint64_t m_seed;
};

} // namespace headlight
