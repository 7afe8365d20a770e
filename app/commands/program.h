#pragma once

#include "app/commands/command.h"

namespace headlight {

/// The whole program without its process: finds the command that the words (argv without the program's name)
/// ask for, runs it and says in one line on `streams.error` what went wrong. Returns an ExitStatus. Throws
/// nothing.
int runProgram(const std::vector<std::string>& words, Streams& streams);

} // namespace headlight
