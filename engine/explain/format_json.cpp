#include "engine/explain/format_parts.h"
#include "engine/explain/formats.h"

#include <nlohmann/json.hpp>

namespace headlight {

namespace {
using Json = nlohmann::ordered_json;

/// The shortest decimal that is this very float; null for what JSON cannot say.
Json numberOf(float number) {
    if (!std::isfinite(number))
        return nullptr;
    const std::string text = exactText(number);
    double shortest = 0;
    std::from_chars(text.data(), text.data() + text.size(), shortest);
    return shortest;
}
Json numberOf(double number) {
    return std::isfinite(number) ? Json(number) : Json(nullptr);
}

Json cellOf(const Cell& cell) {
    return {{"quantity", nameOf(cell.quantity)},
            {"head", toString(cell.head)},
            {"row", cell.row},
            {"column", cell.column}};
}

Json valuesOf(const StepArray& array) {
    Json rows = Json::array();
    for (int row = 0; row < array.rows; ++row) {
        Json& numbers = rows.emplace_back(Json::array());
        for (int column = 0; column < array.columns; ++column)
            numbers.push_back(numberOf(array.at(row, column)));
    }
    return rows;
}

Json arrayOf(const StepArray& array) {
    return {{"name", array.name},
            {"symbol", array.symbol},
            {"rows", array.rows},
            {"columns", array.columns},
            {"row_labels", array.rowLabels},
            {"column_labels", array.columnLabels},
            {"marked_row", array.markedRow < 0 ? Json() : Json(array.markedRow)},
            {"marked_column", array.markedColumn < 0 ? Json() : Json(array.markedColumn)},
            {"values", valuesOf(array)}};
}

const char* nameOf(Operation operation) {
    switch (operation) {
    case Operation::given:
        return "given";
    case Operation::sum:
        return "sum";
    case Operation::product:
        return "product";
    case Operation::quotient:
        return "quotient";
    case Operation::exponential:
        return "exp";
    case Operation::maximum:
        return "maximum";
    case Operation::copy:
        return "copy";
    case Operation::cleared:
        return "cleared";
    case Operation::chosen:
        return "chosen";
    case Operation::edited:
        return "edited";
    case Operation::averaged:
        return "averaged";
    }
    return "";
}

Json sumOf(const Derivation& sum) {
    Json terms = Json::array();
    for (const Term& term : sum.terms) {
        Json factors = Json::array();
        for (const Factor& factor : term.used()) {
            Json one = cellOf(factor.cell);
            one["value"] = numberOf(factor.value);
            factors.push_back(std::move(one));
        }
        terms.push_back({{"label", term.label},
                         {"factors", std::move(factors)},
                         {"divided", term.divided},
                         {"subtracted", term.subtracted},
                         {"value", numberOf(term.value)}});
    }
    return {{"label", sum.label},
            {"cell", cellOf(sum.cell)},
            {"operation", nameOf(sum.operation)},
            {"terms", std::move(terms)},
            {"recorded", numberOf(sum.recorded)},
            {"readded", numberOf(sum.readded)},
            {"difference", numberOf(sum.difference())},
            {"magnitude", numberOf(sum.magnitude)},
            {"tolerance", numberOf(sum.tolerance)},
            {"agrees", sum.agrees}};
}

Json symbolsOf(const std::vector<SymbolValue>& symbols) {
    Json list = Json::array();
    for (const SymbolValue& symbol : symbols) {
        Json values = Json::array();
        for (const float value : symbol.values)
            values.push_back(numberOf(value));
        list.push_back({{"id", symbol.id},
                        {"name", symbol.name},
                        {"length", symbol.length},
                        {"first_values", std::move(values)}});
    }
    return list;
}

Json stageOf(const Stage& stage) {
    Json sentences = Json::array(), arrays = Json::array(), sums = Json::array();
    for (const Sentence& sentence : stage.sentences)
        sentences.push_back(sentence.text());
    for (const StepArray& array : stage.arrays)
        arrays.push_back(arrayOf(array));
    for (const Derivation& sum : stage.sums)
        sums.push_back(sumOf(sum));
    return {{"stage", nameOf(stage.id)},
            {"title", stage.title},
            {"formula", stage.formula},
            {"sentences", std::move(sentences)},
            {"line", lineText(stage.line, 6)},
            {"symbols", symbolsOf(stage.symbols)},
            {"arrays", std::move(arrays)},
            {"sums", std::move(sums)},
            {"code", stage.code},
            {"code_result", stage.codeResult}};
}
} // namespace

std::string stepsJson(const Steps& steps) {
    const StepsQuestion& question = steps.question;
    Json stages = Json::array();
    for (const Stage& stage : steps.stages)
        stages.push_back(stageOf(stage));
    Json document{{"model", steps.model}, {"model_sha256", steps.modelSha256}, {"text", steps.text}};
    if (!steps.pairText.empty())
        document["pair"] = steps.pairText;
    document["head"] = toString(question.head);
    document["query"] = {{"index", question.query}, {"word", steps.queryWord}};
    document["key"] = {{"index", question.key}, {"word", steps.keyWord}};
    document["component"] = question.component;
    document["shape"] = {{"queries", steps.queries},
                         {"keys", steps.keys},
                         {"heads", steps.heads},
                         {"head_width", steps.headWidth},
                         {"width", steps.width}};
    document["stages"] = std::move(stages);
    document["code_preamble"] = steps.preamble;
    return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace headlight
