#pragma once

#include <vector>

namespace headlight {

/// A position and the token that the model shall put there.
struct Target {
    int position = 0;
    int id = 0;
    int kind = 0; ///< which objective it belongs to (a task's own numbering: masked word, antecedent, ...)
    float weight = 1;
};

/// One training sequence: what the model reads, and what it shall answer at some positions.
struct Example {
    std::vector<int> ids;
    std::vector<int> tokenTypes; ///< empty: all 0
    std::vector<Target> targets;
    int firstPosition = 0; ///< where the first token stands: later positions are trained with short sequences
};

using Batch = std::vector<Example>;

} // namespace headlight
