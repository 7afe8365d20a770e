#pragma once

#include "engine/core/tensor.h"

#include <span>
#include <vector>

namespace headlight {

/// A rectangle of cells of a map.
struct CellRange {
    int firstRow = 0;
    int rows = 0;
    int firstColumn = 0;
    int columns = 0;
    friend bool operator==(const CellRange&, const CellRange&) = default;
};

/// `part` of a row-major matrix of `rows` x `columns` numbers, at most `mostRows` x `mostColumns` of them:
/// where there are more cells, each number is the largest of the block of cells that it stands for, so that
/// no peak is lost. A NaN is kept. The part is cut to the matrix; empty when nothing is left, or when there
/// are fewer numbers than `rows` x `columns`.
Tensor<float> maxPooled(std::span<const float> numbers, int rows, int columns, const CellRange& part,
                        int mostRows, int mostColumns);

/// The same for numbers of both signs, of which some may be missing (NaN): each number is the one farthest
/// from 0 of its block, with its sign; NaN only where the block has no number.
Tensor<float> farthestPooled(std::span<const float> numbers, int rows, int columns, const CellRange& part,
                             int mostRows, int mostColumns);

/// For each cell the share of the other cells of the map that have a smaller weight, 0 to 1: equal weights
/// have the same. NaN stays NaN and is not counted.
std::vector<float> rankShares(std::span<const float> weights);

/// The smallest weight whose rank share is at least `share`; the largest weight of all when none is. NaN
/// when there is no weight.
float weightAtRankShare(std::span<const float> weights, double share);

} // namespace headlight
