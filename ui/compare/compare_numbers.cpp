#include "ui/compare/compare_numbers.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/recipe.h"
#include "ui/render/number_text.h"

#include <nlohmann/json.hpp>

namespace headlight {

namespace {
using nlohmann::ordered_json;

std::string numberOr(float number, const char* missing) {
    return std::isnan(number) ? std::string(missing) : digits(number);
}

std::string sideOf(const Trace& trace, const std::optional<ShownToken>& token) {
    return token ? std::to_string(token->first) + ',' + csvCell(nameOf(trace, *token)) + ',' : ",,";
}

std::string dump(const ordered_json& json) {
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json passJson(const Trace& trace, const HeadAddress& head) {
    ordered_json pass{{"model", trace.model},
                      {"model_sha256", trace.modelSha256},
                      {"head", toString(head)},
                      {"text", trace.text}};
    if (!trace.pairText.empty())
        pass["pair"] = trace.pairText;
    pass["edited"] = !trace.edits.empty();
    return pass;
}

ordered_json placesJson(const ComparedSides& sides, const std::vector<ComparedPlace>& places) {
    ordered_json list = ordered_json::array();
    for (const ComparedPlace& place : places) {
        ordered_json each{{"a", nullptr}, {"b", nullptr}, {"matched", place.matched()}};
        if (place.a)
            each["a"] = nameOf(*sides.a, *place.a);
        if (place.b)
            each["b"] = nameOf(*sides.b, *place.b);
        list.push_back(each);
    }
    return list;
}

std::string matrixJson(const Tensor<float>& numbers) {
    std::string text = "[";
    for (int64_t row = 0; row < numbers.dimension(0); ++row) {
        text += row == 0 ? "[" : ",[";
        const std::span<const float> line = numbers.row(row);
        for (size_t column = 0; column < line.size(); ++column)
            text += (column == 0 ? "" : ",") + numberOr(line[column], "null");
        text += ']';
    }
    return text + ']';
}
} // namespace

std::string comparisonCsv(const ComparedSides& sides, const Comparison& comparison,
                          const Workspace& workspace) {
    std::string csv =
        "head_a,head_b,query_a_index,query_a,query_b_index,query_b,key_a_index,key_a,key_b_index,"
        "key_b,matched,a,b,difference,row_bits\r\n";
    const std::string heads = toString(sides.headA) + ',' + toString(sides.headB) + ',';
    for (size_t row = 0; row < comparison.rows.size(); ++row) {
        const ComparedPlace& query = comparison.rows[row];
        const std::optional<double>& bits = comparison.distances[row].bits;
        const std::string start = heads + sideOf(*sides.a, query.a) + sideOf(*sides.b, query.b);
        const std::string end = ',' + (bits ? digits(*bits) : std::string()) + "\r\n";
        for (size_t column = 0; column < comparison.columns.size(); ++column) {
            const ComparedPlace& key = comparison.columns[column];
            const bool matched = query.matched() && key.matched();
            csv += start + sideOf(*sides.a, key.a) + sideOf(*sides.b, key.b) +
                   (matched ? "true," : "false,") + numberOr(comparison.a.at(row, column), "") + ',' +
                   numberOr(comparison.b.at(row, column), "") + ',' +
                   numberOr(comparison.difference.at(row, column), "") + end;
        }
    }
    return csv + csvWorkspaceLine(workspace);
}

std::string comparisonJson(const ComparedSides& sides, const Comparison& comparison,
                           const Workspace& workspace) {
    ordered_json rows = placesJson(sides, comparison.rows);
    for (size_t row = 0; row < comparison.rows.size(); ++row) {
        const RowDistance& distance = comparison.distances[row];
        rows[row]["bits"] = distance.bits ? ordered_json(*distance.bits) : ordered_json();
        rows[row]["elsewhere_a"] = distance.elsewhereA;
        rows[row]["elsewhere_b"] = distance.elsewhereB;
    }
    const ordered_json bits = comparison.bits ? ordered_json(*comparison.bits) : ordered_json();
    // Written in this order, so that a reader finds the format without reading all of it.
    return "{\"format\":" + dump(comparisonFormat) +
           ",\"version\":1,\"a\":" + dump(passJson(*sides.a, sides.headA)) +
           ",\"b\":" + dump(passJson(*sides.b, sides.headB)) + ",\"bits\":" + dump(bits) +
           ",\"rows\":" + dump(rows) + ",\"columns\":" + dump(placesJson(sides, comparison.columns)) +
           ",\"a_weights\":" + matrixJson(comparison.a) + ",\"b_weights\":" + matrixJson(comparison.b) +
           ",\"difference\":" + matrixJson(comparison.difference) + ",\"workspace\":" + toText(workspace) +
           "}\n";
}

void saveComparison(const ComparedSides& sides, const Comparison& comparison, const Workspace& workspace,
                    const std::filesystem::path& path) {
    if (comparison.empty())
        throw RequestError("There is nothing to compare yet, so there are no numbers to save.");
    const std::string ending = path.extension().string();
    if (ending == ".csv")
        writeFileAtomically(path, comparisonCsv(sides, comparison, workspace));
    else if (ending == ".json")
        writeFileAtomically(path, comparisonJson(sides, comparison, workspace));
    else
        throw RequestError("Numbers end in .csv or .json; \"" + path.filename().string() + "\" does not.");
}

} // namespace headlight
