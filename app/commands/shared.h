#pragma once

#include "app/commands/command.h"
#include "engine/session/model_session.h"

#include <nlohmann/json.hpp>

namespace headlight {

/// Options that several commands share.
Option modelOption();
Option textOption();
Option pairOption();
Option jsonOption();
Option editsOption();

/// The text of `--text`; `-` reads the input to its end, without the line break there.
std::string textOf(const Arguments& arguments, Streams& streams);

/// Loads `--model`, reads `--text` and `--pair` with the edits of `--edits`, and says on the error stream
/// what was not read and which edits could not be made. Throws Error.
struct ReadText {
    std::shared_ptr<const LoadedModel> model;
    std::shared_ptr<const Trace> trace;
    Edits edits; ///< as a workspace keeps them
};
ReadText readText(const Arguments& arguments, Streams& streams, const RecordPlan& plan);
/// The same with a plan that hangs on the model: on a head that must be one of its own, say.
ReadText readText(const Arguments& arguments, Streams& streams,
                  const std::function<RecordPlan(const Model&)>& planFor);
/// The same for a model that is loaded.
std::shared_ptr<const Trace> traceOf(const std::shared_ptr<const LoadedModel>& model, const std::string& text,
                                     const std::string& pair, Streams& streams, const RecordPlan& plan,
                                     const Edits& edits = {});

/// The head that `--head` names; nothing when it is absent. Throws UsageError when that is not an address,
/// RequestError when the model has no such head.
std::optional<HeadAddress> headOf(const Arguments& arguments, const ModelShape& shape);

/// One compact line. Bytes that are not UTF-8 become U+FFFD: the document stays valid whatever the text.
std::string jsonText(const nlohmann::ordered_json& json);
/// The shortest decimal that is this very float; null for what JSON cannot say (the score of a masked cell is
/// -infinity).
nlohmann::ordered_json jsonNumber(float number);

/// The same text with control characters as visible signs: a text may not steer the terminal that shows it.
std::string printable(const std::string& text);
/// "0.792"; what would look like 0 or 1 and is neither, as "<0.001" and ">0.999".
std::string weightText(double weight);
/// The text with spaces behind it until it is `width` characters long.
std::string padded(const std::string& text, size_t width);
/// How many characters a UTF-8 text has.
size_t characterCount(const std::string& text);

} // namespace headlight
