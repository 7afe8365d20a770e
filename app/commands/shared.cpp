#include "app/commands/shared.h"

#include "engine/core/errors.h"
#include "engine/edits/edits.h"
#include "engine/files/edits_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <istream>
#include <iterator>
#include <ostream>
#include <regex>
#include <utility>
#include <variant>

namespace headlight {

Option modelOption() {
    return {"model", "M", "a bundled model or a folder with a model", true};
}
Option textOption() {
    return {"text", "T", "the text to read; - reads it from stdin", true};
}
Option pairOption() {
    return {"pair", "T2", "a second text, read as the other half of a pair"};
}
Option jsonOption() {
    return {"json", "", "print one JSON document and nothing else"};
}

namespace {
/// "switch-off, score-scale, ..."
template <size_t... kind>
std::string editKinds(std::index_sequence<kind...>) {
    std::string names;
    ((names += (kind == 0 ? "" : ", ") + std::string(std::variant_alternative_t<kind, EditKind>::kind)), ...);
    return names;
}
} // namespace

Option editsOption() {
    return {"edits", "FILE",
            std::string(
                "what if: changes the pass as {\"edits\": [{\"kind\": \"temperature\", \"heads\": \"all\", "
                "\"t\": 2}]} "
                "says, or a session, figure or trace with edits; kinds: ") +
                editKinds(std::make_index_sequence<std::variant_size_v<EditKind>>())};
}

std::string textOf(const Arguments& arguments, Streams& streams) {
    std::string text = arguments.value("text", {});
    if (text != "-")
        return text;
    text.assign(std::istreambuf_iterator<char>(streams.in), {});
    if (text.ends_with('\n'))
        text.pop_back();
    if (text.ends_with('\r'))
        text.pop_back();
    return text;
}

std::shared_ptr<const Trace> traceOf(const std::shared_ptr<const LoadedModel>& model, const std::string& text,
                                     const std::string& pair, Streams& streams, const RecordPlan& plan,
                                     const Edits& edits) {
    RunRequest request;
    request.edits = edits;
    request.text = text;
    request.pair = pair;
    request.plan = plan;
    RunResult result = ModelSession(model).run(request, {});
    if (result.kind != RunResult::Kind::completed)
        throw RequestError(result.message);
    for (const std::string& reason : result.trace->unusedEdits)
        streams.error << "headlight: this edit is not made: " << printable(reason) << std::endl;
    const Encoding& encoding = result.trace->encoding;
    if (encoding.truncated)
        streams.error << "headlight: this model reads " << model->model->shape().maximumTokens
                      << " tokens: " << encoding.bytesRead << " of " << text.size() << " bytes of the text"
                      << (pair.empty() ? std::string()
                                       : " and " + std::to_string(encoding.pairBytesRead) + " of " +
                                             std::to_string(pair.size()) + " of its pair")
                      << " were read" << std::endl;
    return result.trace;
}

ReadText readText(const Arguments& arguments, Streams& streams, const RecordPlan& plan) {
    return readText(arguments, streams, [&](const Model&) { return plan; });
}

ReadText readText(const Arguments& arguments, Streams& streams,
                  const std::function<RecordPlan(const Model&)>& planFor) {
    const std::string text = textOf(arguments, streams);
    const std::string pair = arguments.value("pair", {});
    const std::optional<std::string> file = arguments.value("edits");
    const Edits edits = file ? editsIn(*file, text, pair) : Edits();
    const std::shared_ptr<const LoadedModel> model = LoadedModel::load(arguments.value("model", {}));
    return {model, traceOf(model, text, pair, streams, planFor(*model->model), edits), edits};
}

namespace {
/// "L1 H3" or "L1H3", as the window writes a head of the model's first stack.
std::optional<HeadAddress> parseScreenName(const std::string& text, const ModelShape& shape) {
    static const std::regex pattern("[Ll]([0-9]{1,4}) ?[Hh]([0-9]{1,4})");
    std::smatch match;
    if (shape.stacks.empty() || !std::regex_match(text, match, pattern))
        return std::nullopt;
    return HeadAddress{shape.stacks.front().stack, std::stoi(match[1]), std::stoi(match[2])};
}
} // namespace

std::optional<HeadAddress> headOf(const Arguments& arguments, const ModelShape& shape) {
    const std::optional<std::string> text = arguments.value("head");
    if (!text)
        return std::nullopt;
    std::optional<HeadAddress> head = parseHeadAddress(*text);
    if (!head)
        head = parseScreenName(*text, shape);
    if (!head)
        throw UsageError("--head is an address such as encoder.1.head.2 or L1H2, not \"" + *text + "\"");
    if (shape.has(*head))
        return head;
    const StackShape* stack = shape.find(head->stack);
    if (!stack)
        throw RequestError("there is no head " + *text + ": this model has no " +
                           std::string(toString(head->stack)) + " stack");
    throw RequestError("there is no head " + *text + ": this model has " + std::to_string(stack->layers) +
                       " layers of " + std::to_string(stack->heads) + " heads, both counted from 0");
}

std::string jsonText(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

nlohmann::ordered_json jsonNumber(float number) {
    if (!std::isfinite(number))
        return nullptr;
    std::array<char, 32> text{};
    char* const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    double shortest = 0;
    std::from_chars(text.data(), end, shortest);
    return shortest;
}

std::string printable(const std::string& text) {
    std::string result;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 && byte != '\n' && byte != '\t')
            result +=
                {'\xe2', '\x90', static_cast<char>(0x80 + code)}; // U+2400 and on: pictures of control codes
        else if (code == 0x7f)
            result += "\xe2\x90\xa1";
        else
            result += byte;
    }
    return result;
}

std::string weightText(double weight) {
    if (weight > 0 && weight < 0.0005)
        return "<0.001";
    if (weight < 1 && weight >= 0.9995)
        return ">0.999";
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3f", weight);
    return text.data();
}

size_t characterCount(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }));
}

std::string padded(const std::string& text, size_t width) {
    const size_t count = characterCount(text);
    return count < width ? text + std::string(width - count, ' ') : text;
}

} // namespace headlight
