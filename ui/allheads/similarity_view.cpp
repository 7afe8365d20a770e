#include "ui/allheads/similarity_view.h"

#include "ui/heads/pin_menu.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace headlight {

SimilarityView::SimilarityView(Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_options(options) {
    setObjectName(QStringLiteral("similarity"));
    setAccessibleName(tr("Heads against heads"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&selection, &Selection::changed, this, &SimilarityView::readSelection);
    connect(&options, &ViewOptions::changed, this, &SimilarityView::readSelection);
}

void SimilarityView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    m_picture.read();
    m_picture.layOut(size());
    update();
}

void SimilarityView::setAlike(const std::shared_ptr<const HeadsAlike>& alike, bool busy) {
    m_picture.alike = alike;
    m_picture.busy = busy;
    m_picture.read();
    m_picture.layOut(size());
    readSelection();
}

void SimilarityView::readSelection() {
    m_picture.selected = m_selection.head();
    m_picture.pinned = m_options.pinned();
    setAccessibleDescription(m_picture.reading());
    update();
}

void SimilarityView::paintFigure(QPainter& painter, QSize size, const HeadsAlike& alike) const {
    SimilarityPicture picture;
    picture.theme = m_picture.theme;
    picture.alike = std::make_shared<const HeadsAlike>(alike);
    picture.selected = m_selection.head();
    picture.pinned = m_options.pinned();
    picture.read();
    picture.layOut(size);
    paintSimilarity(painter, picture);
}

void SimilarityView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_picture.theme.palette.canvas);
    paintSimilarity(painter, m_picture);
}

void SimilarityView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_picture.layOut(size());
}

void SimilarityView::mouseMoveEvent(QMouseEvent* event) {
    m_picture.hovered = m_picture.at(event->position());
    Hover hover;
    if (m_picture.hovered)
        hover.head = m_picture.head(m_picture.hovered->row);
    m_selection.setHover(hover);
    update();
}

void SimilarityView::leaveEvent(QEvent*) {
    m_picture.hovered.reset();
    m_selection.clearHover();
    update();
}

void SimilarityView::mousePressEvent(QMouseEvent* event) {
    const auto cell = m_picture.at(event->position());
    if (!cell || event->button() != Qt::LeftButton)
        return;
    const HeadAddress head = *m_picture.head(cell->row);
    if (event->modifiers().testFlag(Qt::ControlModifier))
        togglePin(m_options, head, m_picture.theme, this, event->globalPosition().toPoint());
    else
        m_selection.setHead(head);
}

void SimilarityView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (m_picture.at(event->position()) && event->button() == Qt::LeftButton &&
        event->modifiers() == Qt::NoModifier)
        m_selection.enter(EnteredNumber::head);
}

void SimilarityView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const auto cell = byMouse ? m_picture.at(event->pos()) : std::nullopt;
    if (m_picture.count() == 0 || (byMouse && !cell))
        return;
    const HeadAddress head = cell ? *m_picture.head(cell->row) : m_selection.head();
    popUpHeadMenu(m_options, head, m_picture.theme, this,
                  byMouse ? event->globalPos() : mapToGlobal(m_picture.matrix.topLeft().toPoint()));
}

void SimilarityView::walk(int step) {
    const int last = m_picture.count() - 1;
    const int from = m_picture.placeOf(m_selection.head());
    if (const auto head = m_picture.head(from < 0 ? 0 : std::clamp(from + step, 0, last)))
        m_selection.setHead(*head);
}

void SimilarityView::keyPressEvent(QKeyEvent* event) {
    const int last = m_picture.count();
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        walk(-1);
        break;
    case Qt::Key_Down:
    case Qt::Key_Right:
        walk(1);
        break;
    case Qt::Key_Home:
        walk(-last);
        break;
    case Qt::Key_End:
        walk(last);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_selection.enter(EnteredNumber::head);
        break;
    case Qt::Key_P:
        if (last > 0 && event->modifiers() == Qt::NoModifier)
            togglePin(m_options, m_selection.head(), m_picture.theme, this,
                      mapToGlobal(m_picture.matrix.topLeft().toPoint()));
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SimilarityView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    m_picture.focused = true;
    update();
}

void SimilarityView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    m_picture.focused = false;
    update();
}

} // namespace headlight
