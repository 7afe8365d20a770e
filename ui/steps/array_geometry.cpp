#include "ui/steps/array_geometry.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlight {

namespace {
constexpr double titleHeight = 20;
constexpr double gap = 14;
constexpr double numberWidth = 42;
constexpr double numberHeight = 18;
constexpr double narrowest = 6.5; ///< cell of a strip
constexpr double widest = 26;
constexpr double stairsHeight = 92;
constexpr double tableLine = 20;
constexpr double besideLine = 16;
constexpr double tableShare = 0.8; ///< of the width of a matrix beside it
constexpr double wordWidth = 84;
constexpr double mostMatrix = 200; ///< height

ArrayBlock strip(const ArrayShape& shape, double width, bool numbers, double stretch) {
    ArrayBlock block;
    block.size = shape.columns;
    if (shape.isRunning && !numbers) {
        block.kind = ArrayBlock::Kind::stairs;
        block.perLine = shape.columns;
        block.cellWidth = std::min(stretch * widest, width / shape.columns);
        block.cellHeight = stretch * stairsHeight;
        return block;
    }
    const double least = numbers ? numberWidth : narrowest;
    const int fitting = std::max(1, static_cast<int>(width / least));
    block.lines = (shape.columns + fitting - 1) / fitting;
    block.perLine = (shape.columns + block.lines - 1) / block.lines;
    block.cellWidth = std::min(numbers ? numberWidth + 8 : stretch * widest, width / block.perLine);
    const double height = block.lines == 1 ? 22 : block.lines <= 4 ? 13 : 9;
    block.cellHeight = numbers ? numberHeight : stretch * height;
    return block;
}

ArrayBlock matrix(const ArrayShape& shape, double width, bool numbers, double stretch) {
    ArrayBlock block;
    block.kind = ArrayBlock::Kind::matrix;
    block.lines = shape.rows;
    block.perLine = shape.columns;
    block.words = shape.rowWords ? wordWidth : 0;
    const double room = width - block.words;
    block.cellWidth = numbers ? numberWidth : std::min(stretch * widest, room / shape.columns);
    if (numbers) {
        block.cellHeight = numberHeight;
        return block;
    }
    // Words need lines they can be read on; many lines shrink.
    const double least = shape.rowWords && shape.rows <= 24 ? 13 : 1;
    const double most = shape.rowWords ? std::max(least, block.cellWidth) : block.cellWidth;
    block.cellHeight =
        std::clamp(stretch * mostMatrix / shape.rows, std::min(least, most), std::max(least, most));
    if (shape.columnWords && block.cellWidth < 15)
        block.columnWords = 0;
    else if (shape.columnWords)
        block.columnWords = 58;
    return block;
}
/// How many arrays from `first` on have a line for each of the same words, and whether one of them is
/// a matrix.
std::pair<size_t, bool> sameLines(const std::vector<ArrayShape>& arrays, size_t first) {
    const auto linesOf = [&](size_t i) {
        const ArrayShape& shape = arrays[i];
        return shape.overKeys ? shape.columns : shape.rowWords && !shape.columnWords ? shape.rows : 0;
    };
    size_t end = first;
    bool anyMatrix = false;
    while (end < arrays.size() && linesOf(end) > 0 && linesOf(end) == linesOf(first)) {
        anyMatrix = anyMatrix || !arrays[end].overKeys;
        ++end;
    }
    return {end - first, anyMatrix};
}

/// Blocks side by side; returns their lower edge.
double layOutBeside(const std::vector<ArrayShape>& arrays, size_t first, size_t count, double top,
                    double width, double stretch, std::vector<ArrayBlock>& blocks) {
    constexpr double between = 16;
    const double line = stretch * besideLine;
    double shares = 0;
    for (size_t i = first; i < first + count; ++i)
        shares += arrays[i].overKeys ? tableShare : 1;
    const double room = width - wordWidth - between * static_cast<double>(count - 1);
    const int lines = arrays[first].overKeys ? arrays[first].columns : arrays[first].rows;
    double left = wordWidth;
    for (size_t i = first; i < first + count; ++i) {
        ArrayBlock block;
        block.kind = arrays[i].overKeys ? ArrayBlock::Kind::table : ArrayBlock::Kind::matrix;
        block.first = static_cast<int>(i);
        block.lines = lines;
        block.perLine = arrays[i].overKeys ? 1 : arrays[i].columns;
        block.words = i == first ? wordWidth : 0;
        const double wide = room * (arrays[i].overKeys ? tableShare : 1) / shares;
        block.cellWidth = arrays[i].overKeys ? wide : std::min(stretch * widest, wide / arrays[i].columns);
        block.cellHeight = line;
        block.title = {i == first ? 0 : left, top, i == first ? left + wide : wide, titleHeight};
        block.cells = {left, top + titleHeight, block.cellWidth * block.perLine, line * lines};
        left += wide + between;
        blocks.push_back(block);
    }
    return top + titleHeight + line * lines;
}

StageGeometry layOut(const std::vector<ArrayShape>& arrays, double width, bool numbers, double stretch) {
    StageGeometry geometry;
    double top = 0;
    double right = 0;
    for (size_t i = 0; i < arrays.size();) {
        const ArrayShape& shape = arrays[i];
        const auto [together, anyMatrix] = sameLines(arrays, i);
        if (together > 1 && anyMatrix && !numbers) {
            top = layOutBeside(arrays, i, together, top, width, stretch, geometry.blocks) + gap;
            right = std::max(right, geometry.blocks.back().cells.right());
            i += together;
            continue;
        }
        ArrayBlock block;
        if (shape.overKeys) {
            size_t end = i;
            while (end < arrays.size() && arrays[end].overKeys && arrays[end].columns == shape.columns)
                ++end;
            block.kind = ArrayBlock::Kind::table;
            block.count = static_cast<int>(end - i);
            block.lines = shape.columns;
            block.perLine = block.count;
            block.words = wordWidth + 16;
            constexpr double widestColumn = 300;
            block.cellWidth = std::min(stretch * widestColumn, (width - block.words) / block.count);
            block.cellHeight = stretch * tableLine;
        } else if (shape.rows == 1) {
            block = strip(shape, width, numbers, stretch);
        } else {
            block = matrix(shape, width, numbers, stretch);
        }
        block.first = static_cast<int>(i);
        block.title = {0, top, width, titleHeight};
        const double cellsWide = block.cellWidth * block.perLine;
        block.cells = {block.words, top + titleHeight + block.columnWords, cellsWide,
                       block.cellHeight * block.lines};
        top = block.cells.bottom() + gap;
        right = std::max(right, block.cells.right());
        i += static_cast<size_t>(block.count);
        geometry.blocks.push_back(block);
    }
    geometry.size = {std::ceil(right), std::ceil(std::max(0.0, top - gap) + 4)};
    return geometry;
}
} // namespace

