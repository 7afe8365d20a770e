#include "ui/row/truth_words.h"

#include <QCoreApplication>

#include <cmath>

namespace headlight {

namespace {
QString say(const char* text) {
    return QCoreApplication::translate("Truth", text);
}

/// Without a sign.
QString amountText(double amount) {
    constexpr double leastShown = 0.005;
    constexpr double many = 100;
    if (amount != 0 && amount < leastShown)
        return QStringLiteral("≈0");
    return amount == 0 ? QStringLiteral("0") : QString::number(amount, 'f', amount < many ? 2 : 0);
}
} // namespace

QString changeText(double change) {
    const QString amount = amountText(std::abs(change));
    if (amount.size() == 1 || amount.startsWith(QChar(0x2248)))
        return amount;
    return QString(change < 0 ? QChar(0x2212) : QChar(u'+')) + amount;
}

QString sizeText(const std::optional<double>& size) {
    return size ? amountText(*size) : QStringLiteral("–");
}

QString verdictMark(EdgeVerdict verdict) {
    switch (verdict) {
    case EdgeVerdict::asItLooks:
        break;
    case EdgeVerdict::overrated:
        return QStringLiteral("▽");
    case EdgeVerdict::underrated:
        return QStringLiteral("△");
    }
    return {};
}

QString verdictWords(EdgeVerdict verdict) {
    switch (verdict) {
    case EdgeVerdict::asItLooks:
        break;
    case EdgeVerdict::overrated:
        return say("looks important, is not");
    case EdgeVerdict::underrated:
        return say("looks unimportant, is important");
    }
    return {};
}

QString truthInWords(const EdgeTruth& edge) {
    QString text =
        say("value-weighted size %1, gradient × weight %2, change when deleted %3")
            .arg(sizeText(edge.valueSize), changeText(edge.gradientTimesWeight), changeText(edge.change));
    if (edge.verdict != EdgeVerdict::asItLooks)
        text += QStringLiteral("; ") + verdictWords(edge.verdict);
    return text;
}

} // namespace headlight
