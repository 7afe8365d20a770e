#pragma once

#include "engine/core/matrix.h"
#include "engine/layers/parameter.h"
#include "engine/models/example.h"
#include "engine/models/training_noise.h"

#include <cstdint>
#include <span>

namespace headlight {

/// Sums over the targets of some examples; means are taken by whoever adds the shards.
struct LossSums {
    double loss = 0;   ///< weighted cross-entropy, natural log
    double weight = 0; ///< sum of target weights
    int64_t targets = 0;
    int64_t correct = 0; ///< targets whose arg max is right
    double flops = 0;    ///< multiply-adds x 2 of the products, forward and backward
    LossSums& operator+=(const LossSums& other) {
        loss += other.loss;
        weight += other.weight;
        targets += other.targets;
        correct += other.correct;
        flops += other.flops;
        return *this;
    }
};

/// A model that can be trained: the same layers that inference runs, with gradients. T is float, or double in
/// gradient checks.
template <class T>
class Trainable {
public:
    Trainable() = default;
    Trainable(const Trainable&) = delete;
    Trainable& operator=(const Trainable&) = delete;
    virtual ~Trainable() = default;

    /// All parameters, in a fixed order; `Parameter::index` is the place in this list.
    virtual const std::vector<Parameter<T>*>& parameters() = 0;

    /// Forward and backward over some examples as one ragged batch. Adds d(sum of weighted
    /// losses)/d(parameter) to `gradients` (same order and shapes as parameters()). Const in the parameters:
    /// shards of one batch may run at the same time with their own `gradients`.
    virtual LossSums accumulate(std::span<const Example> examples, const TrainingNoise& noise,
                                std::vector<Matrix<T>>& gradients) const = 0;
    /// Loss and hits without gradients and without noise.
    virtual LossSums evaluate(std::span<const Example> examples) const = 0;
};

} // namespace headlight
