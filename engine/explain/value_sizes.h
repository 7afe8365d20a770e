#pragma once

#include "engine/models/model.h"
#include "engine/trace/trace.h"

#include <vector>

namespace headlight {

/// Of one row of a head, key by key, the length of what the key adds to the attention output: the Euclidean
/// norm of a_ij v_j W_O, W_O being the head's rows of the output projection (Kobayashi et al. 2020,
/// "Attention is Not Only a Weight", section 3). Derived in double from recorded weights and values; that
/// the head may be switched off does not matter to it. Empty where values were not recorded, the model does
/// not give W_O away, or there is no such row.
std::vector<double> valueWeightedSizes(const Trace& trace, const Model& model, const HeadAddress& head,
                                       int query);

} // namespace headlight
