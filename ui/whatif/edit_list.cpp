#include "ui/whatif/edit_list.h"

#include "ui/paint/edit_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headlight {

EditList::EditList(EditsState& edits, QWidget* parent)
    : QWidget(parent), m_edits(edits), m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("editList"));
    setAccessibleName(tr("Edits"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    connect(&m_edits, &EditsState::changed, this, &EditList::refresh);
    refresh();
}

void EditList::refresh() {
    QStringList lines;
    for (const Edit& edit : m_edits.edits())
        lines << (isDormant(edit) ? tr("%1: not in this text").arg(editInWords(edit)) : editInWords(edit));
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the button that was just clicked
        item->widget()->hide();
        delete item;
    }
    for (qsizetype i = 0; i < lines.size(); ++i) {
        auto* line = new QWidget(this);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        auto* remove = new QToolButton(line);
        remove->setObjectName(QStringLiteral("removeEdit"));
        remove->setText(QStringLiteral("×"));
        remove->setToolTip(tr("Take this edit away"));
        remove->setAccessibleName(tr("Take away: %1").arg(lines[i]));
        remove->setFocusPolicy(Qt::TabFocus);
        auto* label = new QLabel(lines[i], line);
        label->setTextFormat(Qt::PlainText);
        label->setEnabled(!isDormant(m_edits.edits()[static_cast<size_t>(i)]));
        layout->addWidget(remove);
        layout->addWidget(label, 1);
        connect(remove, &QToolButton::clicked, this, [this, i] { m_edits.removeAt(static_cast<size_t>(i)); });
        m_layout->addWidget(line);
    }
    setVisible(!lines.isEmpty());
}

} // namespace headlight
