#include "app/commands/registry.h"

namespace headlight {

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        modelsCommand(),     tokenizeCommand(), lookCommand(),   headsCommand(), stepsCommand(),
        mechanismsCommand(), traceCommand(),    renderCommand(), trainCommand(), benchCommand()};
    return all;
}

} // namespace headlight
