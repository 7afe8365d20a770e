#include "ui/formula/formula_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int mostNumberRows = 4;

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

/// Deals the numbers out to `rows` rows; a row leaves room for the leaders of the rows behind it. Returns how
/// far a number strays from its symbol at most, in halves of its width.
double deal(std::vector<Wanted>& wanted, int rows, double gap) {
    for (size_t i = 0; i < wanted.size(); ++i) {
        wanted[i].row = static_cast<int>(i) % rows;
        wanted[i].xs.clear();
    }
    double worst = 0;
    for (int row = 0; row < rows; ++row) {
        std::vector<Interval> intervals;
        std::vector<Wanted*> owners;
        for (Wanted& each : wanted)
            if (each.row >= row) {
                const double wish = each.xs.empty() ? each.centre : each.xs.back();
                intervals.push_back({wish, each.row == row ? each.width : 0, wish});
                owners.push_back(&each);
            }
        spread(intervals, gap);
        for (size_t i = 0; i < owners.size(); ++i) {
            owners[i]->xs.push_back(intervals[i].centre);
            if (owners[i]->row == row)
                worst =
                    std::max(worst, std::abs(intervals[i].centre - owners[i]->centre) * 2 / owners[i]->width);
        }
    }
    return worst;
}

/// Deals to the fewest rows in which every number still reaches under its symbol.
void arrange(std::vector<Wanted>& wanted, double gap) {
    int best = 1;
    double least = 0;
    for (int rows = 1; rows <= mostNumberRows; ++rows) {
        const double strays = deal(wanted, rows, gap);
        if (strays <= 1)
            return;
        if (rows == 1 || strays < least) {
            best = rows;
            least = strays;
        }
    }
    deal(wanted, best, gap);
}

double ruleGap(double em) {
    return std::max(2.0, 0.1 * em);
}
} // namespace

QRectF FormulaLayout::toPixels(const Formula& formula, const QRectF& rect) const {
    const double scale = em / 1000;
    return {formulaRect.left() + (rect.left() - formula.viewBox.left()) * scale,
            formulaRect.top() + (rect.top() - formula.viewBox.top()) * scale, rect.width() * scale,
            rect.height() * scale};
}

FormulaLayout layOutFormula(const Formula& formula, const std::vector<FormulaNumber>& numbers, double em,
                            const QFont& numberFont) {
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
        arrange(wanted, gap);
        const double side = above ? -1 : 1;
        const double edge = above ? layout.formulaRect.top() : layout.formulaRect.bottom();
        const double start = edge + side * (0.12 * em + (hasSpan ? ruleGap(em) : 0));
        const auto rowNear = [&](int row) { return start + side * row * rowHeight; };
        for (const Wanted& each : wanted) {
            PlacedNumber placed{each.symbol->id, each.text, each.symbol->role, {}, {}};
            const double near = rowNear(each.row);
            placed.rect = QRectF(each.xs.back() - each.width / 2, above ? near - rowHeight : near, each.width,
                                 rowHeight);
            const double from = each.anchor + side * (each.symbol->span ? 2 * ruleGap(em) : ruleGap(em));
            const bool isFar = std::abs(near - from) > 0.45 * em;
            const bool strays = std::abs(each.xs.back() - each.centre) > each.width / 4;
            if (isFar || strays || each.row > 0) {
                placed.leader << QPointF(each.centre, from);
                for (int row = 0; row < each.row; ++row) {
                    const double x = each.xs[static_cast<size_t>(row)];
                    placed.leader << QPointF(x, rowNear(row)) << QPointF(x, rowNear(row + 1));
                }
                placed.leader << QPointF(each.xs.back(), near);
            }
            layout.numbers.push_back(placed);
        }
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
