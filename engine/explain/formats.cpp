#include "engine/explain/formats.h"

#include "engine/explain/format_parts.h"

#include <algorithm>

namespace headlight {

namespace {
constexpr int columnsInText = 8;
constexpr std::array<std::string_view, 5> formatNames{"text", "json", "latex", "csv", "fods"};

void addVector(std::string& text, const StepArray& array, int row, int digits) {
    for (int column = 0; column < std::min(array.columns, columnsInText); ++column)
        text.append("  ").append(numberText(static_cast<double>(array.at(row, column)), digits));
    if (array.columns > columnsInText)
        text += "  … (" + std::to_string(array.columns - columnsInText) + " more)";
    text += "\n";
}

/// What a stage hands on: one number, a word with its number a line, or the first numbers of each vector.
void addResult(std::string& text, const StepArray& array, int digits) {
    if (array.rows == 1 && array.columns == 1)
        return;
    text += "   " + array.name + ":\n";
    if (array.rows == 1 && !array.columnLabels.empty()) {
        for (int column = 0; column < array.columns; ++column)
            text += (column == array.markedColumn ? "   > " : "     ") +
                    array.columnLabels[static_cast<size_t>(column)] + "  " +
                    numberText(static_cast<double>(array.at(0, column)), digits) + "\n";
        return;
    }
    for (int row = 0; row < array.rows; ++row) {
        text += row == array.markedRow ? "   > " : "     ";
        if (!array.rowLabels.empty())
            text += array.rowLabels[static_cast<size_t>(row)];
        addVector(text, array, row, digits);
    }
}

std::string csvWord(const std::string& word) {
    std::string cell = "\"";
    // What a spreadsheet would take for a formula is marked as text.
    if (!word.empty() && std::string_view("=+-@\t\r\n").find(word.front()) != std::string_view::npos)
        cell += '\'';
    for (const char letter : word)
        cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return cell + '"';
}
std::string labelAt(const std::vector<std::string>& labels, int index) {
    return labels.empty() ? std::string() : csvWord(labels[static_cast<size_t>(index)]);
}

void addCsvArray(std::string& csv, const std::string& stage, const StepArray& array) {
    for (int row = 0; row < array.rows; ++row)
        for (int column = 0; column < array.columns; ++column)
            csv += stage + ",array," + csvWord(array.name) + ',' + std::to_string(row) + ',' +
                   std::to_string(column) + ',' + labelAt(array.rowLabels, row) + ',' +
                   labelAt(array.columnLabels, column) + ",,," + exactText(array.at(row, column)) + "\n";
}

void addCsvSum(std::string& csv, const std::string& stage, const Derivation& sum) {
    const std::string name = csvWord(sum.label);
    for (size_t i = 0; i < sum.terms.size(); ++i) {
        const Term& term = sum.terms[i];
        csv += stage + ",term," + name + ',' + std::to_string(i) + ",," + csvWord(term.label) + ",," +
               exactText(term.factors[0].value) + ',' +
               (term.count == 2 ? exactText(term.factors[1].value) : std::string()) + ',' +
               exactText(term.value) + "\n";
    }
    const auto line = [&](const char* kind, const std::string& number) {
        csv += stage + ',' + kind + ',' + name + ",,,,,,," + number + "\n";
    };
    line("re-added", exactText(sum.readded));
    line("recorded", exactText(sum.recorded));
    line("difference", exactText(sum.difference()));
    line("rounding allows", exactText(sum.tolerance));
}
} // namespace

std::string lineText(const std::vector<LinePiece>& line, int digits) {
    std::string text;
    for (const LinePiece& piece : line)
        text += piece.isNumber ? numberText(piece.number, digits) : piece.text;
    return text;
}

std::string headingOf(const Steps& steps) {
    return toString(steps.question.head) + ", “" + steps.queryWord + "” (" +
           std::to_string(steps.question.query) + ") looking at “" + steps.keyWord + "” (" +
           std::to_string(steps.question.key) + ")";
}

std::optional<StepsFormat> parseStepsFormat(std::string_view name) {
    const auto found = std::find(formatNames.begin(), formatNames.end(), name);
    if (found == formatNames.end())
        return std::nullopt;
    return static_cast<StepsFormat>(found - formatNames.begin());
}

std::string stepsText(const Steps& steps, int digits) {
    std::string text = steps.model + ", " + headingOf(steps) + "\n" + steps.text +
                       (steps.pairText.empty() ? std::string() : " | " + steps.pairText) + "\n";
    int number = 0;
    for (const Stage& stage : steps.stages) {
        text.append("\n").append(std::to_string(++number)).append(". ").append(stage.title).append("\n  ");
        for (const Sentence& sentence : stage.sentences)
            text.append(" ").append(sentence.text());
        text += "\n   " + lineText(stage.line, digits) + "\n";
        for (const Derivation& sum : stage.sums)
            text += "   " + sum.label + ": " + statementOf(sum, digits) + "\n";
        addResult(text, stage.result, digits);
    }
    return text;
}

std::string stepsCsv(const Steps& steps) {
    std::string csv = "stage,kind,name,row,column,row_word,column_word,left,right,value\n";
    for (const Stage& stage : steps.stages) {
        const std::string name(nameOf(stage.id));
        for (const StepArray& array : stage.arrays)
            if (array.symbol != "W") // the numbers of a matrix that are used stand beside their products
                addCsvArray(csv, name, array);
        for (const Derivation& sum : stage.sums)
            addCsvSum(csv, name, sum);
    }
    return csv;
}

std::string stepsAs(StepsFormat format, const Trace& trace, const Model& model, const StepsQuestion& question,
                    int digits) {
    const Steps made = steps(trace, model, question);
    switch (format) {
    case StepsFormat::text:
        return stepsText(made, digits);
    case StepsFormat::json:
        return stepsJson(made);
    case StepsFormat::latex:
        return stepsLatex(made, digits);
    case StepsFormat::csv:
        return stepsCsv(made);
    case StepsFormat::fods:
        return stepsSpreadsheet(made, Provenance(trace, model, question.head.stack, question.head.layer));
    }
    return {};
}

} // namespace headlight
