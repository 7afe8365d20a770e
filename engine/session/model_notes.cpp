#include "engine/session/model_notes.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/checked_json.h"
#include "engine/files/shown.h"

namespace headlight {

namespace {
constexpr size_t maximumNotesBytes = 1 << 20;

std::string stringOf(const nlohmann::json& notes, const char* key, const std::string& file) {
    const auto found = notes.find(key);
    if (found == notes.end())
        return {};
    if (!found->is_string())
        throw FileError(file, std::string("\"") + key + "\" is not a string");
    return found->get<std::string>();
}
} // namespace

ModelNotes readModelNotes(const ModelFolder& folder, const ModelShape& shape) {
    const std::filesystem::path path = folder.file("headlight.json");
    if (path.empty())
        return {};
    const std::string file = path.string();
    const nlohmann::json json = parseJson(readTextFile(path, maximumNotesBytes), file);
    if (!json.is_object())
        throw FileError(file, "is not a JSON object");

    ModelNotes notes;
    notes.description = stringOf(json, "description", file);
    notes.exampleText = stringOf(json, "example_text", file);
    notes.exampleQuery = stringOf(json, "example_query", file);
    notes.exampleHead = stringOf(json, "example_head", file);
    if (!notes.exampleHead.empty()) {
        const std::optional<HeadAddress> head = parseHeadAddress(notes.exampleHead);
        if (!head || !shape.has(*head))
            throw FileError(file,
                            "\"example_head\" is " + shown(notes.exampleHead) +
                                ", which is not a head of this model (one looks like encoder.0.head.0)");
    }
    return notes;
}

} // namespace headlight
