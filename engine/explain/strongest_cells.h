#pragma once

#include <optional>
#include <span>

namespace headlight {

/// A cell of a row-major map.
struct CellAt {
    int row = 0;
    int column = 0;
    friend bool operator==(const CellAt&, const CellAt&) = default;
};

/// The cells of a map in the order of their weight, strongest first, equal ones in reading order: the one
/// behind `after`, or the strongest one without it. Nothing behind the last one, and for a map without
/// numbers. NaN is passed over. One look at every cell; the map is not sorted.
std::optional<CellAt> nextStrongest(std::span<const float> weights, int columns, std::optional<CellAt> after);

/// The one before `before` in that order; nothing before the strongest one.
std::optional<CellAt> previousStrongest(std::span<const float> weights, int columns, CellAt before);

} // namespace headlight
