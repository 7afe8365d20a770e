#include "ui/whatif/edit_banner.h"

#include "ui/paint/edit_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace headlight {

EditBanner::EditBanner(EditsState& edits, const TraceStore& store, QWidget* parent)
    : QWidget(parent), m_edits(edits), m_store(store), m_label(new QLabel(this)),
      m_reset(new QToolButton(this)) {
    setObjectName(QStringLiteral("editBanner"));
    setAttribute(Qt::WA_StyledBackground);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_reset->setObjectName(QStringLiteral("editReset"));
    m_reset->setText(tr("Put it back  Ctrl+R"));
    m_reset->setAccessibleName(tr("Put the model back: take all edits away"));
    m_reset->setFocusPolicy(Qt::TabFocus);
    QSizePolicy kept = m_reset->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // the banner is as high without it
    m_reset->setSizePolicy(kept);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 6, 4);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_reset);
    connect(m_reset, &QToolButton::clicked, &m_edits, &EditsState::clear);
    connect(&m_store, &TraceStore::changed, this, &EditBanner::refresh);
    connect(&m_edits, &EditsState::changed, this, &EditBanner::refresh);
    refresh();
}

void EditBanner::setTheme(const Theme& theme) {
    setStyleSheet(QStringLiteral("#editBanner { background: %1; border-radius: 6px; } QLabel { color: %2; }")
                      .arg(theme.palette.warningSoft.name(), theme.palette.text.name()));
}

void EditBanner::keepPlace(bool on) {
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(on);
    setSizePolicy(policy);
}

void EditBanner::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showText();
}

void EditBanner::showText() {
    m_label->setText(m_label->fontMetrics().elidedText(m_text, Qt::ElideRight, m_label->width()));
    m_label->setToolTip(m_label->text() == m_text ? QString() : m_text);
}

void EditBanner::refresh() {
    const Trace* trace = m_store.current().get();
    const bool changed = trace && !trace->edits.empty();
    if (changed) {
        constexpr size_t most = 3;
        QStringList parts;
        for (size_t i = 0; i < trace->edits.size() && i < most; ++i)
            parts << editInWords(trace->edits[i]);
        if (trace->edits.size() > most)
            parts << tr("and %1 more").arg(trace->edits.size() - most);
        const QString sentence =
            tr("What if: %1. The numbers are of the changed model.").arg(parts.join(QStringLiteral(" · ")));
        m_text = sentence;
        setAccessibleName(sentence);
    }
    m_reset->setVisible(!m_edits.edits().empty());
    setVisible(changed);
    layout()->activate();
    showText();
}

} // namespace headlight
