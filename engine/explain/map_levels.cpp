#include "engine/explain/map_levels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
float larger(float peak, float number) {
    return std::isnan(number) || number > peak ? number : peak;
}

float farther(float farthest, float number) {
    return std::isnan(farthest) || std::abs(number) > std::abs(farthest) ? number : farthest;
}

/// Where block `index` of `blocks` begins among `count` cells.
int64_t blockBegin(int64_t index, int64_t blocks, int64_t count) {
    return index * count / blocks;
}

std::vector<float> sortedNumbers(std::span<const float> weights) {
    std::vector<float> sorted;
    sorted.reserve(weights.size());
    std::copy_if(weights.begin(), weights.end(), std::back_inserter(sorted),
                 [](float weight) { return !std::isnan(weight); });
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

/// `pick` chooses between what a block has so far (at first `start`) and its next number.
template <class Pick>
Tensor<float> pooledBy(Pick pick, float start, std::span<const float> numbers, int rows, int columns,
                       const CellRange& part, int mostRows, int mostColumns) {
    const int64_t top = std::clamp(part.firstRow, 0, std::max(0, rows));
    const int64_t left = std::clamp(part.firstColumn, 0, std::max(0, columns));
    const int64_t cellRows = std::min<int64_t>(part.rows, rows - top);
    const int64_t cellColumns = std::min<int64_t>(part.columns, columns - left);
    if (rows <= 0 || columns <= 0 || cellRows <= 0 || cellColumns <= 0 ||
        numbers.size() / static_cast<size_t>(columns) < static_cast<size_t>(rows))
        return {};
    const int64_t height = std::min<int64_t>(cellRows, std::max(1, mostRows));
    const int64_t width = std::min<int64_t>(cellColumns, std::max(1, mostColumns));
    Tensor<float> pooled({height, width});
    for (int64_t y = 0; y < height; ++y) {
        const std::span<float> line = pooled.row(y);
        std::fill(line.begin(), line.end(), start);
        for (int64_t row = blockBegin(y, height, cellRows); row < blockBegin(y + 1, height, cellRows);
             ++row) {
            const std::span<const float> cells = numbers.subspan(
                static_cast<size_t>((top + row) * columns + left), static_cast<size_t>(cellColumns));
            for (int64_t x = 0; x < width; ++x)
                for (int64_t c = blockBegin(x, width, cellColumns); c < blockBegin(x + 1, width, cellColumns);
                     ++c)
                    line[static_cast<size_t>(x)] =
                        pick(line[static_cast<size_t>(x)], cells[static_cast<size_t>(c)]);
        }
    }
    return pooled;
}
} // namespace

Tensor<float> maxPooled(std::span<const float> numbers, int rows, int columns, const CellRange& part,
                        int mostRows, int mostColumns) {
    return pooledBy(larger, -std::numeric_limits<float>::infinity(), numbers, rows, columns, part, mostRows,
                    mostColumns);
}

Tensor<float> farthestPooled(std::span<const float> numbers, int rows, int columns, const CellRange& part,
                             int mostRows, int mostColumns) {
    return pooledBy(farther, std::numeric_limits<float>::quiet_NaN(), numbers, rows, columns, part, mostRows,
                    mostColumns);
}

std::vector<float> rankShares(std::span<const float> weights) {
    const std::vector<float> sorted = sortedNumbers(weights);
    const double others = std::max(1.0, static_cast<double>(sorted.size()) - 1);
    std::vector<float> shares(weights.begin(), weights.end());
    for (float& share : shares)
        if (!std::isnan(share)) {
            const auto smaller = std::lower_bound(sorted.begin(), sorted.end(), share) - sorted.begin();
            share = static_cast<float>(static_cast<double>(smaller) / others);
        }
    return shares;
}

float weightAtRankShare(std::span<const float> weights, double share) {
    const std::vector<float> sorted = sortedNumbers(weights);
    if (sorted.empty())
        return std::numeric_limits<float>::quiet_NaN();
    const double others = static_cast<double>(sorted.size()) - 1;
    // A number's share is that of the first of its equals.
    auto at = sorted.begin() + static_cast<std::ptrdiff_t>(std::ceil(std::clamp(share, 0.0, 1.0) * others));
    if (std::lower_bound(sorted.begin(), at, *at) != at)
        at = std::upper_bound(at, sorted.end(), *at);
    return at == sorted.end() ? sorted.back() : *at;
}

} // namespace headlight
