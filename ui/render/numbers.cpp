#include "ui/render/numbers.h"

#include "engine/core/errors.h"
#include "engine/explain/shown_map.h"
#include "engine/files/atomic_file.h"
#include "engine/files/recipe.h"
#include "ui/render/number_text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace headlight {

namespace {
using nlohmann::ordered_json;

/// The score of a cell that is one token by one token; nothing where several are merged.
std::optional<float> scoreOf(const SiteRecord& site, int head, const ShownToken& row,
                             const ShownToken& column) {
    if (row.first != row.last || column.first != column.last || site.scores.empty())
        return std::nullopt;
    return site.scores.at(head, row.first, column.first);
}

struct Shown {
    const SiteRecord& site;
    ShownMap map;
};

Shown shownOf(const Trace& trace, const HeadAddress& head, const Workspace& workspace) {
    const SiteRecord* site = trace.shape.has(head) ? trace.site(head.stack, head.layer) : nullptr;
    if (!site)
        throw RequestError("The trace has no head " + toString(head) + ".");
    return {*site, shownMap(trace, head, workspace.shown.tokens)};
}

ordered_json tokensJson(const Trace& trace, const std::vector<ShownToken>& shown) {
    ordered_json list = ordered_json::array();
    for (const ShownToken& each : shown)
        list.push_back({{"tokens", {each.first, each.last}}, {"text", nameOf(trace, each)}});
    return list;
}

const char* nameOf(EdgeVerdict verdict) {
    switch (verdict) {
    case EdgeVerdict::asItLooks:
        break;
    case EdgeVerdict::overrated:
        return "overrated";
    case EdgeVerdict::underrated:
        return "underrated";
    }
    return "as it looks";
}

/// The measured edge of a cell; null where there is none.
const EdgeTruth* edgeOf(const TruthColumn* truth, const ShownToken& row, const ShownToken& column) {
    const bool single = row.first == row.last && column.first == column.last;
    if (!truth || !single || truth->question.query != row.first)
        return nullptr;
    for (const EdgeTruth& edge : truth->edges)
        if (edge.key == column.first)
            return &edge;
    return nullptr;
}

std::string truthCells(const TruthColumn& truth, const EdgeTruth* edge) {
    if (!edge)
        return ",,,,,,";
    return ',' + (edge->valueSize ? digits(*edge->valueSize) : std::string()) + ',' +
           digits(edge->gradientTimesWeight) + ',' + digits(edge->change) + ',' +
           digits(edge->probabilityChange) + ',' + nameOf(edge->verdict) + ',' +
           std::to_string(truth.question.output.id);
}

ordered_json truthJson(const TruthColumn& truth) {
    ordered_json edges = ordered_json::array();
    for (const EdgeTruth& edge : truth.edges)
        edges.push_back({{"key", edge.key},
                         {"weight", edge.weight},
                         {"value_size", edge.valueSize ? ordered_json(*edge.valueSize) : ordered_json()},
                         {"gradient_times_weight", edge.gradientTimesWeight},
                         {"change", edge.change},
                         {"probability_change", edge.probabilityChange},
                         {"verdict", nameOf(edge.verdict)}});
    const ChosenOutput& output = truth.question.output;
    return {{"query", truth.question.query},
            {"output", {{"position", output.position}, {"id", output.id}}},
            {output.measure == OutputMeasure::logOdds ? "log_odds" : "logit", truth.value},
            {"probability", truth.probability},
            {"edges", edges}};
}

std::string dump(const ordered_json& json) {
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}
} // namespace

std::string mapCsv(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                   const TruthColumn* truth) {
    const auto [site, map] = shownOf(trace, head, workspace);
    const auto placeAndName = [&](const ShownToken& shown) {
        return std::to_string(shown.first) + ',' + std::to_string(shown.last) + ',' +
               csvCell(nameOf(trace, shown)) + ',';
    };
    std::vector<std::string> columns;
    columns.reserve(map.columns.size());
    for (const ShownToken& column : map.columns)
        columns.push_back(placeAndName(column));
    std::string csv =
        "head,query_index,query_last,query,key_index,key_last,key,weight,score,row_hidden_share";
    if (truth)
        csv +=
            std::string(",value_size,gradient_times_weight,") +
            (truth->question.output.measure == OutputMeasure::logOdds ? "log_odds_change" : "logit_change") +
            ",probability_change,verdict,output_id";
    csv += "\r\n";
    for (size_t row = 0; row < map.rows.size(); ++row) {
        const std::string start = toString(head) + ',' + placeAndName(map.rows[row]);
        const std::string end = ',' + digits(map.hidden[row]);
        for (size_t column = 0; column < map.columns.size(); ++column) {
            const std::optional<float> score = scoreOf(site, head.head, map.rows[row], map.columns[column]);
            csv += start + columns[column] + digits(map.weights.at(row, column)) + ',' +
                   (score ? digits(*score) : std::string()) + end;
            if (truth)
                csv += truthCells(*truth, edgeOf(truth, map.rows[row], map.columns[column]));
            csv += "\r\n";
        }
    }
    return csv + csvWorkspaceLine(workspace);
}

std::string mapJson(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                    const TruthColumn* truth) {
    const auto [site, map] = shownOf(trace, head, workspace);
    ordered_json rows = tokensJson(trace, map.rows);
    bool single = !site.scores.empty();
    for (size_t row = 0; row < map.rows.size(); ++row)
        rows[row]["hidden"] = map.hidden[row];
    for (const auto* list : {&map.rows, &map.columns})
        for (const ShownToken& each : *list)
            single = single && each.first == each.last;
    std::string weights;
    std::string scores;
    for (size_t row = 0; row < map.rows.size(); ++row) {
        for (size_t column = 0; column < map.columns.size(); ++column) {
            const char before = column == 0 ? '[' : ',';
            const std::optional<float> score = scoreOf(site, head.head, map.rows[row], map.columns[column]);
            weights.append(1, before).append(digits(map.weights.at(row, column)));
            scores.append(1, before).append(score && std::isfinite(*score) ? digits(*score) : "null");
        }
        const std::string_view end = row + 1 < map.rows.size() ? "]," : "]";
        weights.append(end);
        scores.append(end);
    }
    // Written in this order, so that a reader finds the format without reading all of it.
    std::string json = "{\"format\":" + dump(numbersFormat) +
                       ",\"version\":1,\"head\":" + dump(toString(head)) + ",\"model\":" + dump(trace.model) +
                       ",\"model_sha256\":" + dump(trace.modelSha256) + ",\"text\":" + dump(trace.text);
    if (!trace.pairText.empty())
        json += ",\"pair\":" + dump(trace.pairText);
    json += ",\"rows\":" + dump(rows) + ",\"columns\":" + dump(tokensJson(trace, map.columns)) +
            ",\"weights\":[" + weights + "]";
    if (single)
        json += ",\"scores\":[" + scores + "]";
    if (truth)
        json += ",\"truth\":" + dump(truthJson(*truth));
    return json + ",\"workspace\":" + toText(workspace) + "}\n";
}

void saveNumbers(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                 const std::filesystem::path& path, const TruthColumn* truth) {
    const std::string ending = path.extension().string();
    if (ending == ".csv")
        writeFileAtomically(path, mapCsv(trace, head, workspace, truth));
    else if (ending == ".json")
        writeFileAtomically(path, mapJson(trace, head, workspace, truth));
    else
        throw RequestError("Numbers end in .csv or .json; \"" + path.filename().string() + "\" does not.");
}

} // namespace headlight
