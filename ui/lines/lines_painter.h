#pragma once

#include "ui/lines/lines_picture.h"

class QPainter;

namespace headlight {

/// Everything but the card under the pointer: legend, words, lines, bars, notes.
void paintLines(QPainter& painter, const LinesPicture& picture);
/// The card with the exact weight of each head for the pair under the pointer.
void paintLinesCard(QPainter& painter, const LinesPicture& picture, QSizeF size);

/// What that card says; empty without a pair.
struct LinesCard {
    QString pair; ///< "it → animal"
    struct Weight {
        QString head;
        QString weight; ///< every digit of the float
        QColor colour;
    };
    std::vector<Weight> weights; ///< the selected head first
    QString remark;              ///< "weights of the pieces, summed"
};
/// Of a query and a key, by their places.
LinesCard linesCard(const LinesPicture& picture, int row, int column);

} // namespace headlight
