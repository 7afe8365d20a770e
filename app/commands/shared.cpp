#include "app/commands/shared.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <istream>
#include <iterator>
#include <ostream>

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
                                     const std::string& pair, Streams& streams, const RecordPlan& plan) {
    RunRequest request;
    request.text = text;
    request.pair = pair;
    request.plan = plan;
    RunResult result = ModelSession(model).run(request, {});
    if (result.kind != RunResult::Kind::completed)
        throw RequestError(result.message);
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
    const std::string text = textOf(arguments, streams);
    const std::shared_ptr<const LoadedModel> model = LoadedModel::load(arguments.value("model", {}));
    return {model, traceOf(model, text, arguments.value("pair", {}), streams, plan)};
}

std::optional<HeadAddress> headOf(const Arguments& arguments, const ModelShape& shape) {
    const std::optional<std::string> text = arguments.value("head");
    if (!text)
        return std::nullopt;
    const std::optional<HeadAddress> head = parseHeadAddress(*text);
    if (!head)
        throw UsageError("--head is an address such as encoder.1.head.2, not \"" + *text + "\"");
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
