#pragma once

#include "engine/core/tensor.h"

#include <vector>

namespace headlight {

/// Two clusters that become one. Clusters 0 to n - 1 are the single items; the one that merge i makes is n +
/// i.
struct ClusterMerge {
    int first = 0; ///< the one whose items stand first in the order
    int second = 0;
    double height = 0; ///< the mean distance between their items
    int size = 0;      ///< items of the new cluster
    friend bool operator==(const ClusterMerge&, const ClusterMerge&) = default;
};

/// A tree over n items: n - 1 merges, the height never falling, and the order of the items that draws it
/// without crossings.
struct ClusterTree {
    std::vector<ClusterMerge> merges;
    std::vector<int> order; ///< items from one side to the other; a permutation
};

/// Average linkage (UPGMA; Sokal & Michener 1958): the two clusters with the smallest mean distance between
/// their items are joined, again and again. `distances` is (n, n), symmetric, only its upper triangle is
/// read. Ties go to the cluster with the smaller numbers, and of two joined clusters the one with the
/// smaller item stands first: the same input gives the same tree everywhere. Takes n^2 to n^3
/// steps. Throws RequestError when `distances` is not square or not finite.
ClusterTree averageLinkage(const Tensor<float>& distances);

} // namespace headlight