QRectF ArrayBlock::tableCell(int array, int line) const {
    return {cells.left() + (array - first) * cellWidth, cells.top() + line * cellHeight, cellWidth,
            cellHeight};
}

const ArrayBlock* StageGeometry::blockOf(int array) const {
    for (const ArrayBlock& block : blocks)
        if (array >= block.first && array < block.first + block.count)
            return &block;
    return nullptr;
}

QRectF StageGeometry::rect(const ArrayPlace& place) const {
    const ArrayBlock* block = blockOf(place.array);
    if (!block || place.row < 0 || place.column < 0)
        return {};
    switch (block->kind) {
    case ArrayBlock::Kind::table:
        return place.row == 0 && place.column < block->lines ? block->tableCell(place.array, place.column)
                                                             : QRectF();
    case ArrayBlock::Kind::matrix:
        return place.row < block->lines && place.column < block->perLine
                   ? block->cell(place.row, place.column)
                   : QRectF();
    case ArrayBlock::Kind::strip:
    case ArrayBlock::Kind::stairs:
        break;
    }
    return place.row == 0 && place.column < block->size
               ? block->cell(place.column / block->perLine, place.column % block->perLine)
               : QRectF();
}

std::optional<ArrayPlace> StageGeometry::at(QPointF point) const {
    for (const ArrayBlock& block : blocks) {
        // Words beside the cells of a table or matrix stand for their line.
        const QRectF whole = block.cells.adjusted(-block.words, 0, 0, 0);
        if (!whole.contains(point) || block.cellHeight <= 0 || block.cellWidth <= 0)
            continue;
        const int line =
            std::min(block.lines - 1, static_cast<int>((point.y() - block.cells.top()) / block.cellHeight));
        const int column = std::max(0, static_cast<int>((point.x() - block.cells.left()) / block.cellWidth));
        if (block.kind == ArrayBlock::Kind::table)
            return ArrayPlace{block.first + std::min(column, block.count - 1), 0, line};
        if (column >= block.perLine)
            continue;
        if (block.kind == ArrayBlock::Kind::matrix)
            return ArrayPlace{block.first, line, column};
        const int index = line * block.perLine + column;
        if (index < block.size)
            return ArrayPlace{block.first, 0, index};
    }
    return std::nullopt;
}

StageGeometry layOutArrays(const std::vector<ArrayShape>& arrays, double width, bool numbers, double height) {
    constexpr double mostStretch = 1.7, step = 0.05;
    StageGeometry geometry = layOut(arrays, width, numbers, 1);
    // Words and titles do not grow, so the height is no multiple of the stretch.
    for (double stretch = std::min(mostStretch, height / std::max(1.0, geometry.size.height()));
         stretch > 1 && !numbers; stretch -= step) {
        StageGeometry taller = layOut(arrays, width, numbers, stretch);
        if (taller.size.height() <= height)
            return taller;
    }
    return geometry;
}

} // namespace headlight
