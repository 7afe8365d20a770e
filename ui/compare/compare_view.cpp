#include "ui/compare/compare_view.h"

#include "ui/compare/compare_painter.h"
#include "ui/paint/map_zoom.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QWheelEvent>

#include <algorithm>

namespace headlight {

namespace {
constexpr MapCell noCell{-1, -1};

int tokenAt(const std::vector<ComparedPlace>& places, int place) {
    if (place < 0 || static_cast<size_t>(place) >= places.size())
        return -1;
    const std::optional<ShownToken>& token = places[static_cast<size_t>(place)].a;
    return token ? token->first : -1;
}
} // namespace

CompareView::CompareView(Selection& selection, QWidget* parent) : QWidget(parent), m_selection(selection) {
    setObjectName(QStringLiteral("comparison"));
    setAccessibleName(tr("Maps of A, of B and of A minus B"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&selection, &Selection::changed, this, &CompareView::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &CompareView::readHover);
}

void CompareView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    m_labels.setTheme(theme);
    m_picture.read(m_labels);
    layOut();
}

void CompareView::setScale(WeightScale scale) {
    if (scale == m_picture.scale)
        return;
    m_picture.scale = scale;
    layOut();
}

void CompareView::setContent(const ComparedSides& sides, Comparison comparison, const QString& problem) {
    const bool otherPlaces = comparison.rows.size() != m_picture.comparison.rows.size();
    m_picture.sides = sides;
    m_picture.comparison = std::move(comparison);
    m_picture.problem = problem;
    m_picture.hover = noCell;
    if (otherPlaces)
        m_picture.zoom.reset();
    m_picture.read(m_labels);
    m_picture.selected = noCell;
    layOut();
    readSelection();
}

int CompareView::tokenOfRow(int row) const {
    return tokenAt(m_picture.comparison.rows, row);
}

int CompareView::tokenOfColumn(int column) const {
    return tokenAt(m_picture.comparison.columns, column);
}

void CompareView::layOut() {
    m_picture.pixelRatio = devicePixelRatioF();
    m_picture.layOut(size());
    update();
}

void CompareView::readSelection() {
    if (m_telling)
        return;
    m_picture.selected = {placeOfA(m_picture.comparison.rows, m_selection.markedQuery()),
                          placeOfA(m_picture.comparison.columns, m_selection.key())};
    describe();
    update();
}

void CompareView::readHover() {
    if (m_telling)
        return;
    const Hover& hover = m_selection.hover();
    m_picture.hover = {placeOfA(m_picture.comparison.rows, hover.query),
                       placeOfA(m_picture.comparison.columns, hover.key)};
    describe();
    update();
}

/// The one selection of the window is of A's words; a cell that only B has is marked here alone.
void CompareView::select(MapCell cell) {
    {
        const QScopedValueRollback telling(m_telling, true);
        m_selection.setCell(tokenOfRow(cell.query), tokenOfColumn(cell.key));
    }
    m_picture.selected = cell;
    m_picture.hover = noCell;
    describe();
    update();
}

void CompareView::setHover(MapCell cell) {
    if (cell == m_picture.hover)
        return;
    {
        const QScopedValueRollback telling(m_telling, true);
        m_selection.setHover({std::nullopt, tokenOfRow(cell.query), tokenOfColumn(cell.key)});
    }
    m_picture.hover = cell;
    describe();
    update();
}

void CompareView::setZoom(const std::optional<MapZoom>& zoom) {
    m_picture.zoom = zoom;
    layOut();
}

void CompareView::walk(int key) {
    MapCell cell = m_picture.selected;
    const int lastRow = m_picture.rows() - 1, lastColumn = m_picture.columns() - 1;
    cell.query = std::max(0, cell.query);
    if (key == Qt::Key_Home)
        cell.key = 0;
    else if (key == Qt::Key_End)
        cell.key = lastColumn;
    else if (m_picture.selected.query < 0 || m_picture.selected.key < 0)
        cell = m_picture.selected.query < 0 ? m_picture.toldCell() : MapCell{cell.query, 0};
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        cell.key = std::clamp(cell.key + (key == Qt::Key_Right ? 1 : -1), 0, lastColumn);
    else
        cell.query = std::clamp(cell.query + (key == Qt::Key_Down ? 1 : -1), 0, lastRow);
    if (!m_picture.has(cell))
        return;
    select(cell);
    if (const MapGeometry& map = m_picture.maps[ComparePicture::partA]; map.zoom)
        setZoom(revealing(map, cell));
}

void CompareView::describe() {
    const MapCell cell = m_picture.toldCell();
    setAccessibleDescription(m_picture.isShown() && m_picture.has(cell)
                                 ? cellInWords(m_picture.sides, m_picture.comparison, cell)
                                 : m_picture.problem);
    Q_EMIT told();
}

void CompareView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_picture.theme.palette.canvas);
    paintComparison(painter, m_picture, rect());
    paintComparedHover(painter, m_picture);
}

void CompareView::paintFigure(QPainter& painter, QSize size) const {
    paintComparedFigure(painter, m_picture, size);
}

void CompareView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void CompareView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const std::optional<MapCell> cell = m_picture.cellAt(event->position()))
        select(*cell);
    else if (const int row = m_picture.rowAt(event->position()); row >= 0)
        select({row, -1});
}

void CompareView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    const std::optional<MapCell> cell = m_picture.cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell && m_picture.comparison.hasA(cell->query, cell->key))
        m_selection.enter(EnteredNumber::weight);
}

void CompareView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF point = event->position();
    setHover(m_picture.cellAt(point).value_or(MapCell{m_picture.rowAt(point), -1}));
}

void CompareView::wheelEvent(QWheelEvent* event) {
    const int turned = event->angleDelta().y();
    for (const MapGeometry& map : m_picture.maps)
        if (turned != 0 && map.rect.contains(event->position())) {
            setZoom(zoomedByWheel(map, event->position(), turned));
            event->accept();
            return;
        }
    event->ignore();
}

void CompareView::leaveEvent(QEvent*) {
    setHover(noCell);
}

void CompareView::keyPressEvent(QKeyEvent* event) {
    if (!m_picture.isShown() || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) {
        QWidget::keyPressEvent(event);
        return;
    }
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
        if (tokenOfRow(m_picture.selected.query) >= 0)
            m_selection.enter(EnteredNumber::weight);
        return;
    default:
        if (const auto wish =
                zoomOfKey(m_picture.maps[ComparePicture::partA], m_picture.selected, event->key()))
            setZoom(wish->zoom);
        else
            QWidget::keyPressEvent(event);
    }
}

void CompareView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    m_picture.focused = true;
    update();
}

void CompareView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    m_picture.focused = false;
    update();
}

} // namespace headlight
