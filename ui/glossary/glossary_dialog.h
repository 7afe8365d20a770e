#pragma once

#include "ui/glossary/glossary.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace headlight {

/// The words of the window as a window of its own: a search, the words, and what the chosen one means. It may
/// stay open while one works. Typing searches, Up and Down walk through the words.
class GlossaryDialog : public QDialog {
    Q_OBJECT
public:
    explicit GlossaryDialog(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shows all words, and this one chosen.
    void choose(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(const QString& id = {});
    void explain();

    QLineEdit* m_search;
    QListWidget* m_words;
    QTextBrowser* m_text;
    std::vector<GlossaryTerm> m_found;
    Theme m_theme = lightTheme();
};

} // namespace headlight
