#include "ui/paint/edit_words.h"

#include "ui/paint/token_labels.h"

#include <QCoreApplication>

namespace headlight {

namespace {
QString say(const char* text) {
    return QCoreApplication::translate("Edits", text);
}

QString shortNumber(double number) {
    return QString::number(number, 'g', 4);
}

QString tokenName(const EditToken& token) {
    return QStringLiteral("“%1”").arg(QString::fromStdString(token.word));
}

QString words(const SwitchOff& edit) {
    return edit.context == OffContext::zero ? say("switched off")
                                            : say("context replaced by its mean over the sentence");
}

QString words(const ScoreScale& edit) {
    return edit.factor == 1 ? say("scores not scaled") : say("scores × %1").arg(shortNumber(edit.factor));
}

QString words(const Temperature& edit) {
    return say("temperature %1").arg(shortNumber(edit.t));
}

QString words(const NormaliserChoice& edit) {
    switch (edit.normaliser) {
    case NormaliserKind::softmax:
        break;
    case NormaliserKind::sparsemax:
        return say("sparsemax");
    case NormaliserKind::hard:
        return say("hard (the strongest key alone)");
    case NormaliserKind::sampled:
        return say("hard, sampled (seed %1)").arg(edit.seed);
    }
    return say("softmax");
}

QString words(const MaskChoice& edit) {
    switch (edit.mask) {
    case MaskKind::none:
        break;
    case MaskKind::causal:
        return say("causal mask");
    case MaskKind::local:
        return say("local window of %1").arg(edit.window);
    }
    return say("no mask");
}

QString words(const BlockedCell& edit) {
    return say("%1 may not look at %2").arg(tokenName(edit.query), tokenName(edit.key));
}

QString words(const HiddenToken& edit) {
    return say("%1 is hidden").arg(tokenName(edit.key));
}

QString words(const PaintedScore& edit) {
    const QString cell = edit.paint == ScorePaint::set ? say("score of %1 on %2 set to %3")
                                                       : say("score of %1 on %2 changed by %3");
    return cell.arg(tokenName(edit.query), tokenName(edit.key), shortNumber(edit.value));
}

QString words(const TextPattern& edit) {
    constexpr qsizetype longest = 60;
    QString text = QString::fromStdString(edit.text).simplified();
    if (text.size() > longest) // both ends: twins often differ in their last word
        text = text.left(longest / 2).trimmed() + QChar(0x2026) + text.right(longest / 2).trimmed();
    return say("weights of %1 in “%2”").arg(headLabel(edit.from), text);
}

QString words(const BorrowedPattern& edit) {
    return say("weights of %1").arg(headLabel(edit.from));
}

QString words(const PaintedWeight& edit) {
    const QString cell =
        edit.paint == WeightPaint::set ? say("weight of %1 on %2 set to %3") : say("weight of %1 on %2 × %3");
    const QString text = cell.arg(tokenName(edit.query), tokenName(edit.key), shortNumber(edit.value));
    return edit.renormalise ? say("%1, row renormalised").arg(text) : text;
}
} // namespace

QString scopeInWords(const HeadScope& heads) {
    if (!heads.stack)
        return say("all heads");
    if (heads.layer < 0)
        return say("all heads of the %1").arg(QString::fromUtf8(toString(*heads.stack).data()));
    if (heads.head < 0)
        return say("all heads of L%1").arg(heads.layer);
    return headLabel({*heads.stack, heads.layer, heads.head});
}

QString kindInWords(const EditKind& what) {
    return std::visit([](const auto& edit) { return words(edit); }, what);
}

QString editInWords(const Edit& edit) {
    return QStringLiteral("%1 (%2)").arg(kindInWords(edit.what), scopeInWords(edit.heads));
}

} // namespace headlight
