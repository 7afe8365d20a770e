#include "ui/look/map_page.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace headlight {

MapPage::MapPage(const TraceStore& store, Selection& selection, ViewOptions& options, EditsState* edits,
                 QWidget* parent)
    : QWidget(parent), m_map(new HeatmapView(store, selection, options, this)) {
    setFocusProxy(m_map);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (edits) {
        m_tool = new EditTool(*edits, store, selection, this);
        // Before the strip hides itself: the keyboard in it goes back to the map.
        connect(m_tool, &EditTool::changed, this, [this] {
            if (m_strip && !m_tool->inHand() && m_strip->isAncestorOf(window()->focusWidget()))
                m_map->setFocus();
        });
        m_strip = new EditStrip(*m_tool, selection, this);
        m_map->setEdits(edits, m_tool);
        layout->addWidget(m_strip);
    }
    layout->addWidget(m_map, 1);
}

void MapPage::setTheme(const Theme& theme) {
    m_map->setTheme(theme);
    if (m_strip)
        m_strip->setTheme(theme);
}

bool MapPage::event(QEvent* event) {
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || !m_tool || !m_tool->inHand() || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QWidget::event(event);
    if (event->type() == QEvent::KeyPress)
        m_tool->take(false);
    event->accept(); // the window's own Esc waits for the next time
    return true;
}

} // namespace headlight
