#include "ui/paint/token_labels.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace headlight {

QString tokenLabel(const Trace& trace, const Token& token) {
    QString label = QString::fromStdString(trace.spelling(token));
    for (QChar& letter : label) {
        if (letter == QLatin1Char('\n') || letter == QLatin1Char('\r'))
            letter = QChar(0x21b5);
        else if (letter == QLatin1Char('\t'))
            letter = QChar(0x21e5);
        else if (letter.category() == QChar::Other_Control)
            letter = QChar(0xfffd);
    }
    return label;
}

QString tokenLabel(const Trace& trace, int index) {
    if (index < 0 || static_cast<size_t>(index) >= trace.tokens().size())
        return {};
    return tokenLabel(trace, trace.tokens()[static_cast<size_t>(index)]);
}

QString tokenLabel(const Trace& trace, const ShownToken& token) {
    const auto tokens = static_cast<int>(trace.tokens().size());
    if (token.first == token.last || token.first < 0 || token.last >= tokens)
        return tokenLabel(trace, token.first);
    Token whole = trace.tokens()[static_cast<size_t>(token.first)];
    if (!whole.bytes.empty())
        whole.bytes.end =
            std::max(whole.bytes.end, trace.tokens()[static_cast<size_t>(token.last)].bytes.end);
    return tokenLabel(trace, whole);
}

QString elidedBefore(const QString& text, const QString& ending, const QFontMetricsF& metrics, double width) {
    if (ending.isEmpty() || !text.endsWith(ending))
        return metrics.elidedText(text, Qt::ElideRight, width);
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const double room = std::max(metrics.horizontalAdvance(QChar(0x2026)), // a bare sign, if need be
                                 width - metrics.horizontalAdvance(ending));
    return metrics.elidedText(text.chopped(ending.size()), Qt::ElideRight, room) + ending;
}

QString headLabel(const HeadAddress& head) {
    return QStringLiteral("L%1 H%2").arg(head.layer).arg(head.head);
}

QString scoreText(std::optional<float> score) {
    if (!score)
        return QStringLiteral("–");
    if (std::isinf(*score) && *score < 0)
        return QCoreApplication::translate("TokenLabels", "masked");
    // A real minus sign is as wide as a digit.
    return QString::number(static_cast<double>(*score), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
}

QString weightText(float weight) {
    if (weight > 0 && weight < 0.0005F)
        return QStringLiteral("<0.001");
    if (weight < 1 && weight >= 0.9995F)
        return QStringLiteral(">0.999");
    return QString::number(static_cast<double>(weight), 'f', 3);
}

QString exactWeightText(float weight) {
    std::array<char, 32> text{};
    char* const end = std::to_chars(text.data(), text.data() + text.size(), weight).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

QString ordinal(int number) {
    const int last = number % 10;
    const bool teen = number % 100 / 10 == 1;
    const char* ending = teen || last == 0 || last > 3 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
    return QString::number(number) + QLatin1String(ending);
}

} // namespace headlight
