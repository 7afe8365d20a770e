#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// One cell of a Spreadsheet::Sheet: "[$Keys.C5]" in a formula. Rows and columns count from 0.
std::string cellAddress(std::string_view sheet, int row, int column);
std::string rangeAddress(std::string_view sheet, int row, int column, int lastRow, int lastColumn);

/// Writes a flat OpenDocument spreadsheet (OpenDocument 1.3, part 3), sheet by sheet and cell by cell.
/// Formulas (OpenFormula) are written without a result, so that the program that opens it has to compute
/// them.
class Spreadsheet {
public:
    /// The name is of letters, digits and _.
    void beginSheet(std::string_view name);
    /// Cells follow one another in a row.
    void endRow();
    /// A text; never taken for a formula.
    void text(std::string_view text);
    void number(double number);
    /// Infinities, which a spreadsheet does not know, are written as the text "masked".
    void numberOrMasked(double number);
    /// "SUM([.A1:.A3])", without the sign of equality.
    void formula(const std::string& formula);
    void empty();

    /// The document; nothing can be added after it.
    std::string finish();

private:
    void endSheet();
    std::string m_body;
    bool m_inSheet = false, m_inRow = false;
    void beginCell();
};

} // namespace headlight
