#include "app/commands/look_output.h"
#include "app/commands/registry.h"
#include "app/commands/shared.h"

namespace headlight {

namespace {
void run(const Arguments& arguments, Streams& streams) {
    RecordPlan plan = RecordPlan::weightsOnly();
    plan.logits = true;
    plan.vectors = arguments.has("edits"); // to say how far the context moved
    const ReadText read = readText(arguments, streams, plan);
    LookRequest request;
    request.head = headOf(arguments, read.trace->shape);
    request.byWords = arguments.has("words");
    if (const std::optional<std::string> name = arguments.value("query"))
        request.query = findToken(*read.trace, *read.model->tokenizer, *name);
    const Look look(*read.model, *read.trace, request);
    if (arguments.has("json"))
        look.printJson(streams.out);
    else
        look.printText(streams.out);
}
} // namespace

Command lookCommand() {
    return {
        "look",
        "What words look at: the strongest weights, and what the model reads there.",
        {},
        {modelOption(),
         textOption(),
         pairOption(),
         {"query", "Q", "one row: a word (its first piece), word#2 for its second occurrence, or an index"},
         {"head", "ADDRESS", "one head, such as encoder.1.head.2"},
         {"words", "", "sum the pieces of a key and average those of a query"},
         editsOption(),
         jsonOption()},
        run};
}

} // namespace headlight
