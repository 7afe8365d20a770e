#pragma once

#include <QRectF>

#include <optional>
#include <vector>

namespace headlight {

/// What of an array decides how it is laid out.
struct ArrayShape {
    int rows = 1;
    int columns = 1;
    bool overKeys = false; ///< one row, a word a column: it becomes a column of a table with a line a word
    bool rowWords = false; ///< a matrix with a word a row
    bool columnWords = false;
    bool isRunning = false; ///< a vector that adds up: drawn as stairs
};

/// A number of a stage: which array, and where in it.
struct ArrayPlace {
    int array = -1;
    int row = 0;
    int column = 0;
    friend bool operator==(const ArrayPlace&, const ArrayPlace&) = default;
};

/// Arrays that are drawn together: a vector as a strip (in several lines when it is long) or as stairs, a
/// matrix, or a table of all arrays over the same words. Tables and matrices with a line for each of the same
/// words stand beside each other; only the first of them has the words.
struct ArrayBlock {
    enum class Kind { strip, stairs, matrix, table };
    Kind kind = Kind::strip;
    int first = 0;          ///< array
    int count = 1;          ///< of arrays; 1 but for tables
    int lines = 1;          ///< of cells that are drawn
    int perLine = 1;        ///< cells in a line
    int size = 1;           ///< strip: cells altogether
    QRectF title;           ///< of the first array's name; a table's columns have theirs in its head
    QRectF cells;           ///< without words
    double words = 0;       ///< width of the words at the left of the cells
    double columnWords = 0; ///< height of the words above the cells
    double cellWidth = 0, cellHeight = 0;

    /// Of one array of a table: bar and number.
    QRectF tableCell(int array, int line) const;
    QRectF cell(int line, int column) const {
        return {cells.left() + column * cellWidth, cells.top() + line * cellHeight, cellWidth, cellHeight};
    }
};

/// Where all arrays of a stage stand: plain geometry, pixels from the top left corner.
struct StageGeometry {
    std::vector<ArrayBlock> blocks;
    QSizeF size;

    const ArrayBlock* blockOf(int array) const;
    /// Where a number is drawn; empty when there is none such.
    QRectF rect(const ArrayPlace& place) const;
    std::optional<ArrayPlace> at(QPointF point) const;
};

/// `numbers`: cells become so wide that a number fits into each; matrices may then be wider than `width`.
/// `height`: cells grow a little to fill it, where there is that much room; 0 for their usual size.
StageGeometry layOutArrays(const std::vector<ArrayShape>& arrays, double width, bool numbers,
                           double height = 0);

} // namespace headlight
