#include "engine/files/trace_metadata.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/edits_json.h"
#include "engine/files/shown.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <limits>
#include <optional>

namespace headlight {

namespace {

using nlohmann::json;

constexpr const char* formatName = "headlight-trace";
constexpr int version = 1;

json stackJson(const StackShape& shape) {
    return {{"stack", toString(shape.stack)}, {"layers", shape.layers},        {"heads", shape.heads},
            {"key_heads", shape.keyHeads},    {"head_width", shape.headWidth}, {"width", shape.width}};
}

json shapeJson(const ModelShape& shape) {
    json stacks = json::array();
    for (const StackShape& stack : shape.stacks)
        stacks.push_back(stackJson(stack));
    return {{"family", shape.family},
            {"stacks", stacks},
            {"vocabulary_size", shape.vocabularySize},
            {"maximum_tokens", shape.maximumTokens},
            {"parameters", shape.parameters}};
}

std::string textOf(const json& value) {
    try {
        return value.dump();
    } catch (const json::exception&) {
        throw RequestError("A trace can be written only when its texts and tokens are UTF-8");
    }
}

/// One JSON list with an entry a token for each property; `prefix` is "" or "target_".
void writeTokens(const Encoding& encoding, const std::string& prefix, SafetensorsWriter& writer) {
    json pieces = json::array(), offsets = json::array(), ids = json::array(), texts = json::array(),
         words = json::array(), special = json::array(), unknown = json::array();
    for (const Token& token : encoding.tokens) {
        pieces.push_back(token.piece);
        offsets.push_back({token.bytes.begin, token.bytes.end});
        ids.push_back(token.id);
        texts.push_back(token.text);
        words.push_back(token.word);
        special.push_back(token.special);
        unknown.push_back(token.unknown);
    }
    writer.setMetadata(prefix + "tokens", textOf(pieces));
    writer.setMetadata(prefix + "offsets", textOf(offsets));
    writer.setMetadata(prefix + "ids", textOf(ids));
    writer.setMetadata(prefix + "texts", textOf(texts));
    writer.setMetadata(prefix + "words", textOf(words));
    writer.setMetadata(prefix + "special", textOf(special));
    writer.setMetadata(prefix + "unknown", textOf(unknown));
    const json reading = {{"bytes", encoding.bytesRead},
                          {"pair_bytes", encoding.pairBytesRead},
                          {"truncated", encoding.truncated}};
    writer.setMetadata(prefix + "reading", textOf(reading));
}

class MetadataReader {
public:
    explicit MetadataReader(const SafetensorsFile& file) : m_file(file) {}

    [[noreturn]] void fail(const std::string& problem) const { throw FileError(m_file.name(), problem); }

    std::optional<std::string> find(const std::string& key) const {
        const auto found = m_file.metadata().find(key);
        return found == m_file.metadata().end() ? std::nullopt : std::optional(found->second);
    }
    std::string text(const std::string& key) const { return find(key).value_or(std::string()); }

    void checkFormat() const {
        const std::string format = find("format").value_or(formatName);
        if (format != formatName)
            fail("is not a trace: its format is " + shown(format) + ", expected is \"" + formatName + "\"");
        if (const int found = integer("version", 1, std::numeric_limits<int>::max(), version);
            found > version)
            fail("was written by a newer Headlight (trace version " + std::to_string(found) +
                 ", this one reads up to " + std::to_string(version) + ")");
    }

    int integer(const std::string& key, int least, int most, int absent) const {
        const std::optional<std::string> value = find(key);
        if (!value)
            return absent;
        int number = 0;
        const char* end = value->data() + value->size();
        const auto [stopped, error] = std::from_chars(value->data(), end, number);
        if (error != std::errc{} || stopped != end || number < least || number > most)
            fail("its metadata " + shown(key) + " is " + shown(*value) +
                 ", expected is a whole number from " + std::to_string(least) + " to " +
                 std::to_string(most));
        return number;
    }

    double seconds() const {
        const std::optional<std::string> value = find("seconds");
        if (!value)
            return 0;
        const json number = parse("seconds", *value);
        if (!number.is_number() || !(number.get<double>() >= 0))
            fail("its metadata \"seconds\" is " + shown(*value) + ", expected is a number from 0 on");
        return number.get<double>();
    }

