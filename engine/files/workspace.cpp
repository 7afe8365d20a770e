#include "engine/files/workspace.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/shown.h"

#include <nlohmann/json.hpp>

#include <array>
#include <limits>

namespace headlight {

namespace {

using nlohmann::json;

constexpr const char* formatName = "headlight-workspace";

template <class T>
struct Named {
    T value;
    std::string_view name;
};
constexpr std::array pages{Named<Page>{Page::look, "look"}, Named<Page>{Page::steps, "steps"},
                           Named<Page>{Page::experiments, "experiments"}};
constexpr std::array depths{Named<StepsDepth>{StepsDepth::idea, "idea"},
                            Named<StepsDepth>{StepsDepth::arithmetic, "arithmetic"},
                            Named<StepsDepth>{StepsDepth::code, "code"}};
constexpr std::array views{Named<ViewKind>{ViewKind::map, "map"}, Named<ViewKind>{ViewKind::lines, "lines"}};
constexpr std::array scales{
    Named<WeightScale>{WeightScale::linear, "linear"}, Named<WeightScale>{WeightScale::squareRoot, "sqrt"},
    Named<WeightScale>{WeightScale::logarithmic, "log"}, Named<WeightScale>{WeightScale::rank, "rank"}};
constexpr std::array axes{Named<bool>{false, "query"}, Named<bool>{true, "key"}};

template <class T, size_t n>
std::string_view nameOf(const std::array<Named<T>, n>& table, T value) {
    for (const Named<T>& row : table)
        if (row.value == value)
            return row.name;
    return table.front().name;
}

json anchorJson(const TokenAnchor& anchor) {
    if (anchor.special)
        return {{"special", *anchor.special}};
    return {{"text", anchor.text}, {"bytes", {anchor.bytes.begin, anchor.bytes.end}}};
}

json selectionJson(const WorkspaceSelection& selection) {
    json result = json::object();
    if (selection.head)
        result["head"] = toString(*selection.head);
    if (selection.query)
        result["query"] = anchorJson(*selection.query);
    if (selection.key)
        result["key"] = anchorJson(*selection.key);
    if (selection.byKey)
        result["axis"] = nameOf(axes, true);
    return result;
}

json pinnedJson(const std::vector<PinnedHead>& pinned) {
    json result = json::array();
    for (const PinnedHead& each : pinned)
        result.push_back({{"head", toString(each.head)}, {"colour", each.colour}});
    return result;
}

class WorkspaceReader {
public:
    WorkspaceReader(const std::string& file, const std::string& place) : m_file(file), m_place(place) {}

    Workspace read(const json& value) const {
        requireObject(value, "");
        if (text(value, "", "format") != formatName)
            fail("/format", "is not \"" + std::string(formatName) + "\", so this is not a workspace");
        constexpr auto largest = std::numeric_limits<int64_t>::max();
        if (const int64_t version = integer(required(value, "", "version"), "/version", 1, largest);
            version > workspaceVersion)
            throw FileError(m_file, "was saved by a newer Headlight (workspace version " +
                                        std::to_string(version) + ", this one reads up to " +
                                        std::to_string(workspaceVersion) + ")");
        Workspace workspace;
        const json& model = required(value, "", "model");
        requireObject(model, "/model");
        workspace.model.name = text(model, "/model", "name");
        workspace.model.sha256 = optionalText(model, "/model", "sha256");
        workspace.text = text(value, "", "text");
        workspace.pair = optionalText(value, "", "pair");
        if (value.contains("selection"))
            workspace.selection = selection(value["selection"], workspace);
        workspace.shown.page = oneOf(pages, value, "", "page", Page::look);
        if (value.contains("steps"))
            workspace.shown.steps = steps(value["steps"]);
        workspace.shown.view = oneOf(views, value, "", "view", ViewKind::map);
        workspace.shown.scale = oneOf(scales, value, "", "scale", WeightScale::linear);
        if (value.contains("tokens"))
            workspace.shown.tokens = tokens(value["tokens"]);
        if (value.contains("pinned"))
            workspace.shown.pinned = pinned(value["pinned"]);
        if (value.contains("zoom"))
            workspace.shown.zoom = zoom(value["zoom"]);
        if (value.contains("edits"))
            checkNoEdits(value["edits"]);
        return workspace;
    }

private:
    [[noreturn]] void fail(const std::string& pointer, const std::string& problem) const {
        const std::string place = m_place + pointer;
        throw FileError(m_file, (place.empty() ? std::string("the workspace") : place) + " " + problem);
    }

