#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace headlight {

/// A number as it was computed, or a word. Floats are written with the digits that make the very float again.
using TableCell = std::variant<std::monostate, std::string, bool, int64_t, double, float>;

/// The numbers of one experiment, for a spreadsheet or a script: every line has a cell a column.
struct NumberTable {
    std::string format;                                   ///< "headlight-bench"
    std::vector<std::pair<std::string, TableCell>> facts; ///< true of all lines: settings, model, machine
    std::vector<std::string> columns;
    std::vector<std::vector<TableCell>> lines;
};

/// RFC 4180. The facts are columns too, the same in each line, so that a line says where it comes from.
std::string toCsv(const NumberTable& table);
/// {"format", "version": 1, <facts>, "rows": [{column: cell}]}. What is not a finite number is null.
std::string toJson(const NumberTable& table);
/// Whole or not at all; .csv or .json. Throws RequestError (another ending) and FileError.
void saveTable(const NumberTable& table, const std::filesystem::path& path);

} // namespace headlight
