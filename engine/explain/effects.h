#pragma once

#include "engine/core/head_address.h"
#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace headlight {

/// What the edits of a trace did to one row of a head: the numbers of the changed pass beside those of its
/// baseline, the same text read by the unchanged model.
struct RowEffect {
    std::vector<float> weightsBefore; ///< (m) of the unchanged pass
    double weightChange = 0;          ///< sum over keys of |after - before|; 2 at most unless painted
    /// Sum over the head's d_head numbers of |after - before|, and of |before|; nothing where vectors were
    /// not recorded.
    std::optional<double> contextChange;
    double contextBefore = 0;
};

/// Nothing when the trace has no baseline, or one of other tokens, or that row was not recorded in both.
std::optional<RowEffect> rowEffect(const Trace& trace, const HeadAddress& head, int query);

/// Half the sum over the vocabulary of |after - before| of what the model reads at this token (total
/// variation distance): 0, nothing changed, to 1. Nothing without logits or a baseline.
std::optional<double> readingChange(const Trace& trace, int position);
/// The probability that the pass gives to token `id` of the vocabulary at this position; nothing without
/// logits.
std::optional<double> probabilityOf(const Trace& trace, int position, int id);

} // namespace headlight
