#pragma once

#include <optional>
#include <span>
#include <vector>

namespace headlight {

/// How often values fall between which numbers: bin b covers [lowest + b width, lowest + (b + 1) width), the
/// last one its upper end too.
struct ValueHistogram {
    double lowest = 0;
    double width = 1; ///< > 0
    std::vector<int> counts;
};

/// From `least` (or the least value, if that is lower) to `most`, or to the largest value where there is no
/// bound or a value lies above it. What is not finite is left out; without values, or with no bin, no counts.
ValueHistogram histogramOf(std::span<const float> values, double least, std::optional<double> most, int bins);

} // namespace headlight
