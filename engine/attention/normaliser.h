#pragma once

#include "engine/ops/softmax.h"

#include <string_view>

namespace headlight {

/// Turns a row of scores into a row of weights that sum to 1. Immutable. A new normaliser is a new class.
template <class T>
class Normaliser {
public:
    Normaliser() = default;
    Normaliser(const Normaliser&) = delete;
    Normaliser& operator=(const Normaliser&) = delete;
    virtual ~Normaliser() = default;

    virtual std::string_view name() const = 0;

    /// scores, weights: (n, m); weights may be scores. Scores of -inf (masked cells) give exactly 0, a row
    /// that is masked whole gives all 0.
    virtual void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const = 0;
    /// The same bits; a softmax leaves what it computes on the way in `steps`, others leave them as they are.
    virtual void weightsWithSteps(ConstMatrixView<T> scores, MatrixView<T> weights,
                                  const SoftmaxSteps<T>& /*steps*/) const {
        this->weights(scores, weights);
    }
    /// gradScores (n, m) is overwritten; it may be gradWeights.
    virtual void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                          MatrixView<T> gradScores) const = 0;
    /// False where weights jump: backward then gives exactly 0, and nothing before it can learn from it.
    virtual bool differentiable() const { return true; }
};

/// exp(s) / sum exp(s); see ops/softmax.h.
template <class T>
class Softmax final : public Normaliser<T> {
public:
    std::string_view name() const override { return "softmax"; }
    void weights(ConstMatrixView<T> scores, MatrixView<T> weights) const override;
    void weightsWithSteps(ConstMatrixView<T> scores, MatrixView<T> weights,
                          const SoftmaxSteps<T>& steps) const override;
    void backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                  MatrixView<T> gradScores) const override;
};

} // namespace headlight
