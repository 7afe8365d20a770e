#include "ui/compare/compare_bar.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace headlight {

CompareBar::CompareBar(QWidget* parent)
    : QWidget(parent), m_twin(button("compareTwin", {}, {}, &CompareBar::twinWanted)),
      m_similar(button("compareSimilar", tr("most similar head"),
                       tr("This head against the one whose rows are nearest to its own, on this sentence"),
                       &CompareBar::similarWanted)),
      m_before(button("compareBefore", tr("before my edit"),
                      tr("The model as you changed it (A) against the unchanged one (B)"),
                      &CompareBar::beforeWanted)) {
    setObjectName(QStringLiteral("compareBar"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 5, 16, 5);
    layout->setSpacing(8);
    for (QToolButton* each : {m_twin, m_similar, m_before})
        layout->addWidget(each);
    setTwin(std::nullopt);
    setEdited(false);
}

QToolButton* CompareBar::button(const char* name, const QString& text, const QString& tip,
                                void (CompareBar::*signal)()) {
    auto* result = new QToolButton(this);
    result->setObjectName(QString::fromLatin1(name));
    result->setProperty("preset", true);
    result->setText(text);
    result->setToolTip(tip);
    result->setAccessibleDescription(tip);
    result->setFocusPolicy(Qt::TabFocus);
    connect(result, &QToolButton::clicked, this, signal);
    return result;
}

void CompareBar::setTwin(const std::optional<SentenceTwin>& twin) {
    if (twin) {
        m_twin->setText(
            tr("%1 against %2").arg(QString::fromStdString(twin->word), QString::fromStdString(twin->other)));
        m_twin->setToolTip(tr("The same sentence with “%1” in the place of “%2”")
                               .arg(QString::fromStdString(twin->other), QString::fromStdString(twin->word)));
    } else {
        m_twin->setText(tr("another last word"));
        m_twin->setToolTip(tr("The same sentence; type another last word"));
    }
    m_twin->setAccessibleDescription(m_twin->toolTip());
}

void CompareBar::setHasOtherHeads(bool on) {
    m_similar->setEnabled(on);
}

void CompareBar::setEdited(bool on) {
    m_before->setEnabled(on);
}

} // namespace headlight
