#pragma once

#include <functional>
#include <stop_token>
#include <string>

namespace headlight {

/// How far a job is.
struct Progress {
    double fraction = 0;     ///< 0..1
    double secondsLeft = -1; ///< < 0: not known yet
    std::string message;     ///< for people: "step 420 of 2000, loss 1.31"
};

/// What a long computation may know of the world around it: when to stop, whom to tell, and when to step
/// aside.
struct JobControl {
    std::stop_token stop;
    std::function<void(const Progress&)> report = [](const Progress&) {};
    /// Called between units of work of some tens of milliseconds at most; blocks while something more urgent
    /// runs.
    std::function<void()> stepAside = [] {};
};

} // namespace headlight
