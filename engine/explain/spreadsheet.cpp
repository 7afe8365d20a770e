#include "engine/explain/spreadsheet.h"

#include "engine/explain/format_parts.h"

#include <algorithm>

namespace headlight {

namespace {
std::string columnLetters(int column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters += static_cast<char>('A' + (rest - 1) % 26);
    std::reverse(letters.begin(), letters.end());
    return letters;
}
std::string place(int row, int column) {
    std::string text(1, '.');
    return text.append(columnLetters(column)).append(std::to_string(row + 1));
}

/// Control characters, which XML cannot hold, become U+FFFD.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '&')
            result += "&amp;";
        else if (letter == '<')
            result += "&lt;";
        else if (letter == '>')
            result += "&gt;";
        else if (letter == '"')
            result += "&quot;";
        else if (letter == '\n' || letter == '\t' || letter == '\r')
            result += ' ';
        else if (code < 0x20)
            result += "\xEF\xBF\xBD";
        else
            result += letter;
    }
    return result;
}
} // namespace

std::string cellAddress(std::string_view sheet, int row, int column) {
    return "[$" + std::string(sheet) + place(row, column) + "]";
}
std::string rangeAddress(std::string_view sheet, int row, int column, int lastRow, int lastColumn) {
    return "[$" + std::string(sheet) + place(row, column) + ":" + place(lastRow, lastColumn) + "]";
}

void Spreadsheet::beginSheet(std::string_view name) {
    endSheet();
    m_body += "<table:table table:name=\"" + std::string(name) + "\">\n";
    m_inSheet = true;
}

void Spreadsheet::endSheet() {
    if (m_inRow)
        endRow();
    if (m_inSheet)
        m_body += "</table:table>\n";
    m_inSheet = false;
}

void Spreadsheet::beginCell() {
    if (!m_inRow)
        m_body += "<table:table-row>";
    m_inRow = true;
}

void Spreadsheet::endRow() {
    beginCell();
    m_body += "</table:table-row>\n";
    m_inRow = false;
}

void Spreadsheet::text(std::string_view text) {
    beginCell();
    m_body += "<table:table-cell office:value-type=\"string\"><text:p>" + escaped(text) +
              "</text:p></table:table-cell>";
}

void Spreadsheet::number(double number) {
    beginCell();
    m_body += "<table:table-cell office:value-type=\"float\" office:value=\"" + exactText(number) + "\"/>";
}

void Spreadsheet::numberOrMasked(double value) {
    if (std::isfinite(value))
        number(value);
    else
        text("masked");
}

void Spreadsheet::formula(const std::string& formula) {
    beginCell();
    m_body += "<table:table-cell table:formula=\"of:=" + escaped(formula) + "\"/>";
}

void Spreadsheet::empty() {
    beginCell();
    m_body += "<table:table-cell/>";
}

std::string Spreadsheet::finish() {
    endSheet();
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:meta/>
<office:body><office:spreadsheet>
)" + m_body +
           "</office:spreadsheet></office:body></office:document>\n";
}

} // namespace headlight
