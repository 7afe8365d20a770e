#include "ui/notice/notice_strip.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <string_view>

namespace headlight {

namespace {
qlonglong charactersFrom(std::string_view text, size_t byte) {
    const std::string_view rest = text.substr(std::min(byte, text.size()));
    return std::count_if(rest.begin(), rest.end(),
                         [](char letter) { return (static_cast<unsigned char>(letter) & 0xc0U) != 0x80U; });
}
} // namespace

NoticeStrip::NoticeStrip(QWidget* parent) : QLabel(parent) {
    setObjectName(QStringLiteral("notice"));
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setContentsMargins(12, 6, 12, 6);
    hide();
}

void NoticeStrip::setTheme(const Theme& theme) {
    m_palette = theme.palette;
    refresh();
}

void NoticeStrip::setError(const QString& sentence) {
    if (sentence == m_error)
        return;
    m_error = sentence;
    refresh();
}

void NoticeStrip::setRemark(const QString& sentence) {
    if (sentence == m_remark)
        return;
    m_remark = sentence;
    refresh();
}

void NoticeStrip::setMessage(const QString& sentence) {
    if (sentence == m_message)
        return;
    m_message = sentence;
    refresh();
}

void NoticeStrip::setHint(const QString& sentence) {
    if (sentence == m_hint)
        return;
    m_hint = sentence;
    refresh();
}

void NoticeStrip::refresh() {
    const bool isError = !m_error.isEmpty();
    QString sentence = m_hint;
    for (const QString& stronger : {m_message, m_remark, m_error})
        if (!stronger.isEmpty())
            sentence = stronger;
    setText(sentence);
    setAccessibleName(isError ? tr("Problem: %1").arg(sentence) : sentence);
    const QColor ground = isError ? m_palette.warningSoft : m_palette.accentSoft;
    const QColor ink = isError ? m_palette.warning : m_palette.text;
    setStyleSheet(
        QStringLiteral("background: %1; color: %2; border-radius: 6px;").arg(ground.name(), ink.name()));
    setVisible(!sentence.isEmpty());
}

QString unreadRemark(const Trace& trace) {
    if (!trace.encoding.truncated)
        return {};
    const qlonglong unread = charactersFrom(trace.text, trace.encoding.bytesRead) +
                             charactersFrom(trace.pairText, trace.encoding.pairBytesRead);
    const QLocale locale(QLocale::English);
    return QCoreApplication::translate("NoticeStrip",
                                       "Read the first %1 tokens; the last %2 characters are not read.")
        .arg(locale.toString(static_cast<qlonglong>(trace.tokens().size())), locale.toString(unread));
}

} // namespace headlight
