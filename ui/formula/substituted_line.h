#pragma once

#include "ui/theme/role_colours.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace headlight {

struct MathPiece;
using MathLine = std::vector<MathPiece>;

/// One piece of a line of numbers, such as 0.83 = (0.41 × 1.20 + (−0.33) × 0.52 + …) / 5.657. Build them with
/// the functions below.
struct MathPiece {
    enum class Kind {
        number,    ///< text, in the colour of its role; a negative one after an operator gets parentheses
        word,      ///< text as it is: "max", "softmax"
        operation, ///< one of + − × ÷ · = ≈, with space around it; "*" and "-" become × and −
        sum,       ///< parts joined by +; its middle is left out where it does not fit
        fraction,  ///< parts[0] over parts[1]
        root,      ///< the square root of parts[0]
        group      ///< parts[0] in parentheses, after `text` if there is any: exp(…)
    };
    Kind kind = Kind::number;
    QString text;
    SymbolRole role = SymbolRole::neutral;
    std::vector<MathLine> parts;
    int notGiven = 0; ///< sum: terms that the caller left out of the middle of `parts`
};

/// The text of a number for the screen: the sign is U+2212.
MathPiece mathNumber(const QString& text, SymbolRole role = SymbolRole::neutral);
MathPiece mathNumber(double value, int decimals, SymbolRole role = SymbolRole::neutral);
MathPiece mathWord(const QString& text, SymbolRole role = SymbolRole::neutral);
MathPiece mathOperation(const QString& sign);
MathPiece mathSum(std::vector<MathLine> terms, int notGiven = 0);
MathPiece mathFraction(MathLine above, MathLine below);
MathPiece mathRoot(MathLine inside);
MathPiece mathGroup(MathLine inside, const QString& function = {});

/// The line as plain text, for a screen reader and the clipboard; nothing is left out but what was not given.
QString plainText(const MathLine& line, bool afterOperator = false);
/// Whether a piece is one of + − × ÷ ·, after which a negative number gets parentheses.
bool isOperator(const MathPiece& piece);
bool needsParentheses(const MathPiece& piece, bool afterOperator);
/// "… 28 more terms …"
QString omittedTerms(int count);

/// One text or line at its place; the origin is the top left corner of the whole.
struct PlacedMath {
    enum class Kind { text, bar, root, opening, closing };
    Kind kind = Kind::text;
    QString text;
    SymbolRole role = SymbolRole::neutral;
    bool isMuted = false; ///< "… 28 more terms …"
    QRectF rect;          ///< text: its line box; bar: the rule; root: sign and roof; tall parentheses
    double baseline = 0;  ///< of a text
};

struct SubstitutedLayout {
    QSizeF size;
    int rows = 0;
    int leftOut = 0; ///< terms that are not shown, over all sums
    std::vector<PlacedMath> placed;
};

/// Lays a line out in at most `width` pixels. Rows break before operators; where `mostRows` rows do not hold
/// the line, terms in the middle of its sums are left out and counted. If even one term a sum is too much,
/// it takes more rows, and a piece that cannot be broken may be wider.
SubstitutedLayout layOutLine(const MathLine& line, const QFont& font, double width, int mostRows = 2);

void paintLine(QPainter& painter, const SubstitutedLayout& layout, const QFont& font, const Theme& theme,
               QPointF topLeft = {});

} // namespace headlight