    void requireObject(const json& value, const std::string& pointer) const {
        if (!value.is_object())
            fail(pointer, "is not a JSON object");
    }

    const json& required(const json& object, const std::string& pointer, const char* key) const {
        const auto found = object.find(key);
        if (found == object.end())
            fail(pointer, "has no " + shown(key));
        return *found;
    }

    const std::string& text(const json& object, const std::string& pointer, const char* key) const {
        const json& value = required(object, pointer, key);
        if (!value.is_string())
            fail(pointer + "/" + key, "is not a string");
        return value.get_ref<const std::string&>();
    }

    std::string optionalText(const json& object, const std::string& pointer, const char* key) const {
        return object.contains(key) ? text(object, pointer, key) : std::string();
    }

    int64_t integer(const json& value, const std::string& pointer, int64_t least, int64_t most) const {
        const bool countable =
            value.is_number_integer() &&
            !(value.is_number_unsigned() &&
              value.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
        const int64_t number = countable ? value.get<int64_t>() : 0;
        if (!countable || number < least || number > most) {
            constexpr int64_t unlimited = std::numeric_limits<int>::max();
            fail(pointer,
                 "is not a whole number " +
                     (most >= unlimited ? "from " + std::to_string(least) + " on"
                                        : "from " + std::to_string(least) + " to " + std::to_string(most)));
        }
        return number;
    }

    template <class T, size_t n>
    T oneOf(const std::array<Named<T>, n>& table, const json& object, const std::string& pointer,
            const char* key, T absent) const {
        if (!object.contains(key))
            return absent;
        const std::string& name = text(object, pointer, key);
        std::string known;
        for (const Named<T>& row : table) {
            if (row.name == name)
                return row.value;
            known += (known.empty() ? "" : ", ") + std::string(row.name);
        }
        fail(pointer + "/" + key, "is " + shown(name) + ", known are: " + known);
    }

    bool flag(const json& object, const std::string& pointer, const char* key, bool absent) const {
        if (!object.contains(key))
            return absent;
        if (!object[key].is_boolean())
            fail(pointer + "/" + key, "is neither true nor false");
        return object[key].get<bool>();
    }

    HeadAddress head(const json& object, const std::string& pointer) const {
        const std::string& address = text(object, pointer, "head");
        const std::optional<HeadAddress> result = parseHeadAddress(address);
        if (!result)
            fail(pointer + "/head",
                 "is " + shown(address) + ", expected is an address such as \"encoder.1.head.2\"");
        return *result;
    }

    ShownTokens tokens(const json& value) const {
        requireObject(value, "/tokens");
        const ShownTokens usual;
        return {flag(value, "/tokens", "special", usual.special),
                flag(value, "/tokens", "first", usual.first),
                flag(value, "/tokens", "words", usual.mergeWords)};
    }

    StepsPlace steps(const json& value) const {
        requireObject(value, "/steps");
        StepsPlace place;
        place.stage = optionalText(value, "/steps", "stage");
        constexpr size_t longestName = 40;
        if (place.stage.size() > longestName)
            fail("/steps/stage", "is not the name of a stage");
        place.depth = oneOf(depths, value, "/steps", "depth", place.depth);
        if (value.contains("component"))
            place.component = static_cast<int>(
                integer(value["component"], "/steps/component", 0, std::numeric_limits<int>::max()));
        return place;
    }

    std::vector<PinnedHead> pinned(const json& value) const {
        if (!value.is_array() || value.size() > pinnedColours)
            fail("/pinned", "is not a list of at most " + std::to_string(pinnedColours) + " heads");
        std::vector<PinnedHead> result;
        for (const json& each : value) {
            const std::string pointer = "/pinned/" + std::to_string(result.size());
            requireObject(each, pointer);
            const PinnedHead next{head(each, pointer),
                                  static_cast<int>(integer(required(each, pointer, "colour"),
                                                           pointer + "/colour", 0, pinnedColours - 1))};
            for (const PinnedHead& other : result)
                if (other.head == next.head || other.colour == next.colour)
                    fail(pointer, "repeats a head or a colour");
            result.push_back(next);
        }
        return result;
    }

    MapZoom zoom(const json& value) const {
        requireObject(value, "/zoom");
        const auto [firstRow, rows] = span(value, "rows");
        const auto [firstColumn, columns] = span(value, "columns");
        return {firstRow, rows, firstColumn, columns};
    }

    /// [first, count]
    std::pair<double, double> span(const json& zoom, const char* key) const {
        const std::string pointer = std::string("/zoom/") + key;
        const json& value = required(zoom, "/zoom", key);
        if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number())
            fail(pointer, "is not a list of two numbers");
        const auto first = value[0].get<double>();
        const auto count = value[1].get<double>();
        constexpr double largest = 1e6;
        if (!(first >= 0 && first <= largest && count > 0 && count <= largest))
            fail(pointer, "is not a first place from 0 on and a count above 0");
        return {first, count};
    }

