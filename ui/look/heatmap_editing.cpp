// The Edit tool in the hand: every gesture stands in ui/gestures/gestures.cpp.
#include "ui/edits/edit_menus.h"
#include "ui/look/heatmap_view.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double undecided = 4;         ///< pixels within which a press is a click
constexpr double pixelsOfAWeight = 150; ///< up or down, from 0 to 1
constexpr double pixelsOfAScore = 12;   ///< for one
} // namespace

void HeatmapView::setEdits(EditsState* edits, EditTool* tool) {
    m_edits = edits;
    m_tool = tool;
    if (!tool)
        return;
    connect(tool, &EditTool::changed, this, [this] {
        if (!editing())
            endStroke();
        setCursor(editing() ? Qt::CrossCursor : Qt::ArrowCursor);
    });
}

std::optional<EditedCell> HeatmapView::editedCell(MapCell cell) const {
    if (!m_picture.trace || !m_picture.map.has(cell))
        return std::nullopt;
    return EditedCell{m_picture.shown.rows[static_cast<size_t>(cell.query)],
                      m_picture.shown.columns[static_cast<size_t>(cell.key)],
                      static_cast<double>(m_picture.shown.weights.at(cell.query, cell.key))};
}

std::optional<EditedCell> HeatmapView::selectedCell() const {
    return editedCell({m_picture.rowOf(m_selection.markedQuery()), m_picture.columnOf(m_selection.key())});
}

QRectF HeatmapView::placeOnScreen() const {
    return m_picture.map.rect.translated(mapToGlobal(QPointF()));
}

void HeatmapView::beginStroke(MapCell cell, QPointF point) {
    m_tool->beginStroke();
    m_selection.setCell(m_picture.tokenOfRow(cell.query), m_picture.tokenOfColumn(cell.key));
    m_stroke = Stroke{Stroke::Way::undecided, cell, mapToGlobal(point), point, placeOnScreen(), 0};
    if (m_tool->paints())
        return;
    m_stroke->way = Stroke::Way::paints;
    if (const auto edited = editedCell(cell))
        m_tool->apply(*edited);
}

void HeatmapView::goOnWithStroke(QPointF point) {
    using Way = Stroke::Way;
    Stroke& stroke = *m_stroke;
    const QPointF way = mapToGlobal(point) - stroke.began;
    const auto first = editedCell(stroke.cell);
    if (!first)
        return;
    if (stroke.way == Way::undecided && std::max(std::abs(way.x()), std::abs(way.y())) > undecided) {
        stroke.way = std::abs(way.y()) >= std::abs(way.x()) ? Way::adjusts : Way::paints;
        stroke.from = m_tool->valueOf(*first).value_or(0);
        if (stroke.way == Way::paints)
            m_tool->apply(*first);
        else
            setCursor(Qt::SizeVerCursor);
    }
    if (stroke.way == Way::adjusts) {
        const double pixels = m_tool->isOfScores() ? pixelsOfAScore : pixelsOfAWeight;
        const double fine = m_tool->isOfScores() ? 10 : 100; // one or two decimals
        m_tool->setCell(*first, std::round((stroke.from - way.y() / pixels) * fine) / fine);
        m_selection.setHover({std::nullopt, m_selection.query(), m_selection.key()});
    } else if (stroke.way == Way::paints) {
        paintTo(point);
    }
    stroke.last = point;
}

/// A quick hand leaves out no cell between two places of the pointer.
void HeatmapView::paintTo(QPointF point) {
    Stroke& stroke = *m_stroke;
    if (const QRectF place = placeOnScreen(); place != stroke.place) {
        stroke.place = place; // the map has moved, not the hand
        stroke.last = point;
        return;
    }
    const QPointF step = point - stroke.last;
    const double least = std::max(1.0, std::min(m_picture.map.cellWidth(), m_picture.map.cellHeight()) / 2);
    const int steps = std::max(1, static_cast<int>(std::ceil(std::hypot(step.x(), step.y()) / least)));
    MapCell painted = m_picture.map.cellAt(stroke.last).value_or(MapCell{-1, -1});
    for (int i = 1; i <= steps; ++i) {
        const auto cell = m_picture.map.cellAt(stroke.last + step * (static_cast<double>(i) / steps));
        if (!cell || *cell == painted)
            continue;
        painted = *cell;
        if (const auto edited = editedCell(*cell))
            m_tool->apply(*edited);
    }
}

void HeatmapView::endStroke() {
    if (!m_stroke)
        return;
    const auto first = editedCell(m_stroke->cell);
    const bool isClick = m_stroke->way == Stroke::Way::undecided;
    m_stroke.reset();
    if (!m_tool)
        return;
    if (isClick && first && editing())
        m_tool->apply(*first);
    m_tool->endStroke();
    setCursor(editing() ? Qt::CrossCursor : Qt::ArrowCursor);
}

void HeatmapView::hideEvent(QHideEvent* event) {
    endStroke();
    QCustomPlot::hideEvent(event);
}

bool HeatmapView::editByKey(const QKeyEvent& event) {
    switch (event.key()) {
    case Qt::Key_M:
        m_tool->setMode(EditMode::mask);
        return true;
    case Qt::Key_W:
        m_tool->setMode(EditMode::weight);
        return true;
    case Qt::Key_S:
        m_tool->setMode(EditMode::score);
        return true;
    case Qt::Key_X:
        m_tool->setMode(EditMode::erase);
        return true;
    case Qt::Key_R:
        m_tool->setRenormalises(!m_tool->renormalises());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return false;
    default:
        break;
    }
    const auto cell = selectedCell();
    if (!cell)
        return event.key() == Qt::Key_Space;
    switch (event.key()) {
    case Qt::Key_Space:
        m_tool->apply(*cell);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        m_tool->erase(*cell);
        return true;
    default:
        return m_tool->paints() && paintByKey(*cell, event.key());
    }
}

/// The keys that zoom elsewhere change the number of the selected cell.
bool HeatmapView::paintByKey(const EditedCell& cell, int key) {
    if (key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus) {
        m_tool->nudge(cell, key == Qt::Key_Minus ? -1 : 1);
        return true;
    }
    if (key < Qt::Key_0 || key > Qt::Key_9)
        return false;
    const int digit = key - Qt::Key_0;
    m_tool->setCell(cell, m_tool->isOfScores() ? digit : digit / 10.0);
    return true;
}

void HeatmapView::contextMenuEvent(QContextMenuEvent* event) {
    if (!m_edits || !m_picture.trace || m_picture.map.rows <= 0)
        return;
    endStroke();
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPointF point = event->pos();
    int place = -1;
    if (!byMouse)
        place = m_picture.columnOf(m_selection.key() >= 0 ? m_selection.key() : m_selection.markedQuery());
    else if (const auto cell = m_picture.map.cellAt(point))
        place = cell->key;
    else if (place = m_picture.columnLabelAt(point); place < 0)
        place = m_picture.columnOf(m_picture.tokenOfRow(m_picture.rowLabelAt(point)));
    if (place < 0 || m_picture.head.stack == Stack::cross)
        return;
    const QPoint global =
        byMouse ? event->globalPos()
                : mapToGlobal((m_picture.map.column(place) & m_picture.map.rect).center().toPoint());
    popUpTokenMenu(*m_edits, *m_picture.trace, m_picture.shown.columns[static_cast<size_t>(place)],
                   m_selection.head(), this, global);
}

} // namespace headlight
