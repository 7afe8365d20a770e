#pragma once

#include "ui/theme/theme.h"

#include <QPlainTextEdit>

namespace headlight {

/// The sentence: looks like one line, grows to two, scrolls beyond. What is pasted stays as it is, line
/// breaks included; Return and Tab belong to the window.
class TextEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit TextEditor(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Goes to the text and selects all of it.
    void takeFocus();

    /// Shows another text; the caret stays where it was in what is equal. Undo belongs to the window, not to
    /// this field.
    void showText(const QString& text);

    /// Bytes of the UTF-8 text before the caret.
    size_t caretByte() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
    int heightForLines(int lines) const;

    int m_lines = 1;
};

} // namespace headlight