    WorkspaceSelection selection(const json& value, const Workspace& workspace) const {
        requireObject(value, "/selection");
        WorkspaceSelection result;
        if (value.contains("head"))
            result.head = head(value, "/selection");
        if (value.contains("query"))
            result.query = anchor(value["query"], "/selection/query", workspace);
        if (value.contains("key"))
            result.key = anchor(value["key"], "/selection/key", workspace);
        result.byKey = oneOf(axes, value, "/selection", "axis", false);
        return result;
    }

    TokenAnchor anchor(const json& value, const std::string& pointer, const Workspace& workspace) const {
        requireObject(value, pointer);
        if (value.contains("special") == value.contains("bytes"))
            fail(pointer, "needs either \"bytes\" or \"special\"");
        TokenAnchor result;
        if (value.contains("special")) {
            result.special = static_cast<int>(
                integer(value["special"], pointer + "/special", 0, std::numeric_limits<int>::max()));
            return result;
        }
        result.text = static_cast<int>(integer(required(value, pointer, "text"), pointer + "/text", 0, 1));
        const json& bytes = value["bytes"];
        if (!bytes.is_array() || bytes.size() != 2)
            fail(pointer + "/bytes", "is not a list of two numbers");
        const auto size = static_cast<int64_t>((result.text == 0 ? workspace.text : workspace.pair).size());
        const int64_t begin = integer(bytes[0], pointer + "/bytes/0", 0, size);
        const int64_t end = integer(bytes[1], pointer + "/bytes/1", 0, size);
        if (begin >= end)
            fail(pointer + "/bytes", "ends before it begins or is empty");
        result.bytes = {static_cast<size_t>(begin), static_cast<size_t>(end)};
        return result;
    }

    void checkNoEdits(const json& edits) const {
        if (!edits.is_array())
            fail("/edits", "is not a list");
        if (!edits.empty())
            fail("/edits", "is not empty, and this version of Headlight cannot apply edits");
    }

    const std::string& m_file;
    const std::string& m_place; ///< of the workspace in its document
};

} // namespace

json toJson(const Workspace& workspace) {
    const ViewChoices& shown = workspace.shown;
    json result = {{"format", formatName},
                   {"version", workspaceVersion},
                   {"model", {{"name", workspace.model.name}, {"sha256", workspace.model.sha256}}},
                   {"text", workspace.text},
                   {"pair", workspace.pair},
                   {"selection", selectionJson(workspace.selection)},
                   {"page", nameOf(pages, shown.page)},
                   {"steps",
                    {{"stage", shown.steps.stage},
                     {"depth", nameOf(depths, shown.steps.depth)},
                     {"component", shown.steps.component}}},
                   {"view", nameOf(views, shown.view)},
                   {"scale", nameOf(scales, shown.scale)},
                   {"tokens",
                    {{"special", shown.tokens.special},
                     {"first", shown.tokens.first},
                     {"words", shown.tokens.mergeWords}}},
                   {"pinned", pinnedJson(shown.pinned)},
                   {"edits", json::array()}};
    if (shown.zoom)
        result["zoom"] = {{"rows", {shown.zoom->firstRow, shown.zoom->rows}},
                          {"columns", {shown.zoom->firstColumn, shown.zoom->columns}}};
    return result;
}

std::string toText(const Workspace& workspace) {
    try {
        return toJson(workspace).dump();
    } catch (const json::exception&) {
        throw RequestError("A workspace can be saved only when its text is UTF-8");
    }
}

Workspace workspaceFromJson(const json& value, const std::string& file, const std::string& pointer) {
    return WorkspaceReader(file, pointer).read(value);
}

Workspace workspaceFromText(std::string_view text, const std::string& file) {
    return workspaceFromJson(parseJson(text, file), file);
}

Workspace withoutLostAnchors(Workspace workspace) {
    const auto check = [&](std::optional<TokenAnchor>& anchor) {
        if (!anchor || anchor->special)
            return;
        const size_t size = (anchor->text == 0 ? workspace.text : workspace.pair).size();
        if (anchor->bytes.empty() || anchor->bytes.end > size)
            anchor.reset();
    };
    check(workspace.selection.query);
    check(workspace.selection.key);
    return workspace;
}

} // namespace headlight
