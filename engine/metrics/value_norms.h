#pragma once

#include "engine/core/tensor.h"
#include "engine/metrics/head_pattern.h"
#include "engine/models/model.h"

#include <optional>
#include <vector>

namespace headlight {

/// Kobayashi et al. 2020, "Attention is Not Only a Weight: Analyzing Transformers with Vector Norms", section
/// 3: a weight says little where the vector that it scales is short. f(x) = (x W_V + b_V) W_O, the head's own
/// slices of W_V, b_V and W_O; that is W_O,h v_j of the recorded value v_j. The bias of the output projection
/// is not part of it: it belongs to no key.

/// ||f(x_j)|| for every key, in the unit of the residual stream. Nothing when values were not recorded or the
/// model does not give its output weights, or has others than the trace's.
std::optional<std::vector<double>> transformedValueNorms(const HeadPattern& pattern, const Model* model);

/// ||a_ij f(x_j)||: (n, m). Nothing as above.
std::optional<Tensor<float>> valueWeightedNorms(const HeadPattern& pattern, const Model* model);

} // namespace headlight
