#pragma once

#include "ui/formula/formula_library.h"

#include <QFont>
#include <QPolygonF>

#include <optional>

class QPainter;

namespace headlight {

/// A short text to stand under (or above) a symbol: {"s", "0.83"}.
struct FormulaNumber {
    QString symbol;
    QString text;
};

/// A number at its place.
struct PlacedNumber {
    QString symbol;
    QString text;
    SymbolRole role = SymbolRole::neutral;
    QRectF rect;      ///< of the text
    QPolygonF leader; ///< from the symbol to the number where it stands apart; else empty
};

/// Where everything of one formula stands: plain geometry. The origin is the top left corner.
struct FormulaLayout {
    QSizeF size;        ///< formula and numbers
    QRectF formulaRect; ///< of the drawing
    double em = 0;      ///< pixels
    QFont numberFont;
    std::vector<PlacedNumber> numbers;

    /// From the units of the drawing to pixels.
    QRectF toPixels(const Formula& formula, const QRectF& rect) const;
};

/// Places a formula whose letters are `em` pixels high with its numbers. No two numbers overlap: they move
/// apart, or take a second and third row, and a thin line then leads to them; so they do rather than leave
/// the `room` (pixels) that formula and numbers have. Numbers of symbols that the formula does not have are
/// left out.
FormulaLayout layOutFormula(const Formula& formula, const std::vector<FormulaNumber>& numbers, double em,
                            const QFont& numberFont, double room = 1e6);

/// Draws the formula, its numbers in the colours of their symbols, and a soft ground behind the symbol
/// `marked`.
void paintFormula(QPainter& painter, const Formula& formula, const FormulaLayout& layout, const Theme& theme,
                  const QString& marked = {});

/// The smallest symbol at a point, or the one whose number is there.
const FormulaSymbol* symbolAt(const Formula& formula, const FormulaLayout& layout, QPointF point);

} // namespace headlight
