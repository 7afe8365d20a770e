#pragma once

#include "engine/core/tensor.h"
#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace headlight {

/// Which of the recorded weights count.
struct GraphChoice {
    std::optional<int> lastLayer;   ///< the last one; nothing, or one that was not recorded: all of them
    std::vector<HeadAddress> heads; ///< in layers with one of these, those alone; in others all heads
    friend bool operator==(const GraphChoice&, const GraphChoice&) = default;
};

/// What rollout and flow start from (Abnar & Zuidema 2020, Quantifying Attention Flow in Transformers,
/// section 3): one matrix a layer, 0.5 A + 0.5 I, where A is the mean of the layer's heads and I stands for
/// the residual connection. Each is (n, n), row = token of the layer's output, column = token of its input;
/// rows sum to 1.
///
/// Derived: these are not weights that the model used; no part of a forward pass reads them.
///
/// With `choice` it is made of some of them alone.
///
/// Throws RequestError when the trace has no such stack, or when its queries and keys are not the same tokens
/// (cross-attention).
std::vector<Tensor<double>> layersWithResidual(const Trace& trace, Stack stack,
                                               const GraphChoice& choice = {});

} // namespace headlight
