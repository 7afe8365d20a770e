#include "ui/editor/text_editor.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int sideMargin = 10;
constexpr int lineMargin = 7;
constexpr int mostLines = 2;
// A longer paragraph is not wrapped word by word but at any letter: laying it out costs a tenth.
constexpr int longText = 4000;
} // namespace

TextEditor::TextEditor(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("editor"));
    setAccessibleName(tr("Text to read"));
    setAccessibleDescription(tr("What you type here is read by the model with each key."));
    setPlaceholderText(tr("Type a sentence"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    setUndoRedoEnabled(false);
    // Margins of the viewport, not of the document: a third line does not peep out below the second.
    setViewportMargins(sideMargin, lineMargin, sideMargin, lineMargin);
    viewport()->setAutoFillBackground(false);
    connect(document(), &QTextDocument::contentsChanged, this, &TextEditor::fitHeight);
}

void TextEditor::setTheme(const Theme& theme) {
    setFont(theme.editor);
    fitHeight();
}

void TextEditor::takeFocus() {
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void TextEditor::showText(const QString& text) {
    const QString before = toPlainText();
    const qsizetype shorter = std::min(before.size(), text.size());
    qsizetype begin = 0;
    while (begin < shorter && before[begin] == text[begin])
        ++begin;
    if (begin > 0 && begin < text.size() && text[begin].isLowSurrogate())
        --begin; // never half a character
    qsizetype end = 0;
    while (end < shorter - begin && before[before.size() - 1 - end] == text[text.size() - 1 - end])
        ++end;
    if (end > 0 && text[text.size() - end].isLowSurrogate())
        --end;
    if (before.size() == text.size() && begin == text.size())
        return;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(begin));
    cursor.setPosition(static_cast<int>(before.size() - end), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(begin, text.size() - end - begin));
}

size_t TextEditor::caretByte() const {
    return static_cast<size_t>(toPlainText().left(textCursor().position()).toUtf8().size());
}

int TextEditor::heightForLines(int lines) const {
    const double line = QFontMetricsF(font()).lineSpacing();
    // 4: the frame of the style sheet, 2 pixels on each side.
    return static_cast<int>(std::ceil(line * lines + 2 * lineMargin)) + 4;
}

QSize TextEditor::sizeHint() const {
    return {400, heightForLines(m_lines)};
}

QSize TextEditor::minimumSizeHint() const {
    return {160, heightForLines(m_lines)};
}

bool TextEditor::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore(); // the window's
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void TextEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void TextEditor::insertFromMimeData(const QMimeData* source) {
    insertPlainText(source->text());
}

void TextEditor::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void TextEditor::fitHeight() {
    const bool isLong = document()->characterCount() > longText;
    const QTextOption::WrapMode mode =
        isLong ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere;
    if (wordWrapMode() != mode)
        setWordWrapMode(mode);
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < mostLines; block = block.next()) {
        document()->documentLayout()->blockBoundingRect(
            block); // lays the block out if that is still to be done
        lines += std::max(1, block.layout()->lineCount());
    }
    lines = std::clamp(lines, 1, mostLines);
    if (lines == m_lines && height() == heightForLines(lines))
        return;
    m_lines = lines;
    setFixedHeight(heightForLines(lines));
    setVerticalScrollBarPolicy(lines == mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (lines < mostLines)
        verticalScrollBar()->setValue(0);
}

} // namespace headlight
