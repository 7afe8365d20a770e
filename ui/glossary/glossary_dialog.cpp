#include "ui/glossary/glossary_dialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTextBrowser>

#include <algorithm>

namespace headlight {

GlossaryDialog::GlossaryDialog(QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit(this)), m_words(new QListWidget(this)),
      m_text(new QTextBrowser(this)) {
    setObjectName(QStringLiteral("glossary"));
    setWindowTitle(tr("Words used here"));
    m_search->setObjectName(QStringLiteral("glossarySearch"));
    m_search->setAccessibleName(tr("Search the words"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_words->setObjectName(QStringLiteral("glossaryWords"));
    m_words->setAccessibleName(tr("Words used here"));
    m_text->setObjectName(QStringLiteral("glossaryText"));
    m_text->setAccessibleName(tr("What the word means"));
    m_text->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    for (QAbstractButton* button : buttons->buttons())
        static_cast<QPushButton*>(button)->setAutoDefault(false); // Enter in the search closes nothing
    connect(m_search, &QLineEdit::textChanged, this, [this] { fill(); });
    connect(m_words, &QListWidget::currentRowChanged, this, &GlossaryDialog::explain);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setHorizontalSpacing(20);
    layout->setVerticalSpacing(10);
    layout->addWidget(m_search, 0, 0);
    layout->addWidget(m_words, 1, 0);
    layout->addWidget(m_text, 0, 1, 2, 1);
    layout->addWidget(buttons, 2, 0, 1, 2);
    layout->setColumnStretch(1, 1);
    m_words->setFixedWidth(190);
    m_search->setFixedWidth(190);
    resize(700, 530);
    fill();
    m_search->setFocus();
}

void GlossaryDialog::setTheme(const Theme& theme) {
    m_theme = theme;
    explain();
}

void GlossaryDialog::choose(const QString& id) {
    m_search->clear();
    fill(id);
}

void GlossaryDialog::fill(const QString& id) {
    m_found = searchGlossary(m_search->text());
    m_words->clear();
    for (const GlossaryTerm& term : m_found)
        m_words->addItem(term.word);
    const auto chosen =
        std::find_if(m_found.begin(), m_found.end(), [&](const GlossaryTerm& term) { return term.id == id; });
    m_words->setCurrentRow(chosen == m_found.end() ? 0 : static_cast<int>(chosen - m_found.begin()));
    explain();
}

void GlossaryDialog::explain() {
    const int row = m_words->currentRow();
    if (row < 0 || static_cast<size_t>(row) >= m_found.size()) {
        m_text->setPlainText(tr("No word here has “%1”.").arg(m_search->text()));
        return;
    }
    const GlossaryTerm& term = m_found[static_cast<size_t>(row)];
    QString html =
        QStringLiteral("<h2>%1</h2><p>%2</p>").arg(term.word.toHtmlEscaped(), term.says.toHtmlEscaped());
    if (!term.formula.isEmpty())
        html += QStringLiteral("<p><b>%1</b></p>").arg(term.formula.toHtmlEscaped());
    html += QStringLiteral("<p style=\"color:%1\">%2 %3</p>")
                .arg(m_theme.palette.mutedText.name(), tr("Seen here:").toHtmlEscaped(),
                     term.where.toHtmlEscaped());
    m_text->setHtml(html);
}

/// While one types in the search, Up and Down walk through what was found.
bool GlossaryDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QApplication::sendEvent(m_words, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace headlight
