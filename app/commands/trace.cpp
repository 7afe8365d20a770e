#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/files/trace_file.h"

#include <ostream>

namespace headlight {

namespace {
void run(const Arguments& arguments, Streams& streams) {
    RecordPlan plan = RecordPlan::everything();
    plan.details.all = arguments.has("details");
    const ReadText read = readText(arguments, streams, plan);
    const std::filesystem::path out = arguments.value("out", {});
    writeTraceFile(*read.trace, out);
    streams.out << out.string() << ": " << read.trace->tokens().size() << " tokens";
    for (const StackShape& stack : read.trace->shape.stacks)
        streams.out << ", " << toString(stack.stack) << " of " << stack.layers << " layers x " << stack.heads
                    << " heads";
    streams.out << "\n";
}
} // namespace

Command traceCommand() {
    return {"trace",
            "Writes everything one forward pass computed as a safetensors file.",
            {},
            {modelOption(),
             textOption(),
             pairOption(),
             editsOption(),
             {"details", "", "keep every number on the way too, as headlight steps shows them"},
             {"out", "FILE", "the file to write, t.safetensors", true}},
            run};
}

} // namespace headlight
