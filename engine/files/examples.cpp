#include "engine/files/examples.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/checked_json.h"
#include "engine/files/shown.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace headlight {

namespace {
using nlohmann::json;

constexpr const char* formatName = "headlight-examples";
constexpr size_t maximumBytes = 1 << 20;

class ExamplesReader {
public:
    explicit ExamplesReader(std::string file) : m_file(std::move(file)) {}

    std::vector<ExampleGroup> read(const json& document) const {
        if (!document.is_object() || text(document, "", "format", true) != formatName)
            fail("/format", std::string("is not \"") + formatName + '"');
        std::vector<ExampleGroup> groups;
        for (const json& each : list(document, "", "groups")) {
            const std::string place = "/groups/" + std::to_string(groups.size());
            ExampleGroup group{text(each, place, "title", true), {}};
            for (const json& example : list(each, place, "examples"))
                group.examples.push_back(
                    readOne(example, place + "/examples/" + std::to_string(group.examples.size())));
            groups.push_back(std::move(group));
        }
        return groups;
    }

private:
    [[noreturn]] void fail(const std::string& place, const std::string& problem) const {
        throw FileError(m_file, place + " " + problem);
    }

    std::string text(const json& object, const std::string& place, const char* key, bool needed) const {
        if (!object.is_object())
            fail(place, "is not a JSON object");
        const auto found = object.find(key);
        if (found == object.end() && !needed)
            return {};
        if (found == object.end() || !found->is_string())
            fail(place, "has no text " + shown(key));
        return found->get<std::string>();
    }

    bool flag(const json& object, const std::string& place, const char* key, bool absent) const {
        if (!object.contains(key))
            return absent;
        if (!object[key].is_boolean())
            fail(place + "/" + key, "is neither true nor false");
        return object[key].get<bool>();
    }

    const json& list(const json& object, const std::string& place, const char* key) const {
        if (!object.is_object() || !object.contains(key) || !object[key].is_array())
            fail(place, "has no list " + shown(key));
        return object[key];
    }

    TextExample readOne(const json& value, const std::string& place) const {
        TextExample example;
        example.title = text(value, place, "title", true);
        example.look = text(value, place, "look", true);
        example.text = text(value, place, "text", true);
        example.pair = text(value, place, "pair", false);
        example.query = text(value, place, "query", false);
        example.byKey = text(value, place, "axis", false) == "key";
        example.head = text(value, place, "head", false);
        if (!example.head.empty() && !parseHeadAddress(example.head))
            fail(place + "/head", "is " + shown(example.head) + ", which is no address of a head");
        if (!example.query.empty() && !wordIn(example.text, example.query))
            fail(place + "/query", "is " + shown(example.query) + ", which is no word of the text");
        example.shown.view = text(value, place, "view", false) == "lines" ? ViewKind::lines : ViewKind::map;
        example.shown.tokens.mergeWords = flag(value, place, "words", false);
        example.shown.tokens.special = flag(value, place, "special", true);
        if (value.contains("claims"))
            for (const json& claim : list(value, place, "claims"))
                example.claims.push_back({text(claim, place + "/claims", "query", true),
                                          text(claim, place + "/claims", "reads", false),
                                          text(claim, place + "/claims", "strongest", false)});
        return example;
    }

    std::string m_file;
};

bool isWordByte(unsigned char byte) {
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}
} // namespace

std::vector<ExampleGroup> readExamples(const std::filesystem::path& path) {
    return examplesFromText(readTextFile(path, maximumBytes), path.string());
}

std::vector<ExampleGroup> examplesFromText(std::string_view text, const std::string& file) {
    return ExamplesReader(file).read(parseJson(text, file));
}

std::optional<ByteRange> wordIn(std::string_view text, std::string_view word) {
    int wanted = 1;
    if (const size_t mark = word.rfind('#'); mark != std::string_view::npos && mark > 0) {
        std::from_chars(word.data() + mark + 1, word.data() + word.size(), wanted);
        word = word.substr(0, mark);
        if (wanted < 1)
            return std::nullopt;
    }
    for (size_t at = text.find(word); !word.empty() && at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const size_t end = at + word.size();
        const bool whole = (at == 0 || !isWordByte(static_cast<unsigned char>(text[at - 1])) ||
                            !isWordByte(static_cast<unsigned char>(word.front()))) &&
                           (end == text.size() || !isWordByte(static_cast<unsigned char>(text[end])) ||
                            !isWordByte(static_cast<unsigned char>(word.back())));
        if (whole && --wanted == 0)
            return ByteRange{at, end};
    }
    return std::nullopt;
}

Workspace workspaceOf(const TextExample& example, const ModelReference& model,
                      const std::optional<HeadAddress>& head) {
    Workspace workspace;
    workspace.model = model;
    workspace.text = example.text;
    workspace.pair = example.pair;
    workspace.shown = example.shown;
    workspace.selection.head = example.head.empty() ? head : parseHeadAddress(example.head);
    if (const std::optional<ByteRange> range = wordIn(example.text, example.query)) {
        workspace.selection.query = TokenAnchor{0, *range, {}};
        if (example.byKey)
            workspace.selection.key = workspace.selection.query;
        workspace.selection.byKey = example.byKey;
    }
    return workspace;
}

} // namespace headlight
