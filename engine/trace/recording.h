#pragma once

#include "engine/core/head_address.h"
#include "engine/core/tensor.h"

#include <memory>
#include <string>
#include <vector>

namespace headlight {

/// What an attention site computed on the way between the arrays of its record, kept only where the plan asks
/// for it (RecordPlan::details). Written by the pass that made the output; the pass gives the same bits
/// without.
template <class T>
struct BasicSiteDetail {
    Tensor<T> input; ///< (n, D): x, what queries, keys and values are made from

    // How each head went on; edits may change single heads.
    Tensor<T> scale;                      ///< (H): what q . k was multiplied with, 1/sqrt(d_k) unless edited
    Tensor<T> temperature;                ///< (H): what the scaled scores were divided by, 1 unless edited
    std::vector<std::string> normalisers; ///< (H): "softmax" unless edited
    std::vector<int> switchedOff;         ///< heads whose context was set to 0

    Tensor<T> dots;         ///< (H, n, m): q . k
    Tensor<T> scaled;       ///< (H, n, m): times `scale`; before temperature, position bias and mask
    Tensor<T> positionBias; ///< (H, n, m); empty where the model has none
    Tensor<T> maximum;      ///< (H, n): largest score of the row. This and the next three: of softmax heads
    Tensor<T> shifted;      ///< (H, n, m): score minus `maximum`
    Tensor<T> exponentials; ///< (H, n, m): exp of `shifted`, masked cells exactly 0
    Tensor<T> rowSum;       ///< (H, n): sum of the exponentials

    Tensor<T> joined;   ///< (n, D): contexts of all heads side by side
    Tensor<T> output;   ///< (n, D): after the output projection and its bias
    Tensor<T> residual; ///< (n, D): input + output
    Tensor<T> normed;   ///< (n, D): after the norm behind it; empty where there is none
};

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
    Tensor<T> weights; ///< (H, n, m): softmax of scores; rows sum to 1 unless painted, masked exactly 0
    Tensor<T> context; ///< (H, n, d_head): weights x values, before the output projection
    std::shared_ptr<const BasicSiteDetail<T>> detail; ///< null unless the plan asked for it
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

using SiteDetail = BasicSiteDetail<float>;
using SiteRecord = BasicSiteRecord<float>;
using StackRecord = BasicStackRecord<float>;
using Recording = BasicRecording<float>;

} // namespace headlight
