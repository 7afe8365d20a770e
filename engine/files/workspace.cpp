#include "engine/files/workspace.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/edits_json.h"
#include "engine/files/json_fields.h"

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
                           Named<Page>{Page::experiments, "experiments"},
                           Named<Page>{Page::compare, "compare"}};
constexpr std::array depths{Named<StepsDepth>{StepsDepth::idea, "idea"},
                            Named<StepsDepth>{StepsDepth::arithmetic, "arithmetic"},
                            Named<StepsDepth>{StepsDepth::code, "code"}};
constexpr std::array views{Named<ViewKind>{ViewKind::map, "map"}, Named<ViewKind>{ViewKind::lines, "lines"},
                           Named<ViewKind>{ViewKind::heads, "heads"},
                           Named<ViewKind>{ViewKind::derived, "derived"}};
constexpr std::array derivedKinds{Named<DerivedKind>{DerivedKind::rollout, "rollout"},
                                  Named<DerivedKind>{DerivedKind::flow, "flow"}};
constexpr std::array derivedHeads{Named<bool>{false, "all"}, Named<bool>{true, "marked"}};
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

json comparedJson(const ComparedWith& compared) {
    json result = json::object();
    if (compared.model)
        result["model"] = {{"name", compared.model->name}, {"sha256", compared.model->sha256}};
    if (compared.text)
        result["text"] = *compared.text;
    if (compared.head)
        result["head"] = toString(*compared.head);
    if (compared.unedited)
        result["unedited"] = true;
    return result;
}

class WorkspaceReader : private JsonFields {
public:
    WorkspaceReader(const std::string& file, const std::string& place)
        : JsonFields(file, place, "the workspace") {}

    Workspace read(const json& value) const {
        requireObject(value, "");
        if (text(value, "", "format") != formatName)
            fail("/format", "is not \"" + std::string(formatName) + "\", so this is not a workspace");
        constexpr auto largest = std::numeric_limits<int64_t>::max();
        if (const int64_t version = integer(required(value, "", "version"), "/version", 1, largest);
            version > workspaceVersion)
            throw FileError(file(), "was saved by a newer Headlight (workspace version " +
                                        std::to_string(version) + ", this one reads up to " +
                                        std::to_string(workspaceVersion) + ")");
        Workspace workspace;
        workspace.model = model(required(value, "", "model"), "/model");
        workspace.text = text(value, "", "text");
        workspace.pair = optionalText(value, "", "pair");
        if (value.contains("selection"))
            workspace.selection = selection(value["selection"], workspace);
        workspace.shown.page = oneOf(pages, value, "", "page", Page::look);
        if (value.contains("steps"))
            workspace.shown.steps = steps(value["steps"]);
        if (value.contains("compared"))
            workspace.shown.compared = compared(value["compared"]);
        workspace.shown.view = oneOf(views, value, "", "view", ViewKind::map);
        workspace.shown.scale = oneOf(scales, value, "", "scale", WeightScale::linear);
        if (value.contains("tokens"))
            workspace.shown.tokens = tokens(value["tokens"]);
        if (value.contains("pinned"))
            workspace.shown.pinned = pinned(value["pinned"]);
        if (value.contains("zoom"))
            workspace.shown.zoom = zoom(value["zoom"]);
        if (value.contains("derived"))
            workspace.shown.derived = derived(value["derived"]);
        if (value.contains("numbers"))
            workspace.shown.numbers = numbers(value["numbers"]);
        if (value.contains("evidence"))
            workspace.shown.evidence = evidence(value["evidence"]);
        if (value.contains("edits"))
            workspace.edits = editsFromJson(value["edits"], *this, "/edits", workspace.text, workspace.pair);
        return workspace;
    }

private:
    ModelReference model(const json& value, const std::string& pointer) const {
        requireObject(value, pointer);
        return {text(value, pointer, "name"), optionalText(value, pointer, "sha256")};
    }

    DerivedChoice derived(const json& value) const {
        requireObject(value, "/derived");
        DerivedChoice choice;
        constexpr int mostLayers = 10000;
        choice.kind = oneOf(derivedKinds, value, "/derived", "kind", choice.kind);
        if (value.contains("layer"))
            choice.layer = static_cast<int>(integer(value["layer"], "/derived/layer", 0, mostLayers));
        choice.markedHeads = oneOf(derivedHeads, value, "/derived", "heads", choice.markedHeads);
        return choice;
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

    ComparedWith compared(const json& value) const {
        requireObject(value, "/compared");
        ComparedWith with;
        if (value.contains("model"))
            with.model = model(value["model"], "/compared/model");
        if (value.contains("text"))
            with.text = text(value, "/compared", "text");
        if (value.contains("head"))
            with.head = head(value, "/compared");
        with.unedited = flag(value, "/compared", "unedited", with.unedited);
        return with;
    }

    HeadNumbers numbers(const json& value) const {
        requireObject(value, "/numbers");
        HeadNumbers result;
        const auto metric = [&](const char* key, std::string& id) {
            constexpr size_t longestName = 60;
            if (!value.contains(key))
                return;
            id = text(value, "/numbers", key);
            if (id.size() > longestName)
                fail(std::string("/numbers/") + key, "is not the name of a metric");
        };
        metric("badge", result.badge);
        metric("across", result.across);
        metric("up", result.up);
        result.sorted = flag(value, "/numbers", "sorted", result.sorted);
        return result;
    }

    EvidenceChoice evidence(const json& value) const {
        requireObject(value, "/evidence");
        EvidenceChoice result;
        result.shown = flag(value, "/evidence", "shown", result.shown);
        constexpr size_t longestPiece = 1000;
        result.output = optionalText(value, "/evidence", "output");
        if (result.output.size() > longestPiece)
            fail("/evidence/output", "is longer than any token");
        return result;
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
            result.query = anchor(value["query"], "/selection/query", workspace.text, workspace.pair);
        if (value.contains("key"))
            result.key = anchor(value["key"], "/selection/key", workspace.text, workspace.pair);
        result.byKey = oneOf(axes, value, "/selection", "axis", false);
        return result;
    }
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
                   {"edits", editsJson(workspace.edits)}};
    if (shown.compared != ComparedWith())
        result["compared"] = comparedJson(shown.compared);
    if (const HeadNumbers& numbers = shown.numbers; numbers != HeadNumbers())
        result["numbers"] = {{"badge", numbers.badge},
                             {"sorted", numbers.sorted},
                             {"across", numbers.across},
                             {"up", numbers.up}};
    if (const DerivedChoice& derived = shown.derived; derived != DerivedChoice()) {
        result["derived"] = {{"kind", nameOf(derivedKinds, derived.kind)},
                             {"heads", nameOf(derivedHeads, derived.markedHeads)}};
        if (derived.layer)
            result["derived"]["layer"] = *derived.layer;
    }
    if (shown.evidence != EvidenceChoice())
        result["evidence"] = {{"shown", shown.evidence.shown}, {"output", shown.evidence.output}};
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
    for (Edit& edit : workspace.edits)
        eachToken(edit, [&check](EditToken& token) { check(token.anchor); });
    return workspace;
}

} // namespace headlight
