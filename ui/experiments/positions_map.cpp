#include "ui/experiments/positions_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace headlight {

namespace {
constexpr int page = 10;
}

PositionsMap::PositionsMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("positionsMap"));
    setAccessibleName(tr("Map of positions"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void PositionsMap::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    refresh();
}

void PositionsMap::show(std::shared_ptr<const PositionTerms> terms, PositionsView view) {
    m_picture.terms = std::move(terms);
    m_picture.view = view;
    refresh();
    tell();
}

void PositionsMap::refresh() {
    m_picture.read();
    m_picture.layOut(size());
    m_map = {};
    update();
}

void PositionsMap::tell() {
    setAccessibleDescription(m_picture.reading(m_picture.shown()));
    update();
    Q_EMIT shownChanged();
}

void PositionsMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_picture.theme.palette.canvas);
    if (m_picture.map.isEmpty())
        return;
    const double ratio = devicePixelRatioF();
    if (m_map.isNull() || m_map.devicePixelRatio() != ratio) {
        m_map = QPixmap::fromImage(m_picture.image((m_picture.map.size() * ratio).toSize()));
        m_map.setDevicePixelRatio(ratio);
    }
    painter.drawPixmap(m_picture.map.topLeft(), m_map);
    paintAroundPositions(painter, m_picture);
}

void PositionsMap::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_picture.layOut(size());
    m_map = {};
}

void PositionsMap::setHovered(const std::optional<PositionsCell>& cell) {
    if (cell == m_picture.hovered)
        return;
    m_picture.hovered = cell;
    tell();
}

void PositionsMap::select(const PositionsCell& cell) {
    m_picture.selected = {std::clamp(cell.row, 0, std::max(0, m_picture.rows() - 1)),
                          std::clamp(cell.column, 0, std::max(0, m_picture.columns() - 1))};
    m_picture.hovered.reset(); // a preview under a resting pointer gives way
    tell();
}

void PositionsMap::mouseMoveEvent(QMouseEvent* event) {
    setHovered(m_picture.at(event->position()));
}

void PositionsMap::mousePressEvent(QMouseEvent* event) {
    if (const auto cell = m_picture.at(event->position()); cell && event->button() == Qt::LeftButton)
        select(*cell);
}

void PositionsMap::leaveEvent(QEvent*) {
    setHovered(std::nullopt);
}

void PositionsMap::keyPressEvent(QKeyEvent* event) {
    PositionsCell cell = m_picture.selected;
    switch (event->key()) {
    case Qt::Key_Up:
        --cell.row;
        break;
    case Qt::Key_Down:
        ++cell.row;
        break;
    case Qt::Key_Left:
        --cell.column;
        break;
    case Qt::Key_Right:
        ++cell.column;
        break;
    case Qt::Key_PageUp:
        cell.row -= page;
        break;
    case Qt::Key_PageDown:
        cell.row += page;
        break;
    case Qt::Key_Home:
        cell.column = 0;
        break;
    case Qt::Key_End:
        cell.column = m_picture.columns() - 1;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    select(cell);
}

void PositionsMap::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    m_picture.focused = true;
    update();
}

void PositionsMap::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    m_picture.focused = false;
    update();
}

} // namespace headlight
