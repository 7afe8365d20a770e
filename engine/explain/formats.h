#pragma once

#include "engine/explain/steps.h"

#include <optional>
#include <string>
#include <string_view>

namespace headlight {

enum class StepsFormat { text, json, latex, csv, fods };
/// "text", "json", "latex", "csv", "fods".
std::optional<StepsFormat> parseStepsFormat(std::string_view name);

/// For people: each stage with its sentences, its line of numbers and what the sum re-adds to, with so many
/// significant digits (1 to 17).
std::string stepsText(const Steps& steps, int digits = 6);
/// One document with all numbers, the shortest decimals that are these very floats; -infinity is null.
std::string stepsJson(const Steps& steps);
/// A whole LaTeX document (article, amsmath) with an align* a stage; it compiles as it is.
std::string stepsLatex(const Steps& steps, int digits = 6);
/// One line a number: stage, part, row, column, value. Words that a spreadsheet would take for a formula
/// begin with an apostrophe.
std::string stepsCsv(const Steps& steps);
/// A flat OpenDocument spreadsheet with live formulas: inputs and weights are numbers, everything after them
/// is computed by the spreadsheet, with the recorded number and the difference beside it.
std::string stepsSpreadsheet(const Steps& steps, const Provenance& provenance);

/// Any of them.
std::string stepsAs(StepsFormat format, const Trace& trace, const Model& model, const StepsQuestion& question,
                    int digits = 6);

} // namespace headlight
