#pragma once

#include "engine/core/head_address.h"
#include "engine/core/tensor.h"

#include <memory>
#include <vector>

namespace headlight {

/// What one attention site (one multi-head block) computed. These are the very arrays the forward pass went
/// on with: the pass wrote them and read them back, nothing is computed a second time for the record. H
/// heads, Hk key heads (fewer in grouped-query models), n query tokens, m key tokens.
template <class T>
struct BasicSiteRecord {
    Stack stack = Stack::encoder;
    int layer = 0;
    Tensor<T> queries; ///< (H, n, d_head), as used in the product
    Tensor<T> keys;    ///< (Hk, m, d_head), as used in the product
    Tensor<T> values;  ///< (Hk, m, d_head)
    Tensor<T> scores;  ///< (H, n, m): scaled, position bias and mask added; masked cells are -inf
    Tensor<T> weights; ///< (H, n, m): softmax of scores over m; rows sum to 1, masked cells exactly 0
    Tensor<T> context; ///< (H, n, d_head): weights x values, before the output projection
};

/// One stack: its sites in layer order, and the residual stream between them.
template <class T>
struct BasicStackRecord {
    Stack stack = Stack::encoder;
    std::vector<std::shared_ptr<const BasicSiteRecord<T>>> sites; ///< one a layer
    std::vector<std::shared_ptr<const Tensor<T>>>
        hidden;                                 ///< L + 1 of (n, D): embeddings, then each layer's output
    std::shared_ptr<const Tensor<T>> finalNorm; ///< (n, D), or null where the model has none
};

/// Everything one forward pass recorded, in the order in which it was computed. A partial recording has the
/// first layers.
template <class T>
struct BasicRecording {
    std::vector<BasicStackRecord<T>> stacks;
    std::shared_ptr<const Tensor<T>> logits; ///< (n, V): one row a position; null until the pass is complete
};

using SiteRecord = BasicSiteRecord<float>;
using StackRecord = BasicStackRecord<float>;
using Recording = BasicRecording<float>;

} // namespace headlight
