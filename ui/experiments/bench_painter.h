#pragma once

#include "ui/experiments/bench_content.h"
#include "ui/experiments/bench_geometry.h"
#include "ui/formula/formula_library.h"
#include "ui/theme/theme.h"

#include <QPointF>
#include <QStringList>

class QPainter;

namespace headlight {

/// The bench as it is drawn.
struct BenchPicture {
    Theme theme = lightTheme();
    BenchContent content;
    FormulaLibrary* formulas = nullptr;
    BenchGeometry geometry;
    QStringList labels; ///< of the keys
    int key = -1;       ///< selected
    int hoverKey = -1;
    int hoverStrip = -1; ///< under the pointer; -1: none
    int walkedStrip = 0; ///< where the keyboard is
    bool focused = false;

    /// Words from the trace, then the geometry. What is not scrolled away is drawn of `size`.
    void layOut(QSizeF size);
    const BenchRow& rowOf(const BenchStrip& strip) const {
        return content.row(strip.scoreFunction, strip.normaliser);
    }
    /// What the pointer, or the keyboard, is at.
    int shownStrip() const { return hoverStrip >= 0 ? hoverStrip : walkedStrip; }
    int shownKey() const { return hoverKey >= 0 ? hoverKey : key; }
    /// The badge "untrained" of a group as it was last laid out; empty when it has none.
    QRectF badgeRect(const BenchGroup& group) const;
};

void paintBench(QPainter& painter, const BenchPicture& picture);
/// Score and weight of the cell under the pointer, beside it.
void paintBenchCard(QPainter& painter, const BenchPicture& picture);
/// "untrained", as the badge says it.
QString untrainedText(uint64_t seed);
QString recordedText();

} // namespace headlight
