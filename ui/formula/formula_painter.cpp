#include "ui/formula/formula_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int mostNumberRows = 4;
constexpr double lowestLetter = 300; ///< below the baseline: the tail of an index j

/// A number before it has its place; x runs along the drawing.
struct Wanted {
    const FormulaSymbol* symbol = nullptr;
    QString text;
    double centre = 0; ///< of its symbol
    double anchor = 0; ///< y where the symbol ends on the side of the numbers
    double width = 0;
    std::vector<double> xs; ///< its centre in row 0, 1, ...: leader, leader, ..., number
    int row = 0;
};

struct Interval {
    double wish = 0; ///< where its centre would like to be
    double width = 0;
    double centre = 0;
};

/// Moves intervals, in the order given, as little as possible (least squares) until they stand `gap` apart:
/// neighbours that touch become one block, which stands at the mean of what its members wish.
void spread(std::vector<Interval>& intervals, double gap) {
    struct Block {
        size_t first;
        size_t count;
        double wishes; ///< sum over the members of the left end that they wish the block to have
        double width;
        double left() const { return wishes / static_cast<double>(count); }
    };
    std::vector<Block> blocks;
    for (size_t i = 0; i < intervals.size(); ++i) {
        const Interval& each = intervals[i];
        blocks.push_back({i, 1, each.wish - each.width / 2, each.width});
        while (blocks.size() > 1) {
            Block& before = blocks[blocks.size() - 2];
            const Block& last = blocks.back();
            const double offset = before.width + gap;
            if (before.left() + offset <= last.left())
                break;
            before.wishes += last.wishes - offset * static_cast<double>(last.count);
            before.count += last.count;
            before.width = offset + last.width;
            blocks.pop_back();
        }
    }
    for (const Block& block : blocks) {
        double left = block.left();
        for (size_t i = block.first; i < block.first + block.count; ++i) {
            intervals[i].centre = left + intervals[i].width / 2;
            left += intervals[i].width + gap;
        }
    }
}

/// Whether a number of one of the span's parts is there as well.
bool hasPart(const std::vector<Wanted>& wanted, const Wanted& span) {
    for (const Wanted& each : wanted)
        if (each.symbol != span.symbol && span.symbol->bounds.contains(each.symbol->bounds))
            return true;
    return false;
}

/// What numbers may take up: from 0 to `width` stands the formula, all of it shall stay within `room`.
struct Room {
    double gap = 0; ///< between two numbers
    double width = 0;
    double room = 0;
};

/// Places every number in its row; a row leaves room for the leaders of the rows behind it. Returns how far a
/// number strays from its symbol at most, in halves of its width; more than 1 where all of them need more
/// than the room.
double place(std::vector<Wanted>& wanted, const Room& within) {
    double worst = 0;
    int rows = 0;
    for (Wanted& each : wanted) {
        each.xs.clear();
        rows = std::max(rows, each.row + 1);
    }
    for (int row = 0; row < rows; ++row) {
        std::vector<Interval> intervals;
        std::vector<Wanted*> owners;
        for (Wanted& each : wanted)
            if (each.row >= row) {
                const double wish = each.xs.empty() ? each.centre : each.xs.back();
                intervals.push_back({wish, each.row == row ? each.width : 0, wish});
                owners.push_back(&each);
            }
        spread(intervals, within.gap);
        for (size_t i = 0; i < owners.size(); ++i) {
            owners[i]->xs.push_back(intervals[i].centre);
            const double strays = std::abs(intervals[i].centre - owners[i]->centre);
            if (owners[i]->row == row)
                worst = std::max(worst, strays * 2 / owners[i]->width);
        }
    }
    double left = 0, right = within.width;
    for (const Wanted& each : wanted) {
        left = std::min(left, each.xs.back() - each.width / 2);
        right = std::max(right, each.xs.back() + each.width / 2);
    }
    const double beyond = right - left - std::max(within.room, within.width);
    return beyond > 0 ? std::max(worst, 1 + beyond / within.room) : worst;
}

/// Moves numbers to a further row, one by one, until each reaches under its symbol and all are within the
/// room. The number of a span stands behind those of its parts.
void arrange(std::vector<Wanted>& wanted, const Room& within) {
    for (Wanted& each : wanted)
        each.row = each.symbol->span && hasPart(wanted, each) ? 1 : 0;
    double worst = place(wanted, within);
    while (worst > 1) {
        Wanted* best = nullptr;
        double least = worst;
        for (Wanted& each : wanted) {
            if (each.row + 1 >= mostNumberRows)
                continue;
            ++each.row;
            const double strays = place(wanted, within);
            if (strays < least - 1e-6) {
                least = strays;
                best = &each;
            }
            --each.row;
        }
        if (!best)
            break;
        ++best->row;
        worst = least;
    }
    place(wanted, within);
}

