#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace headlight::benchmarks {

/// What a person feels: the usual wait, the rare one, the worst one. In the unit of the samples.
struct Percentiles {
    double p50 = 0;
    double p99 = 0;
    double maximum = 0;
};

inline Percentiles percentiles(std::vector<double> samples) {
    if (samples.empty())
        return {};
    std::sort(samples.begin(), samples.end());
    const auto at = [&](double share) {
        return samples[std::min(samples.size() - 1,
                                static_cast<size_t>(share * static_cast<double>(samples.size())))];
    };
    return {at(0.50), at(0.99), samples.back()};
}

} // namespace headlight::benchmarks
