#pragma once

#include "engine/attention/normaliser.h"
#include "engine/attention/score_function.h"
#include "engine/experiments/mechanism_bench.h"

#include <memory>
#include <vector>

namespace headlight {

/// What the bench can put side by side. A new mechanism is one entry.
struct ScoreEntry {
    MechanismInfo info;
    /// For queries and keys of width d; `innerWidth` and `seed` are for those with parameters.
    std::unique_ptr<ScoreFunction<float>> (*make)(Index d, Index innerWidth, uint64_t seed);
};
const std::vector<ScoreEntry>& scoreTable();

struct NormaliserEntry {
    MechanismInfo info;
    std::unique_ptr<Normaliser<float>> (*make)();
    bool window = false; ///< keys outside the local window are masked before
};
const std::vector<NormaliserEntry>& normaliserTable();

} // namespace headlight
