#pragma once

#include "app/commands/arguments.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace headlight {

/// Where a command reads and writes; tests give their own.
struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& error;
};

/// How the program ended; what main returns.
enum ExitStatus { exitDone = 0, exitFailed = 1, exitUsage = 2 };

/// One word that the program understands. It does its work and returns, or throws: UsageError for a command
/// line it does not understand, Error (engine/core/errors.h) for what it could not do.
struct Command {
    std::string name;
    std::string help; ///< one line for --help
    std::vector<std::string> positionals;
    std::vector<Option> options;
    void (*run)(const Arguments&, Streams&) = nullptr;
};

/// "headlight look --model M --text T [--pair T2] ..."
std::string usageOf(const Command& command);

} // namespace headlight
