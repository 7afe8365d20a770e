#include "ui/viewbar/wrapping_row.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

namespace headlight {

WrappingRow::WrappingRow(QWidget* first, QWidget* second, QWidget* parent)
    : QWidget(parent), m_first(first), m_second(second),
      m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(first, 0, Qt::AlignLeft);
    m_layout->addWidget(second, 0, Qt::AlignRight);
}

QSize WrappingRow::minimumSizeHint() const {
    const QSize first = m_first->minimumSizeHint(), second = m_second->minimumSizeHint();
    return {std::max(first.width(), second.width()), m_layout->minimumSize().height()};
}

bool WrappingRow::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void WrappingRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void WrappingRow::arrange() {
    const bool fits = m_first->sizeHint().width() + m_second->sizeHint().width() <= width();
    const auto direction = fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_layout->direction() == direction)
        return;
    m_layout->setDirection(direction);
    m_layout->setAlignment(m_second, fits ? Qt::AlignRight : Qt::AlignLeft);
    updateGeometry();
}

} // namespace headlight
