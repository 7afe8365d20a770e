#include "engine/files/checked_json.h"

#include "engine/core/errors.h"
#include "engine/files/shown.h"

#include <algorithm>
#include <set>
#include <vector>

namespace headlight {

namespace {

std::string place(std::string_view text, size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t lineStart = before.find_last_of('\n');
    const size_t column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

} // namespace

nlohmann::json parseJson(std::string_view text, const std::string& file, int maximumDepth) {
    using Event = nlohmann::json::parse_event_t;
    std::vector<std::set<std::string>> openObjects;
    const auto check = [&](int depth, Event event, nlohmann::json& value) {
        if (event == Event::object_start || event == Event::array_start) {
            if (depth >= maximumDepth)
                throw FileError(file,
                                "its JSON is nested deeper than " + std::to_string(maximumDepth) + " levels");
            openObjects.emplace_back();
        } else if (event == Event::object_end || event == Event::array_end) {
            openObjects.pop_back();
        } else if (event == Event::key) {
            const auto& key = value.get_ref<const std::string&>();
            if (!openObjects.back().insert(key).second)
                throw FileError(file, "its JSON has the key " + shown(key) + " twice in one object");
        }
        return true;
    };
    try {
        return nlohmann::json::parse(text.begin(), text.end(), check);
    } catch (const nlohmann::json::parse_error& error) {
        if (error.byte > text.size())
            throw FileError(file, "its JSON ends too early, at " + place(text, error.byte));
        throw FileError(file, "is not valid JSON at " + place(text, error.byte));
    } catch (const nlohmann::json::exception&) {
        throw FileError(file, "its JSON holds a number that is out of range");
    }
}

} // namespace headlight
