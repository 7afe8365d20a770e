#pragma once

#include "engine/core/head_address.h"

#include <vector>

namespace headlight {

/// Interventions on one forward pass, as data: what is changed, not how. The weights of the model stay as
/// they are; a pass without edits gives the same bits as one that never heard of them.
struct Edits {
    /// Heads that add nothing: their context is zero. Queries, keys, scores and weights stay as computed; the
    /// recorded context is the one that was used.
    std::vector<HeadAddress> switchedOff;

    bool empty() const { return switchedOff.empty(); }
    friend bool operator==(const Edits&, const Edits&) = default;
};

/// What the edits say about one attention site.
struct SiteEdits {
    std::vector<int> switchedOff; ///< heads

    bool isOff(int head) const;
};

SiteEdits editsOf(const Edits& edits, Stack stack, int layer);

} // namespace headlight
