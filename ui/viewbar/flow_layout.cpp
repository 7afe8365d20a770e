#include "ui/viewbar/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace headlight {

FlowLayout::FlowLayout(QWidget* parent, int between, int lines)
    : QLayout(parent), m_between(between), m_lines(lines) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
    for (QLayoutItem* item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.push_back(item);
    invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item)
        m_items.erase(m_items.begin() + index);
    return item;
}

/// The gap of items of a line: closer than wished for where that saves a line.
int FlowLayout::gapWithin(int room) const {
    constexpr int least = 2;
    int items = 0, widths = 0;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty()) {
            ++items;
            widths += item->sizeHint().width();
        }
    const int fits = items > 1 ? (room - widths) / (items - 1) : m_between;
    return fits >= std::min(least, m_between) ? std::min(fits, m_between) : m_between;
}

int FlowLayout::arrange(const QRect& rect, bool move) const {
    const QMargins margins = contentsMargins();
    const QRect room = rect.marginsRemoved(margins);
    const int gap = gapWithin(room.width());
    int top = room.top();
    for (size_t first = 0; first < m_items.size();) {
        int width = 0, height = 0;
        size_t end = first;
        for (; end < m_items.size(); ++end) {
            if (m_items[end]->isEmpty())
                continue;
            const QSize size = m_items[end]->sizeHint();
            const int wider = width == 0 ? size.width() : width + gap + size.width();
            if (width > 0 && wider > room.width())
                break;
            width = wider;
            height = std::max(height, size.height());
        }
        int left = room.left();
        for (size_t i = first; i < end && move; ++i) {
            if (m_items[i]->isEmpty())
                continue;
            const QSize size = m_items[i]->sizeHint();
            m_items[i]->setGeometry({left, top + (height - size.height()) / 2,
                                     std::min(size.width(), std::max(1, room.width())), size.height()});
            left += size.width() + gap;
        }
        top += height + (height > 0 && end < m_items.size() ? m_lines : 0);
        first = end;
    }
    return top - room.top() + margins.top() + margins.bottom();
}

int FlowLayout::heightForWidth(int width) const {
    return arrange({0, 0, width, 0}, false);
}

QSize FlowLayout::sizeHint() const {
    constexpr int unbounded = 1 << 20;
    const QMargins margins = contentsMargins();
    int width = 0;
    for (QLayoutItem* item : m_items)
        if (!item->isEmpty())
            width += (width > 0 ? m_between : 0) + item->sizeHint().width();
    return {width + margins.left() + margins.right(), heightForWidth(unbounded)};
}

QSize FlowLayout::minimumSize() const {
    const QMargins margins = contentsMargins();
    QSize size;
    for (QLayoutItem* item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->sizeHint());
    return size.grownBy(margins);
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

} // namespace headlight