/// The lowest ink of the drawing between two places, in pixels from the drawing's top.
double inkBelow(const Formula& formula, double em, double left, double right) {
    const double column = Formula::inkColumn * em / 1000;
    const int last = static_cast<int>(formula.inkBottom.size()) - 1;
    double lowest = formula.viewBox.top();
    for (int i = std::max(0, static_cast<int>(std::floor(left / column)));
         i <= std::min(last, static_cast<int>(std::floor(right / column))); ++i)
        lowest = std::max(lowest, formula.inkBottom[static_cast<size_t>(i)]);
    return (lowest - formula.viewBox.top()) * em / 1000;
}

double ruleGap(double em) {
    return std::max(2.0, 0.1 * em);
}
/// Moves numbers that ink is in the way of by up to `most` pixels where that clears them.
template <typename Clear>
void stepAside(std::vector<Wanted>& wanted, double most, const Clear& isClearAt) {
    for (Wanted& each : wanted) {
        const double x = each.xs.back();
        if (isClearAt(each, x))
            continue;
        for (const double by : {0.5, -0.5, 1.0, -1.0})
            if (isClearAt(each, x + by * most)) {
                each.xs.back() = x + by * most;
                break;
            }
    }
}

/// Gives the numbers of one side their heights and leaders. Below, a number stands right under the line of
/// letters where no ink is in its way, else under the whole drawing; if they take several rows, all do as
/// one.
void placeSide(FormulaLayout& layout, const Formula& formula, std::vector<Wanted>& wanted, bool above,
               double rowHeight, double between, double forRules) {
    const double em = layout.em;
    const double side = above ? -1 : 1;
    const double edge = above ? layout.formulaRect.top() : layout.formulaRect.bottom();
    const double gap = (above ? 0.2 : 0.12) * em + forRules;
    const double line = std::min(edge, (lowestLetter - formula.viewBox.top()) * em / 1000);
    const auto isClearAt = [&](const Wanted& each, double x) {
        const double half = each.width / 2 + 1;
        return !above && inkBelow(formula, em, x - half, x + half) <= line + gap + each.row * rowHeight;
    };
    const auto isClear = [&](const Wanted& each) { return isClearAt(each, each.xs.back()); };
    const bool oneRow = std::all_of(wanted.begin(), wanted.end(), [](const Wanted& w) { return w.row == 0; });
    if (oneRow && !above)
        stepAside(wanted, 0.35 * between, isClearAt);
    const bool allClear = std::all_of(wanted.begin(), wanted.end(), isClear);
    for (const Wanted& each : wanted) {
        const double start = allClear || (oneRow && isClear(each)) ? line + gap : edge + side * gap;
        const auto rowNear = [&](int row) { return start + side * row * rowHeight; };
        PlacedNumber placed{each.symbol->id, each.text, each.symbol->role, {}, {}};
        const double near = rowNear(each.row);
        const double x = each.xs.back();
        placed.rect = QRectF(x - each.width / 2, above ? near - rowHeight : near, each.width, rowHeight);
        double from = each.anchor + side * ruleGap(em);
        for (const Wanted& other : wanted)
            if (other.symbol->span && other.symbol->bounds.contains(each.symbol->bounds))
                from = side * std::max(side * from, side * (other.anchor + side * 2 * ruleGap(em)));
        const bool isFar = std::abs(near - from) > 0.55 * em;
        if (isFar || each.row > 0 || std::abs(x - each.centre) > each.width / 2) {
            const double reach = each.symbol->bounds.width() * em / 2000;
            placed.leader << QPointF(std::clamp(each.xs.front(), each.centre - reach, each.centre + reach),
                                     from);
            for (int row = 0; row < each.row; ++row) {
                const double passing = each.xs[static_cast<size_t>(row)];
                placed.leader << QPointF(passing, rowNear(row)) << QPointF(passing, rowNear(row + 1));
            }
            placed.leader << QPointF(x, near);
        }
        layout.numbers.push_back(placed);
    }
}
} // namespace

QRectF FormulaLayout::toPixels(const Formula& formula, const QRectF& rect) const {
    const double scale = em / 1000;
    return {formulaRect.left() + (rect.left() - formula.viewBox.left()) * scale,
            formulaRect.top() + (rect.top() - formula.viewBox.top()) * scale, rect.width() * scale,
            rect.height() * scale};
}

