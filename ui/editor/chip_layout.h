#pragma once

#include <QRectF>

#include <vector>

namespace headlight {

/// What the layout has to know of one chip.
struct ChipSize {
    double width = 0;
    int word = -1; ///< pieces of one word share a number; -1: stands alone
};

/// A line under the pieces of one word. A word that is broken over two rows has two.
struct WordBracket {
    double left = 0;
    double right = 0;
    double y = 0;
};

/// Chips from left to right, as many rows as are needed. Pieces of one word stand close together.
struct ChipLayout {
    std::vector<QRectF> chips;
    std::vector<WordBracket> brackets;
    int rows = 1;

    static constexpr double chipHeight = 25;
    static constexpr double rowHeight = 33;
    static constexpr double gap = 6;
    static constexpr double pieceGap = 1;
    /// The chip at this point, or -1.
    int at(QPointF point) const;
};

ChipLayout layOutChips(const std::vector<ChipSize>& sizes, double width);

} // namespace headlight