    /// Fills one property of every token from a list with an entry a token; leaves it alone when there is no
    /// such list.
    void each(const std::string& key, std::vector<Token>& tokens,
              const std::function<bool(const json&, Token&)>& assign) const {
        const std::optional<std::string> value = find(key);
        if (!value)
            return;
        const json list = parse(key, *value);
        if (!list.is_array() || list.size() != tokens.size())
            fail("its metadata " + shown(key) + " is not a list with an entry for each of its " +
                 std::to_string(tokens.size()) + " tokens");
        for (size_t i = 0; i < tokens.size(); ++i)
            if (!assign(list[i], tokens[i]))
                fail("its metadata " + shown(key) + " has an entry for token " + std::to_string(i) +
                     " that does not fit: " +
                     shown(list[i].dump(-1, ' ', false, json::error_handler_t::replace)));
    }

    json parse(const std::string& key, const std::string& value) const {
        return parseJson(value, m_file.name() + ", metadata " + shown(key), 8);
    }

private:
    const SafetensorsFile& m_file;
};

/// True when `value` is a whole number in [least, most], which is then put into `number`.
template <class T>
bool wholeNumber(const json& value, int64_t least, int64_t most, T& number) {
    if (!value.is_number_integer() ||
        (value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(most)))
        return false;
    const auto found = value.get<int64_t>();
    if (found < least || found > most)
        return false;
    number = static_cast<T>(found);
    return true;
}

bool truth(const json& value, bool& result) {
    if (!value.is_boolean())
        return false;
    result = value.get<bool>();
    return true;
}

constexpr int64_t largestInt = std::numeric_limits<int>::max();

/// `sizes`: bytes of the text and of its pair.
bool assignOffsets(const json& value, const std::array<size_t, 2>& sizes, Token& token) {
    const auto size = static_cast<int64_t>(sizes[static_cast<size_t>(token.text)]);
    return value.is_array() && value.size() == 2 && wholeNumber(value[0], 0, size, token.bytes.begin) &&
           wholeNumber(value[1], static_cast<int64_t>(token.bytes.begin), size, token.bytes.end);
}

Encoding readTokens(const MetadataReader& reader, const std::string& prefix,
                    const std::array<size_t, 2>& sizes) {
    Encoding encoding;
    const std::optional<std::string> pieces = reader.find(prefix + "tokens");
    if (!pieces)
        return encoding;
    const json list = reader.parse(prefix + "tokens", *pieces);
    if (!list.is_array() ||
        !std::all_of(list.begin(), list.end(), [](const json& item) { return item.is_string(); }))
        reader.fail("its metadata " + shown(prefix + "tokens") + " is not a list of strings");
    for (const json& piece : list)
        encoding.tokens.emplace_back().piece = piece.get<std::string>();

    std::vector<Token>& tokens = encoding.tokens;
    reader.each(prefix + "texts", tokens,
                [](const json& v, Token& t) { return wholeNumber(v, 0, 1, t.text); });
    reader.each(prefix + "offsets", tokens,
                [&](const json& v, Token& t) { return assignOffsets(v, sizes, t); });
    reader.each(prefix + "ids", tokens,
                [](const json& v, Token& t) { return wholeNumber(v, 0, largestInt, t.id); });
    reader.each(prefix + "words", tokens,
                [](const json& v, Token& t) { return wholeNumber(v, -1, largestInt, t.word); });
    reader.each(prefix + "special", tokens, [](const json& v, Token& t) { return truth(v, t.special); });
    reader.each(prefix + "unknown", tokens, [](const json& v, Token& t) { return truth(v, t.unknown); });

    encoding.bytesRead = sizes[0];
    encoding.pairBytesRead = sizes[1];
    if (const std::optional<std::string> value = reader.find(prefix + "reading")) {
        const json reading = reader.parse(prefix + "reading", *value);
        if (!reading.is_object() ||
            !wholeNumber(reading.value("bytes", json()), 0, static_cast<int64_t>(sizes[0]),
                         encoding.bytesRead) ||
            !wholeNumber(reading.value("pair_bytes", json()), 0, static_cast<int64_t>(sizes[1]),
                         encoding.pairBytesRead) ||
            !truth(reading.value("truncated", json()), encoding.truncated))
            reader.fail("its metadata " + shown(prefix + "reading") +
                        " does not fit its text: " + shown(*value));
    }
    return encoding;
}

bool assignStack(const json& value, StackShape& shape) {
    const json name = value.is_object() ? value.value("stack", json()) : json();
    const std::optional<Stack> stack = name.is_string() ? parseStack(name.get<std::string>()) : std::nullopt;
    if (!stack)
        return false;
    shape.stack = *stack;
    return wholeNumber(value.value("layers", json()), 1, largestInt, shape.layers) &&
           wholeNumber(value.value("heads", json()), 1, largestInt, shape.heads) &&
           wholeNumber(value.value("key_heads", json()), 1, shape.heads, shape.keyHeads) &&
           wholeNumber(value.value("head_width", json()), 1, largestInt, shape.headWidth) &&
           wholeNumber(value.value("width", json()), 1, largestInt, shape.width);
}

ModelShape readShape(const MetadataReader& reader) {
    ModelShape shape;
    const std::optional<std::string> text = reader.find("model_shape");
    if (!text)
        return shape;
    const json value = reader.parse("model_shape", *text);
    const json family = value.is_object() ? value.value("family", json()) : json();
    const json stacks = value.is_object() ? value.value("stacks", json()) : json();
    bool good = family.is_string() && stacks.is_array() &&
                wholeNumber(value.value("vocabulary_size", json()), 0, largestInt, shape.vocabularySize) &&
                wholeNumber(value.value("maximum_tokens", json()), 0, largestInt, shape.maximumTokens) &&
                wholeNumber(value.value("parameters", json()), 0, std::numeric_limits<int64_t>::max(),
                            shape.parameters);
    if (good)
        for (const json& stack : stacks)
            good = good && assignStack(stack, shape.stacks.emplace_back());
    if (!good)
        reader.fail("its metadata \"model_shape\" is not the shape of a model: " + shown(*text));
    shape.family = family.get<std::string>();
    return shape;
}

Edits readEdits(const MetadataReader& reader, const std::string& file, const Trace& trace) {
    const std::optional<std::string> text = reader.find("edits");
    if (!text)
        return {};
    const JsonFields fields(file + ", metadata \"edits\"", {}, "the list");
    Edits edits = editsFromJson(reader.parse("edits", *text), fields, {}, trace.text, trace.pairText,
                                TokenForm::indexed);
    for (Edit& edit : edits)
        eachToken(edit, [&](const EditToken& token) {
            if (token.index < 0 || static_cast<size_t>(token.index) >= trace.tokens().size())
                reader.fail("its metadata \"edits\" names a token that is not there");
        });
    return edits;
}

} // namespace

void writeTraceMetadata(const Trace& trace, SafetensorsWriter& writer) {
    writer.setMetadata("format", formatName);
    writer.setMetadata("version", std::to_string(version));
    writer.setMetadata("model", trace.model);
    writer.setMetadata("model_sha256", trace.modelSha256);
    writer.setMetadata("model_shape", textOf(shapeJson(trace.shape)));
    writer.setMetadata("text", trace.text);
    writer.setMetadata("pair_text", trace.pairText);
    writer.setMetadata("target_text", trace.targetText);
    writeTokens(trace.encoding, "", writer);
    if (trace.targetEncoding.tokens.empty())
        writer.setMetadata("target_tokens", "[]");
    else
        writeTokens(trace.targetEncoding, "target_", writer);
    writer.setMetadata("workspace", trace.workspace);
    if (!trace.edits.empty())
        writer.setMetadata("edits", textOf(editsJson(trace.edits, TokenForm::indexed)));
    writer.setMetadata("cpu", trace.cpu);
    writer.setMetadata("threads", std::to_string(trace.threads));
    writer.setMetadata("backend", trace.backend);
    writer.setMetadata("seconds", json(trace.seconds).dump());
    writer.setMetadata("partial", trace.partial ? "true" : "false");
}

void readTraceMetadata(const SafetensorsFile& file, Trace& trace) {
    const MetadataReader reader(file);
    reader.checkFormat();
    trace.model = reader.text("model");
    trace.modelSha256 = reader.text("model_sha256");
    trace.text = reader.text("text");
    trace.pairText = reader.text("pair_text");
    trace.targetText = reader.text("target_text");
    trace.workspace = reader.text("workspace");
    trace.cpu = reader.text("cpu");
    trace.backend = reader.text("backend");
    trace.threads = reader.integer("threads", 1, 1'000'000, 1);
    trace.seconds = reader.seconds();
    trace.partial = reader.text("partial") == "true";
    trace.shape = readShape(reader);
    trace.encoding = readTokens(reader, "", {trace.text.size(), trace.pairText.size()});
    trace.targetEncoding = readTokens(reader, "target_", {trace.targetText.size(), 0});
    if (trace.encoding.tokens.empty())
        reader.fail("has no tokens: its metadata needs \"tokens\", a JSON list of strings");
    trace.edits = readEdits(reader, file.name(), trace);
}

} // namespace headlight
