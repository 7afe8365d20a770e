#include "engine/explain/strongest_cells.h"

#include <cmath>
#include <cstddef>

namespace headlight {

namespace {
std::optional<size_t> indexOf(std::span<const float> weights, int columns, CellAt cell) {
    if (columns <= 0 || cell.row < 0 || cell.column < 0 || cell.column >= columns)
        return std::nullopt;
    const size_t index =
        static_cast<size_t>(cell.row) * static_cast<size_t>(columns) + static_cast<size_t>(cell.column);
    return index < weights.size() && !std::isnan(weights[index]) ? std::optional(index) : std::nullopt;
}

CellAt cellOf(size_t index, int columns) {
    const auto wide = static_cast<size_t>(columns);
    return {static_cast<int>(index / wide), static_cast<int>(index % wide)};
}
} // namespace

std::optional<CellAt> nextStrongest(std::span<const float> weights, int columns,
                                    std::optional<CellAt> after) {
    if (columns <= 0)
        return std::nullopt;
    const std::optional<size_t> from = after ? indexOf(weights, columns, *after) : std::nullopt;
    // Comparisons with NaN are false, so it is never behind nor better.
    const auto isBehind = [&](size_t i) {
        return !from ? !std::isnan(weights[i])
                     : weights[i] < weights[*from] || (weights[i] == weights[*from] && i > *from);
    };
    std::optional<size_t> best;
    for (size_t i = 0; i < weights.size(); ++i)
        if (isBehind(i) && (!best || weights[i] > weights[*best]))
            best = i;
    return best ? std::optional(cellOf(*best, columns)) : std::nullopt;
}

std::optional<CellAt> previousStrongest(std::span<const float> weights, int columns, CellAt before) {
    const std::optional<size_t> from = indexOf(weights, columns, before);
    if (!from)
        return std::nullopt;
    std::optional<size_t> best;
    for (size_t i = 0; i < weights.size(); ++i) {
        const bool isAhead = weights[i] > weights[*from] || (weights[i] == weights[*from] && i < *from);
        if (isAhead && (!best || weights[i] <= weights[*best]))
            best = i;
    }
    return best ? std::optional(cellOf(*best, columns)) : std::nullopt;
}

} // namespace headlight
