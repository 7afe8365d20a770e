#include "ui/steps/stage_canvas.h"

#include "ui/steps/stage_text.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace headlight {

StageCanvas::StageCanvas(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("stageCanvas"));
    setAccessibleName(tr("Arrays of this stage"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void StageCanvas::setTheme(const Theme& theme) {
    m_look.theme = theme;
    update();
}

void StageCanvas::setStage(const Stage* stage) {
    m_stage = stage;
    m_look.hover.reset();
    layOut();
    describe();
    update();
}

void StageCanvas::setNumbers(bool on) {
    if (m_look.numbers == on)
        return;
    m_look.numbers = on;
    layOut();
    update();
}

void StageCanvas::setDigits(int digits) {
    m_look.digits = digits;
    update();
}

void StageCanvas::setTerms(int terms) {
    if (m_look.terms == terms)
        return;
    m_look.terms = terms;
    update();
}

void StageCanvas::setPicked(const std::optional<ArrayPlace>& place) {
    m_look.picked = place;
    update();
}

void StageCanvas::layOut() {
    const QSizeF before = m_geometry.size;
    const int room = parentWidget() ? parentWidget()->height() : height();
    m_geometry = m_stage ? layOutArrays(shapesOf(*m_stage), std::max(200, width() - 2 * margin),
                                        m_look.numbers, room - 2 * margin)
                         : StageGeometry();
    if (before != m_geometry.size)
        updateGeometry();
}

QSize StageCanvas::minimumSizeHint() const {
    // Wider than its place only where every number is written out.
    double wide = 200;
    for (const ArrayBlock& block : m_geometry.blocks)
        if (m_look.numbers && block.kind == ArrayBlock::Kind::matrix)
            wide = std::max(wide, block.cells.right() + 2 * margin);
    return {static_cast<int>(wide), static_cast<int>(m_geometry.size.height()) + 2 * margin};
}

QRectF StageCanvas::placeRect(const ArrayPlace& place) const {
    const QRectF rect = m_geometry.rect(place);
    return rect.isEmpty() ? rect : rect.translated(margin, margin);
}

void StageCanvas::describe() {
    QStringList parts;
    if (m_stage)
        for (const StepArray& array : m_stage->arrays)
            parts << tr("%1: %2 by %3 numbers")
                         .arg(stepWords(array.name.c_str()))
                         .arg(array.rows)
                         .arg(array.columns);
    if (m_stage)
        if (const auto marked = markedPlace(*m_stage))
            parts << cellText(*m_stage, *marked, m_look.digits);
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

void StageCanvas::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), m_look.theme.palette.canvas);
    if (!m_stage)
        return;
    painter.translate(margin, margin);
    paintArrays(painter, *m_stage, m_geometry, m_look, QRectF(event->rect()).translated(-margin, -margin));
    painter.resetTransform();
    paintCard(painter);
}

void StageCanvas::paintCard(QPainter& painter) const {
    if (!m_look.hover)
        return;
    const ArrayBlock* block = m_geometry.blockOf(m_look.hover->array);
    if (!block || block->kind == ArrayBlock::Kind::table)
        return; // its numbers stand there already
    const QString text = cellText(*m_stage, *m_look.hover, m_look.digits + 2);
    const QFontMetricsF metrics(m_look.theme.small);
    const QRectF cell = placeRect(*m_look.hover);
    const QSizeF size(metrics.horizontalAdvance(text) + 20, metrics.height() + 10);
    QRectF card(QPointF(cell.center().x() + 10, cell.bottom() + 6), size);
    card.moveLeft(std::clamp(card.left(), 0.0, std::max(0.0, width() - size.width() - 1)));
    if (card.bottom() > visibleRegion().boundingRect().bottom())
        card.moveBottom(cell.top() - 6);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(m_look.theme.palette.hairline);
    painter.setBrush(m_look.theme.palette.panel);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(m_look.theme.small);
    painter.setPen(m_look.theme.palette.text);
    painter.drawText(card, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void StageCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

/// A place that shrinks does not resize a canvas that is taller than it.
bool StageCanvas::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        layOut();
        update();
    }
    return QWidget::eventFilter(watched, event);
}

void StageCanvas::setHover(const std::optional<ArrayPlace>& place) {
    if (m_look.hover == place)
        return;
    m_look.hover = place;
    update();
}

void StageCanvas::mouseMoveEvent(QMouseEvent* event) {
    setHover(m_geometry.at(event->position() - QPointF(margin, margin)));
}

void StageCanvas::leaveEvent(QEvent*) {
    setHover(std::nullopt);
}

void StageCanvas::mousePressEvent(QMouseEvent* event) {
    const auto place = m_geometry.at(event->position() - QPointF(margin, margin));
    if (place && event->button() == Qt::LeftButton)
        Q_EMIT chosen(*place);
}

void StageCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto place = m_geometry.at(event->position() - QPointF(margin, margin));
    if (place && event->button() == Qt::LeftButton)
        Q_EMIT wanted(*place, {});
}

void StageCanvas::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const auto place =
        byMouse ? m_geometry.at(QPointF(event->pos()) - QPointF(margin, margin)) : m_look.picked;
    if (place)
        Q_EMIT wanted(*place,
                      byMouse ? event->globalPos() : mapToGlobal(placeRect(*place).center().toPoint()));
}

void StageCanvas::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    m_look.focused = true;
    update();
}

void StageCanvas::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    m_look.focused = false;
    update();
}

} // namespace headlight
