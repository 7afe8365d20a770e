#include "ui/formula/substituted_line.h"

#include <QCoreApplication>

#include <array>

namespace headlight {

namespace {
const QChar minusSign(0x2212);
const QChar timesSign(0x00d7);

QString withMinusSign(QString text) {
    if (text.startsWith(QLatin1Char('-')))
        text[0] = minusSign;
    return text;
}

QString plainSum(const MathPiece& sum) {
    QString text;
    const size_t head = (sum.parts.size() + 1) / 2;
    for (size_t i = 0; i < sum.parts.size(); ++i) {
        if (i > 0)
            text += QLatin1String(" + ");
        if (i == head && sum.notGiven > 0)
            text += omittedTerms(sum.notGiven) + QLatin1String(" + ");
        text += plainText(sum.parts[i], i > 0);
    }
    if (sum.notGiven > 0 && head >= sum.parts.size())
        text += (sum.parts.empty() ? QString() : QStringLiteral(" + ")) + omittedTerms(sum.notGiven);
    return text;
}

QString plainPart(const MathPiece& piece, size_t part) {
    return part < piece.parts.size() ? plainText(piece.parts[part]) : QString();
}
} // namespace

MathPiece mathNumber(const QString& text, SymbolRole role) {
    return {MathPiece::Kind::number, withMinusSign(text), role, {}, 0};
}

MathPiece mathNumber(double value, int decimals, SymbolRole role) {
    return mathNumber(QString::number(value, 'f', decimals), role);
}

MathPiece mathWord(const QString& text, SymbolRole role) {
    return {MathPiece::Kind::word, text, role, {}, 0};
}

MathPiece mathOperation(const QString& sign) {
    QString text = withMinusSign(sign);
    if (text == QLatin1String("*"))
        text = timesSign;
    return {MathPiece::Kind::operation, text, SymbolRole::neutral, {}, 0};
}

MathPiece mathSum(std::vector<MathLine> terms, int notGiven) {
    return {MathPiece::Kind::sum, {}, SymbolRole::neutral, std::move(terms), notGiven};
}

MathPiece mathFraction(MathLine above, MathLine below) {
    return {MathPiece::Kind::fraction, {}, SymbolRole::neutral, {std::move(above), std::move(below)}, 0};
}

MathPiece mathRoot(MathLine inside) {
    return {MathPiece::Kind::root, {}, SymbolRole::neutral, {std::move(inside)}, 0};
}

MathPiece mathGroup(MathLine inside, const QString& function) {
    return {MathPiece::Kind::group, function, SymbolRole::neutral, {std::move(inside)}, 0};
}

bool needsParentheses(const MathPiece& piece, bool afterOperator) {
    return afterOperator && piece.kind == MathPiece::Kind::number && piece.text.startsWith(minusSign);
}

bool isOperator(const MathPiece& piece) {
    constexpr std::array<char16_t, 5> operators{u'+', 0x2212, 0x00d7, 0x00f7, 0x00b7};
    if (piece.kind != MathPiece::Kind::operation || piece.text.size() != 1)
        return false;
    for (const char16_t each : operators)
        if (piece.text[0] == QChar(each))
            return true;
    return false;
}

QString omittedTerms(int count) {
    return count == 1 ? QCoreApplication::translate("Formulas", "… 1 more term …")
                      : QCoreApplication::translate("Formulas", "… %1 more terms …").arg(count);
}

QString plainText(const MathLine& line, bool afterOperator) {
    QString text;
    for (const MathPiece& piece : line) {
        switch (piece.kind) {
        case MathPiece::Kind::number:
            text += needsParentheses(piece, afterOperator) ? QLatin1Char('(') + piece.text + QLatin1Char(')')
                                                           : piece.text;
            break;
        case MathPiece::Kind::word:
            text += piece.text;
            break;
        case MathPiece::Kind::operation:
            text += QLatin1Char(' ') + piece.text + QLatin1Char(' ');
            break;
        case MathPiece::Kind::sum:
            text += plainSum(piece);
            break;
        case MathPiece::Kind::fraction:
            text += QStringLiteral("(%1) / (%2)").arg(plainPart(piece, 0), plainPart(piece, 1));
            break;
        case MathPiece::Kind::root:
            text += QStringLiteral("√(%1)").arg(plainPart(piece, 0));
            break;
        case MathPiece::Kind::group:
            text += QStringLiteral("%1(%2)").arg(piece.text, plainPart(piece, 0));
            break;
        }
        afterOperator = isOperator(piece);
    }
    return text;
}

} // namespace headlight
