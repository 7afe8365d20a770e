#pragma once

#include "engine/layers/parameter.h"

#include <cstdint>

namespace headlight {

/// How the learning rate goes with the step: it rises linearly to its peak, then falls to `last` x peak at
/// the end.
struct LearningRateSchedule {
    enum class Decay { linear, cosine };
    double peak = 1e-3;
    int64_t warmUpSteps = 0;
    int64_t steps = 1; ///< of the whole training
    double last = 0;   ///< fraction of the peak that is left after `steps`
    Decay decay = Decay::linear;

    /// For step 0, 1, ...: step 0 already moves (peak / warmUpSteps), step warmUpSteps - 1 has the peak.
    double rate(int64_t step) const;
};

/// The Euclidean length of all gradients taken together, summed in double in their order.
template <class T>
double globalNorm(const Gradients<T>& gradients);

/// Scales all gradients so that their global norm is at most `maximum` (Pascanu et al. 2013). Returns the
/// norm before.
template <class T>
double clipGlobalNorm(Gradients<T>& gradients, double maximum);

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). For each parameter p with
/// gradient g, at step t = 1, 2, ...:
///   m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2,
///   p = p - rate (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps) + decay p), decay only where
///   Parameter::decay says so.
template <class T>
class AdamW {
public:
    struct Constants {
        double beta1 = 0.9;
        double beta2 = 0.98;
        double eps = 1e-8;
        double decay = 0.01;
    };

    AdamW(const std::vector<Parameter<T>*>& parameters, Constants constants);

    /// `gradients` in the order of the parameters given to the constructor.
    void step(const Gradients<T>& gradients, double learningRate);

    /// How many steps were taken.
    int64_t steps() const { return m_steps; }
    const Gradients<T>& firstMoments() const { return m_first; }
    const Gradients<T>& secondMoments() const { return m_second; }
    /// Continues where another optimiser stopped; shapes as the parameters'.
    void restore(int64_t steps, Gradients<T> first, Gradients<T> second);

private:
    std::vector<Parameter<T>*> m_parameters;
    Constants m_constants;
    int64_t m_steps = 0;
    Gradients<T> m_first;  // (as the parameter), moving mean of g
    Gradients<T> m_second; // (as the parameter), moving mean of g^2
};

} // namespace headlight
