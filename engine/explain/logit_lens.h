#pragma once

#include "engine/explain/readings.h"
#include "engine/models/model.h"

#include <optional>
#include <vector>

namespace headlight {

/// What the model would read at a position if it ended after a layer.
struct LensLayer {
    int layer = -1; ///< -1: the embeddings
    std::vector<Reading> guesses;
};

/// The logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens"): the recorded residual stream at
/// `position` after the embeddings and after each layer, handed to the model's own output head, with the
/// final norm where it has one. Derived, except in the last layer: the pass itself reads that one, and its
/// guesses are those of the recorded logits, bit for bit where backend and row count allow. In a post-norm
/// model (BERT) each layer's output has passed that layer's own norm. The `count` best guesses of each
/// layer, in order of the layers; empty when the residual stream was not recorded or the model has no such
/// head.
std::vector<LensLayer> logitLens(const Trace& trace, const Model& model, const Tokenizer& tokenizer,
                                 int position, int count = 3);

/// One head's direct share of a logit.
struct HeadShare {
    HeadAddress head;
    double share = 0; ///< in logits
};

/// Shares of the logit of token `id` at `position`, largest amount first; what they are is said in
/// models/direct_paths.h. Empty for models that cannot say. Throws RequestError: a trace without vectors or
/// residual stream, no such position or token.
std::vector<HeadShare> headShares(const Trace& trace, const Model& model, int position, int id);

} // namespace headlight
