#pragma once

#include <cstdint>

namespace headlight {

/// What one training pass leaves out at random.
struct TrainingNoise {
    uint64_t seed = 0;  ///< of every choice; 0: nothing is left out
    double dropout = 1; ///< factor on the model's own dropout rates, 0 to 1
    /// Share of the sequences for which, in each layer by itself, only the first k of its H heads speak, k
    /// drawn evenly from 1 to H - 1: nested dropout (Rippel, Gelbart & Adams 2014, section 3) over heads.
    /// What the first heads can do alone is then done by them, and not once more by the others.
    double nestedHeads = 0;
};

} // namespace headlight