FormulaLayout layOutFormula(const Formula& formula, const std::vector<FormulaNumber>& numbers, double em,
                            const QFont& numberFont, double room) {
    FormulaLayout layout;
    layout.em = em;
    layout.numberFont = numberFont;
    if (formula.empty())
        return layout;
    layout.formulaRect = QRectF(QPointF(0, 0), formula.viewBox.size() * em / 1000);
    const QFontMetricsF metrics(numberFont);
    const double gap = 1.2 * metrics.horizontalAdvance(QLatin1Char('0'));
    const double rowHeight = metrics.ascent() + metrics.descent();
    for (const bool above : {true, false}) {
        std::vector<Wanted> wanted;
        bool hasSpan = false;
        for (const FormulaNumber& number : numbers) {
            const FormulaSymbol* symbol = formula.symbol(number.symbol);
            if (!symbol || symbol->isAbove != above || number.text.isEmpty())
                continue;
            const QRectF ink = layout.toPixels(formula, symbol->bounds);
            wanted.push_back({symbol,
                              number.text,
                              ink.center().x(),
                              above ? ink.top() : ink.bottom(),
                              metrics.horizontalAdvance(number.text),
                              {},
                              0});
            hasSpan = hasSpan || symbol->span;
        }
        if (wanted.empty())
            continue;
        std::stable_sort(wanted.begin(), wanted.end(),
                         [](const Wanted& a, const Wanted& b) { return a.centre < b.centre; });
        arrange(wanted, {gap, layout.formulaRect.width(), room});
        placeSide(layout, formula, wanted, above, rowHeight, gap, hasSpan ? ruleGap(em) : 0);
    }
    QRectF all = layout.formulaRect;
    for (const PlacedNumber& each : layout.numbers)
        all |= each.rect;
    const QPointF shift = -all.topLeft();
    layout.formulaRect.translate(shift);
    for (PlacedNumber& each : layout.numbers) {
        each.rect.translate(shift);
        each.leader.translate(shift);
    }
    layout.size = all.size();
    return layout;
}

void paintFormula(QPainter& painter, const Formula& formula, const FormulaLayout& layout, const Theme& theme,
                  const QString& marked) {
    if (formula.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (const FormulaSymbol* symbol = formula.symbol(marked)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.palette.accentSoft);
        painter.drawRoundedRect(layout.toPixels(formula, symbol->bounds).adjusted(-3, -3, 3, 3), 4, 4);
        for (const PlacedNumber& each : layout.numbers)
            if (each.symbol == marked)
                painter.drawRoundedRect(each.rect.adjusted(-3, 0, 3, 0), 4, 4);
    }
    formula.drawing->render(&painter, layout.formulaRect);
    painter.setFont(layout.numberFont);
    const double ascent = QFontMetricsF(layout.numberFont).ascent();
    for (const PlacedNumber& each : layout.numbers) {
        const FormulaSymbol* symbol = formula.symbol(each.symbol);
        const QColor colour = roleColour(each.role, theme);
        if (symbol && symbol->span) {
            const QRectF ink = layout.toPixels(formula, symbol->bounds);
            const double y =
                symbol->isAbove ? ink.top() - ruleGap(layout.em) : ink.bottom() + ruleGap(layout.em);
            painter.setPen(QPen(colour, 1));
            painter.drawLine(QPointF(ink.left(), y), QPointF(ink.right(), y));
        }
        if (!each.leader.isEmpty()) {
            QColor line = theme.palette.mutedText;
            line.setAlphaF(0.6F);
            painter.setPen(QPen(line, 1));
            painter.drawPolyline(each.leader);
        }
        painter.setPen(colour);
        painter.drawText(QPointF(each.rect.left(), each.rect.top() + ascent), each.text);
    }
    painter.restore();
}

const FormulaSymbol* symbolAt(const Formula& formula, const FormulaLayout& layout, QPointF point) {
    const FormulaSymbol* best = nullptr;
    double smallest = 0;
    for (const FormulaSymbol& each : formula.symbols) {
        const QRectF ink = layout.toPixels(formula, each.bounds);
        const double area = ink.width() * ink.height();
        if (ink.adjusted(-1, -2, 1, 2).contains(point) && (!best || area < smallest)) {
            best = &each;
            smallest = area;
        }
    }
    if (best)
        return best;
    for (const PlacedNumber& each : layout.numbers)
        if (each.rect.adjusted(-2, 0, 2, 0).contains(point))
            return formula.symbol(each.symbol);
    return nullptr;
}

} // namespace headlight
