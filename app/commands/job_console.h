#pragma once

#include "engine/core/progress.h"

#include <iosfwd>

namespace headlight {

/// A long computation at the command line: progress as lines on the error stream, at most one a second, and
/// Ctrl-C as a wish to stop. While it lives, Ctrl-C asks the job to end; a second one ends the program at
/// once. One at a time.
class JobConsole {
public:
    explicit JobConsole(std::ostream& error);
    ~JobConsole();
    JobConsole(const JobConsole&) = delete;
    JobConsole& operator=(const JobConsole&) = delete;

    /// For the job; valid as long as this lives.
    JobControl control();

private:
    void report(const Progress& progress);

    std::ostream& m_error;
    std::stop_source m_stop;
    double m_nextLine = 0; ///< seconds of a steady clock
    void (*m_before)(int) = nullptr;
};

} // namespace headlight
