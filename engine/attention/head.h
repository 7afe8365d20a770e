#pragma once

#include "engine/attention/normaliser.h"
#include "engine/attention/score_function.h"
#include "engine/ops/mask.h"

#include <optional>
#include <span>

namespace headlight {

/// One (query, key) that is masked beside the mask.
struct MaskedCell {
    Index query = 0;
    Index key = 0;
};

/// A score that is set, or has something added, before the mask.
template <class T>
struct ChangedScore {
    Index query = 0;
    Index key = 0;
    T value = 0;
    bool isAdded = false;
};

/// How one kind of head turns queries, keys and values into context.
template <class T>
struct HeadRule {
    const ScoreFunction<T>& score;
    const Normaliser<T>& normaliser;
    Mask mask = Mask::none;
    T temperature = 1;                ///< scores are divided by it; 1 leaves every bit as it was
    std::optional<Index> window = {}; ///< keys farther from the query are masked as well
    std::span<const MaskedCell> masked = {};
    std::span<const Index> hidden = {}; ///< keys that are masked for every query
    std::span<const ChangedScore<T>> changed = {};
};

/// Where the first half of a head leaves its numbers on the way: views of the caller's arrays.
template <class T>
struct HeadSteps {
    MatrixView<T> dots;   ///< (n, m): before the score function's scale
    MatrixView<T> scaled; ///< (n, m): before temperature and mask
    SoftmaxSteps<T> softmax;
};

/// First half of a head: scores (n, m), divided by the temperature and masked, and weights (n, m), both
/// written; `steps` too unless null, its softmax only where the normaliser is one. The bits of scores and
/// weights do not depend on it.
template <class T>
void headWeights(const HeadRule<T>& rule, ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                 MatrixView<T> scores, MatrixView<T> weights, HeadSteps<T>* steps = nullptr);

/// Second half: context = weights x values. weights: (n, m), values: (m, d), context: (n, d).
template <class T>
void headContext(ConstMatrixView<T> weights, ConstMatrixView<T> values, MatrixView<T> context);

} // namespace headlight
