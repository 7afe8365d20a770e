#include "ui/editor/chip_layout.h"

namespace headlight {

int ChipLayout::at(QPointF point) const {
    for (size_t i = 0; i < chips.size(); ++i)
        if (chips[i].adjusted(-pieceGap / 2, 0, pieceGap / 2, 0).contains(point))
            return static_cast<int>(i);
    return -1;
}

ChipLayout layOutChips(const std::vector<ChipSize>& sizes, double width) {
    ChipLayout layout;
    double x = 0;
    double y = 2;
    for (size_t i = 0; i < sizes.size(); ++i) {
        const bool joined = i > 0 && sizes[i].word >= 0 && sizes[i].word == sizes[i - 1].word;
        if (i > 0)
            x += joined ? ChipLayout::pieceGap : ChipLayout::gap;
        if (x > 0 && x + sizes[i].width > width) {
            x = 0;
            y += ChipLayout::rowHeight;
            ++layout.rows;
        }
        const QRectF chip(x, y, sizes[i].width, ChipLayout::chipHeight);
        if (joined) {
            const double line = chip.bottom() + 3;
            const QRectF& before = layout.chips.back();
            const bool sameRow = before.top() == chip.top();
            const bool continued = sameRow && !layout.brackets.empty() && layout.brackets.back().y == line &&
                                   layout.brackets.back().right == before.right();
            if (continued)
                layout.brackets.back().right = chip.right();
            else
                layout.brackets.push_back({sameRow ? before.left() : chip.left(), chip.right(), line});
        }
        layout.chips.push_back(chip);
        x += sizes[i].width;
    }
    return layout;
}

} // namespace headlight
