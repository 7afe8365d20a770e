#include "ui/viewbar/segments.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace headlight {

namespace {
constexpr int ring = 2; // room for the frame of the focus
}

Segments::Segments(const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this)) {
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::TabFocus);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(ring, ring, ring, ring);
    layout->setSpacing(0);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::chosen);
}

void Segments::add(int id, const QString& text, const QString& toolTip) {
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("switch"));
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(accessibleName() + QStringLiteral(": ") + text);
    button->setAccessibleDescription(toolTip);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::NoFocus);
    m_group->addButton(button, id);
    layout()->addWidget(button);
    if (m_group->buttons().size() == 1)
        button->setChecked(true);
}

void Segments::setCurrent(int id) {
    if (QAbstractButton* button = m_group->button(id))
        button->setChecked(true);
    if (m_group->checkedButton())
        setAccessibleDescription(m_group->checkedButton()->text());
}

int Segments::current() const {
    return m_group->checkedId();
}

void Segments::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const QList<QAbstractButton*> buttons = m_group->buttons();
    const auto next = m_group->checkedButton() ? buttons.indexOf(m_group->checkedButton()) + step : 0;
    if (step == 0 || next < 0 || next >= buttons.size()) {
        QWidget::keyPressEvent(event);
        return;
    }
    buttons[next]->click();
}

void Segments::paintEvent(QPaintEvent*) {
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Highlight), ring));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

} // namespace headlight
