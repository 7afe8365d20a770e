#pragma once

#include "engine/core/tensor.h"
#include "engine/metrics/attention_graph.h"
#include "engine/trace/trace.h"

#include <vector>

namespace headlight {

/// Attention rollout (Abnar & Zuidema 2020, section 3.1): how much of each input token a token of a layer's
/// output is made of, if attention and residual connections alone carried it: the product of 0.5 A + 0.5 I
/// over the layers up to that one. One (n, n) matrix a layer, row = token of its output, column = input
/// token; rows sum to 1.
///
/// Derived from the recorded weights of all heads; the model computes no such thing. Throws RequestError as
/// layersWithResidual does.
std::vector<Tensor<float>> attentionRollout(const Trace& trace, Stack stack, const GraphChoice& choice = {});

} // namespace headlight
