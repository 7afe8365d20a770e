#include "ui/experiments/number_table.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

namespace headlight {

namespace {
/// The shortest decimal that is this very number; free of the locale.
template <class T>
std::string digits(T number) {
    if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(number))
            return "nan";
        if (std::isinf(number))
            return number < 0 ? "-inf" : "inf";
    }
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string quoted(const std::string& text) {
    std::string cell = "\"";
    for (const char letter : text)
        cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return cell + '"';
}

std::string csvCell(const TableCell& cell) {
    const auto write = [](const auto& value) -> std::string {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>)
            return {};
        else if constexpr (std::is_same_v<T, std::string>)
            return quoted(value);
        else if constexpr (std::is_same_v<T, bool>)
            return value ? "true" : "false";
        else
            return digits(value);
    };
    return std::visit(write, cell);
}

std::string jsonText(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string jsonCell(const TableCell& cell) {
    const auto write = [](const auto& value) -> std::string {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>)
            return "null";
        else if constexpr (std::is_same_v<T, std::string>)
            return jsonText(value);
        else if constexpr (std::is_same_v<T, bool>)
            return value ? "true" : "false";
        else if constexpr (std::is_floating_point_v<T>)
            return std::isfinite(value) ? digits(value) : "null";
        else
            return digits(value);
    };
    return std::visit(write, cell);
}
} // namespace

std::string toCsv(const NumberTable& table) {
    std::string csv;
    std::string facts;
    for (const auto& [name, cell] : table.facts) {
        csv += name + ',';
        facts += csvCell(cell) + ',';
    }
    for (size_t i = 0; i < table.columns.size(); ++i)
        csv.append(i > 0 ? "," : "").append(table.columns[i]);
    csv += "\r\n";
    for (const std::vector<TableCell>& line : table.lines) {
        csv += facts;
        for (size_t i = 0; i < line.size(); ++i)
            csv.append(i > 0 ? "," : "").append(csvCell(line[i]));
        csv += "\r\n";
    }
    return csv;
}

std::string toJson(const NumberTable& table) {
    std::string json = "{\"format\":" + jsonText(table.format) + ",\"version\":1";
    for (const auto& [name, cell] : table.facts)
        json += ',' + jsonText(name) + ':' + jsonCell(cell);
    json += ",\"rows\":[";
    for (size_t row = 0; row < table.lines.size(); ++row) {
        json += row > 0 ? ",\n{" : "\n{";
        for (size_t i = 0; i < table.lines[row].size(); ++i)
            json.append(i > 0 ? "," : "")
                .append(jsonText(table.columns[i]))
                .append(":")
                .append(jsonCell(table.lines[row][i]));
        json += '}';
    }
    return json + "]}\n";
}

void saveTable(const NumberTable& table, const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    if (ending == ".csv")
        writeFileAtomically(path, toCsv(table));
    else if (ending == ".json")
        writeFileAtomically(path, toJson(table));
    else
        throw RequestError("Numbers end in .csv or .json; \"" + path.filename().string() + "\" does not.");
}

} // namespace headlight
