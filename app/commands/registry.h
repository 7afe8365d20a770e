#pragma once

#include "app/commands/command.h"

namespace headlight {

/// Every command, in the order of --help. A new one is a file with a function like these and a line in
/// registry.cpp.
const std::vector<Command>& commands();

/// Opens the window: what `headlight` alone does.
Command windowCommand();

Command benchCommand();
Command headsCommand();
Command lookCommand();
Command mechanismsCommand();
Command modelsCommand();
Command renderCommand();
Command tokenizeCommand();
Command stepsCommand();
Command traceCommand();
Command trainCommand();

} // namespace headlight
