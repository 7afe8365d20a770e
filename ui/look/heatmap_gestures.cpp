// What hands do to the map: every gesture stands in ui/gestures/gestures.cpp.
#include "engine/explain/strongest_cells.h"
#include "ui/look/heatmap_view.h"
#include "ui/paint/map_zoom.h"

#include <algorithm>

namespace headlight {

void HeatmapView::mousePressEvent(QMouseEvent* event) {
    const bool moves = event->button() == Qt::MiddleButton ||
                       (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (event->button() == Qt::LeftButton && m_picture.overviewRect.contains(event->position())) {
        m_overviewHeld = true;
        lookAtOverview(event->position());
    } else if (moves && m_picture.map.zoom) {
        m_dragged = event->position();
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton) {
        const auto cell = m_picture.map.cellAt(event->position());
        if (editing() && cell)
            beginStroke(*cell, event->position());
        else
            select(event->position());
    }
}

void HeatmapView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (!editing() && !m_source && event->button() == Qt::LeftButton &&
        m_picture.map.cellAt(event->position()))
        m_selection.enter(EnteredNumber::weight);
}

void HeatmapView::select(QPointF point) {
    if (const auto cell = m_picture.map.cellAt(point)) {
        m_selection.setCell(m_picture.tokenOfRow(cell->query), m_picture.tokenOfColumn(cell->key));
    } else if (const int row = m_picture.rowLabelAt(point); row >= 0) {
        m_selection.setAxis(ReadAxis::query);
        m_selection.setQuery(m_picture.tokenOfRow(row));
    } else if (const int column = m_picture.columnLabelAt(point); column >= 0) {
        m_selection.setColumn(m_picture.tokenOfColumn(column));
    }
}

void HeatmapView::lookAtOverview(QPointF point) {
    const QRectF& whole = m_picture.overviewRect;
    if (!whole.isEmpty())
        m_options.setZoom(centred(m_picture.map, {(point.x() - whole.left()) / whole.width(),
                                                  (point.y() - whole.top()) / whole.height()}));
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event) {
    if (m_overviewHeld) {
        lookAtOverview(event->position());
        return;
    }
    if (m_dragged) {
        const QPointF way = event->position() - *m_dragged;
        m_dragged = event->position();
        m_options.setZoom(moved(m_picture.map, way));
        return;
    }
    if (m_stroke && !event->buttons().testFlag(Qt::LeftButton))
        endStroke(); // it was let go elsewhere, over a menu
    if (m_stroke) {
        goOnWithStroke(event->position());
        return;
    }
    Hover hover;
    const QPointF point = event->position();
    if (const auto cell = m_picture.map.cellAt(point)) {
        hover.query = m_picture.tokenOfRow(cell->query);
        hover.key = m_picture.tokenOfColumn(cell->key);
    } else {
        hover.query = m_picture.tokenOfRow(m_picture.rowLabelAt(point));
        hover.key = m_picture.tokenOfColumn(m_picture.columnLabelAt(point));
    }
    const bool atLabel = (hover.query >= 0) != (hover.key >= 0);
    setCursor(atLabel ? Qt::PointingHandCursor : editing() ? Qt::CrossCursor : Qt::ArrowCursor);
    m_selection.setHover(hover);
}

void HeatmapView::mouseReleaseEvent(QMouseEvent*) {
    if (m_dragged)
        unsetCursor();
    m_dragged.reset();
    m_overviewHeld = false;
    endStroke();
}

void HeatmapView::wheelEvent(QWheelEvent* event) {
    const int turned = event->angleDelta().y();
    if (turned == 0 || !m_picture.map.rect.contains(event->position())) {
        event->ignore();
        return;
    }
    m_options.setZoom(zoomedByWheel(m_picture.map, event->position(), turned));
    event->accept();
}

void HeatmapView::leaveEvent(QEvent*) {
    m_selection.clearHover();
}

void HeatmapView::keyPressEvent(QKeyEvent* event) {
    if (m_picture.map.rows <= 0 || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) {
        QCustomPlot::keyPressEvent(event);
        return;
    }
    if (editing() && editByKey(*event))
        return;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        walk(event->key());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_source) // there are no steps to a derived number
            m_selection.enter(EnteredNumber::weight);
        return;
    case Qt::Key_C:
        m_selection.setAxis(m_selection.axis() == ReadAxis::query ? ReadAxis::key : ReadAxis::query);
        return;
    case Qt::Key_E:
        if (m_tool)
            m_tool->take(!m_tool->inHand());
        return;
    case Qt::Key_N:
        walkByWeight(!event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    default:
        if (!zoomByKey(event->key()))
            QCustomPlot::keyPressEvent(event);
    }
}

void HeatmapView::walk(int key) {
    const MapGeometry& map = m_picture.map;
    // From a hidden token the walk begins at the first one that is shown.
    const int row = std::max(0, m_picture.rowOf(m_selection.markedQuery()));
    MapCell cell{row, m_picture.columnOf(m_selection.key())};
    if (key == Qt::Key_Home)
        cell.key = 0;
    else if (key == Qt::Key_End)
        cell.key = map.columns - 1;
    else if (cell.key < 0 || m_picture.rowOf(m_selection.query()) < 0)
        cell.key = std::max(0, m_picture.columnOf(strongestKey(m_picture.tokenOfRow(row))));
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        cell.key = std::clamp(cell.key + (key == Qt::Key_Right ? 1 : -1), 0, map.columns - 1);
    else
        cell.query = std::clamp(cell.query + (key == Qt::Key_Down ? 1 : -1), 0, map.rows - 1);
    m_selection.setCell(m_picture.tokenOfRow(cell.query), m_picture.tokenOfColumn(cell.key));
    m_options.setZoom(revealing(m_picture.map, cell));
}

void HeatmapView::walkByWeight(bool forwards) {
    const std::span<const float> weights = m_picture.shown.weights.values();
    const MapGeometry& map = m_picture.map;
    const CellAt now{m_picture.rowOf(m_selection.query()), m_picture.columnOf(m_selection.key())};
    const bool isOnCell = now.row >= 0 && now.column >= 0;
    std::optional<CellAt> next;
    if (forwards)
        next = nextStrongest(weights, map.columns, isOnCell ? std::optional(now) : std::nullopt);
    else if (isOnCell)
        next = previousStrongest(weights, map.columns, now);
    if (!next)
        return;
    m_selection.setCell(m_picture.tokenOfRow(next->row), m_picture.tokenOfColumn(next->column));
    m_options.setZoom(revealing(m_picture.map, {next->row, next->column}));
}

bool HeatmapView::zoomByKey(int key) {
    const MapCell selected{m_picture.rowOf(m_picture.query), m_picture.columnOf(m_picture.key)};
    const std::optional<ZoomWish> wish = zoomOfKey(m_picture.map, selected, key);
    if (wish)
        m_options.setZoom(wish->zoom);
    return wish.has_value();
}

} // namespace headlight
