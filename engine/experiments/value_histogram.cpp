#include "engine/experiments/value_histogram.h"

#include <algorithm>
#include <cmath>

namespace headlight {

ValueHistogram histogramOf(std::span<const float> values, double least, std::optional<double> most,
                           int bins) {
    ValueHistogram histogram;
    histogram.lowest = least;
    double highest = most.value_or(least);
    bool any = false;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        any = true;
        histogram.lowest = std::min(histogram.lowest, static_cast<double>(value));
        highest = std::max(highest, static_cast<double>(value));
    }
    if (!any || bins < 1)
        return histogram;
    if (highest > histogram.lowest)
        histogram.width = (highest - histogram.lowest) / bins;
    histogram.counts.resize(static_cast<size_t>(bins));
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        const double place = (static_cast<double>(value) - histogram.lowest) / histogram.width;
        ++histogram.counts[std::min(static_cast<size_t>(place), histogram.counts.size() - 1)];
    }
    return histogram;
}

} // namespace headlight
