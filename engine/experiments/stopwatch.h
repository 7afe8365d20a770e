#pragma once

#include "engine/core/errors.h"
#include "engine/core/progress.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace headlight {

/// Seconds since it was made, by a clock that never goes back.
class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Steps aside, and throws Cancelled when the job is to stop.
inline void pauseOf(const JobControl& control) {
    control.stepAside();
    if (control.stop.stop_requested())
        throw Cancelled();
}

/// Seconds of single calls, in growing order: at most `repeats` of them, and no more once they have taken
/// `budget` seconds together. At least one.
template <class Call>
std::vector<double> timedCalls(int repeats, double budget, const JobControl& control, Call call) {
    std::vector<double> seconds;
    double sum = 0;
    do {
        pauseOf(control);
        const Stopwatch watch;
        call();
        seconds.push_back(watch.seconds());
        sum += seconds.back();
    } while (static_cast<int>(seconds.size()) < repeats && sum < budget);
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

/// Of values in growing order, at least one.
inline double medianOf(const std::vector<double>& sorted) {
    const size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

} // namespace headlight
