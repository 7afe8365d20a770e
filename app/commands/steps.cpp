#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/explain/formats.h"
#include "engine/explain/readings.h"
#include "engine/explain/words.h"

#include <ostream>

namespace headlight {

namespace {
constexpr int defaultDigits = 6;

StepsFormat formatOf(const Arguments& arguments) {
    const std::string name = arguments.value("format", "text");
    const std::optional<StepsFormat> format = parseStepsFormat(name);
    if (!format)
        throw UsageError("--format is text, json, latex, csv or fods, not \"" + name + "\"");
    return *format;
}

void run(const Arguments& arguments, Streams& streams) {
    const StepsFormat format = formatOf(arguments);
    const auto digits = static_cast<int>(arguments.integer("digits", 1, 17).value_or(defaultDigits));
    const long long component = arguments.integer("component", 0, 1'000'000).value_or(0);
    StepsQuestion question;
    question.component = static_cast<int>(component);
    const auto [loaded, trace, edits] = readText(arguments, streams, [&](const Model& model) {
        question.head = headOf(arguments, model.shape()).value();
        RecordPlan plan = RecordPlan::weightsOnly();
        plan.vectors = true;
        plan.details = DetailChoice::of(question.head);
        return plan;
    });
    question.query = findToken(*trace, *loaded->tokenizer, arguments.value("query", {}));
    if (const std::optional<std::string> key = arguments.value("key"))
        question.key = findToken(*trace, *loaded->tokenizer, *key);
    else
        question.key = strongestKeys(*trace, question.head, question.query).front().key;
    const std::string result = stepsAs(format, *trace, *loaded->model, question, digits);
    streams.out << (format == StepsFormat::text ? printable(result) : result);
}
} // namespace

Command stepsCommand() {
    return {
        "steps",
        "Every number of one query of one head, from its vector to what the attention adds to it.",
        {},
        {modelOption(),
         textOption(),
         pairOption(),
         editsOption(),
         {"head", "ADDRESS", "the head, such as encoder.1.head.2", true},
         {"query", "Q", "the query: a word (its first piece), word#2 for its second occurrence, or an index",
          true},
         {"key", "K", "the key that is written term by term; the strongest one if it is absent"},
         {"component", "N", "the component of each vector that is written term by term; 0 if it is absent"},
         {"digits", "N", "significant digits in text and latex, 1 to 17; 6 if it is absent"},
         {"format", "F", "text, json, latex, csv or fods (a spreadsheet with live formulas)"}},
        run};
}

} // namespace headlight
