#pragma once

#include "engine/attention/normaliser.h"
#include "engine/attention/score_function.h"
#include "engine/ops/mask.h"

namespace headlight {

/// How one kind of head turns queries, keys and values into context.
template <class T>
struct HeadRule {
    const ScoreFunction<T>& score;
    const Normaliser<T>& normaliser;
    Mask mask = Mask::none;
};

/// First half of a head: scores (n, m), masked, and weights (n, m), both written.
template <class T>
void headWeights(const HeadRule<T>& rule, ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                 MatrixView<T> scores, MatrixView<T> weights);

/// Second half: context = weights x values. weights: (n, m), values: (m, d), context: (n, d).
template <class T>
void headContext(ConstMatrixView<T> weights, ConstMatrixView<T> values, MatrixView<T> context);

} // namespace headlight
