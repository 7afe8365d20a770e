#include "ui/whatif/edit_list.h"

#include "engine/edits/resolve.h"
#include "ui/paint/edit_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlight {

EditList::EditList(EditsState& edits, const TraceStore& store, QWidget* parent)
    : QWidget(parent), m_edits(edits), m_store(store), m_inner(new QWidget),
      m_layout(new QVBoxLayout(m_inner)), m_scroll(new QScrollArea(this)) {
    setObjectName(QStringLiteral("editList"));
    setAccessibleName(tr("Edits"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    m_inner->setObjectName(QStringLiteral("editLines"));
    m_scroll->setWidget(m_inner);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
    connect(&m_edits, &EditsState::changed, this, &EditList::refresh);
    refresh();
}

QString EditList::reason(const Edit& edit) const {
    if (isDormant(edit))
        return tr("not in this text");
    const auto& trace = m_store.current();
    if (trace && !hasHeads(headsOf(trace->shape), edit.heads))
        return tr("this model has no such head");
    if (trace && resolve({edit}, trace->tokens(), headsOf(trace->shape)).edits.empty())
        return std::holds_alternative<BorrowedPattern>(edit.what) ? tr("that head is computed later")
                                                                  : tr("behind the last token that was read");
    const auto ofThisTrace = [&](const std::string& unused) {
        return std::holds_alternative<TextPattern>(edit.what) && unused.starts_with(TextPattern::kind);
    };
    if (trace && std::find(trace->edits.begin(), trace->edits.end(), edit) == trace->edits.end() &&
        std::any_of(trace->unusedEdits.begin(), trace->unusedEdits.end(), ofThisTrace))
        return tr("that sentence has another number of tokens");
    return {};
}

void EditList::refresh() {
    QStringList lines;
    std::vector<bool> fits;
    for (const Edit& edit : m_edits.edits()) {
        const QString why = reason(edit);
        fits.push_back(why.isEmpty());
        lines << (why.isEmpty() ? editInWords(edit) : tr("%1: %2").arg(editInWords(edit), why));
    }
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the button that was just clicked
        item->widget()->hide();
        delete item;
    }
    for (qsizetype i = 0; i < lines.size(); ++i) {
        auto* line = new QWidget(m_inner);
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
        label->setEnabled(fits[static_cast<size_t>(i)]);
        layout->addWidget(remove);
        layout->addWidget(label, 1);
        connect(remove, &QToolButton::clicked, this, [this, i] { m_edits.removeAt(static_cast<size_t>(i)); });
        m_layout->addWidget(line);
    }
    constexpr int mostLines = 3;
    const int lineHeight = m_inner->fontMetrics().height() + 10;
    m_scroll->setFixedHeight(lineHeight * std::min(mostLines, static_cast<int>(lines.size())) + 2);
    // One that is made is named, with its way back, by the banner over the numbers.
    const bool allFit = std::all_of(fits.begin(), fits.end(), [](bool fit) { return fit; });
    setVisible(lines.size() > 1 || !allFit);
}

} // namespace headlight
