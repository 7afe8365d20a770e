#include "ui/heads/heads_view.h"

#include "engine/explain/readings.h"
#include "ui/heads/pin_marks.h"
#include "ui/heads/pin_menu.h"
#include "ui/paint/token_labels.h"
#include "ui/theme/pinned_colours.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double margin = 16;
constexpr double titleHeight = 38;
constexpr double largestThumbnail = 64;
} // namespace

HeadsView::HeadsView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options) {
    setObjectName(QStringLiteral("heads"));
    setAccessibleName(tr("Heads"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&store, &TraceStore::changed, this, &HeadsView::readTrace);
    connect(&options, &ViewOptions::changed, this, [this] {
        if (m_options.tokens() != m_tokens)
            readTrace();
        else
            update();
    });
    connect(&selection, &Selection::changed, this, &HeadsView::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &HeadsView::readSelection);
    connect(&options, &ViewOptions::changed, this, &HeadsView::readSelection);
}

void HeadsView::setTheme(const Theme& theme) {
    m_theme = theme;
    readTrace();
}

QSize HeadsView::minimumSizeHint() const {
    return {224, static_cast<int>(gridsBottom() + 70)};
}

double HeadsView::gridsBottom() const {
    if (m_grids.empty())
        return titleHeight;
    const HeadGridGeometry& last = m_grids.back().geometry;
    return last.top + last.height();
}

QRect HeadsView::thumbnailRect(const HeadAddress& head) const {
    for (const HeadGrid& grid : m_grids)
        if (grid.stack == head.stack && head.layer < grid.geometry.layers && head.head < grid.geometry.heads)
            return grid.geometry.cell(head.layer, head.head).toRect();
    return {};
}

void HeadsView::readTrace() {
    if (!isVisible())
        return;
    const double heightBefore = gridsBottom();
    m_grids.clear();
    m_tokens = m_options.tokens();
    if (const Trace* trace = m_store.current().get())
        m_grids = headGrids(*trace, m_theme, QPointF(margin, titleHeight), width() - 2 * margin,
                            largestThumbnail, devicePixelRatioF(), m_tokens);
    if (gridsBottom() != heightBefore)
        updateGeometry();
    readSelection();
}

void HeadsView::readSelection() {
    m_entropy.clear();
    const HeadAddress head = m_selection.shownHead();
    if (const Trace* trace = m_store.current().get()) {
        const SiteRecord* site = trace->site(head.stack, head.layer);
        const int query = m_selection.shownQuery();
        if (site && m_selection.axis() == ReadAxis::query && query >= 0 &&
            query < site->weights.dimension(1)) {
            const double bits = entropyBits(site->weights.row(head.head, query));
            m_entropy = bits > 0 && bits < 0.005 ? tr("entropy of this row below 0.01 bits")
                                                 : tr("entropy of this row %1 bits").arg(bits, 0, 'f', 2);
        }
        QString description =
            tr("Selected: layer %1, head %2").arg(m_selection.head().layer).arg(m_selection.head().head);
        for (const PinnedHead& each : m_options.pinned())
            description +=
                tr("; pinned in %1: %2").arg(pinnedColourName(each.colour, m_theme), headLabel(each.head));
        setAccessibleDescription(description);
    }
    update();
}

void HeadsView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(m_theme.heading);
    painter.setPen(m_theme.palette.text);
    const QString title = tr("Heads");
    painter.drawText(QPointF(margin, 25), title);
    const double after = margin + QFontMetricsF(m_theme.heading).horizontalAdvance(title) + 8;
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QPointF(after, 25), tr("thumbnails √ scale"));
    if (!m_store.current())
        return;
    std::optional<HeadAddress> hovered = m_selection.hover().head;
    paintHeadGrids(painter, m_grids, m_theme, m_selection.head(), hovered, hasFocus());
    paintPins(painter, m_grids, m_options.pinned(), m_theme);
    const double top = gridsBottom() + 26;
    painter.setFont(m_theme.heading);
    painter.setPen(m_theme.palette.text);
    painter.drawText(QPointF(margin, top), headLabel(m_selection.shownHead()));
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QPointF(margin, top + 21), m_entropy);
}

std::optional<HeadAddress> HeadsView::headAt(QPointF point) const {
    for (const HeadGrid& grid : m_grids)
        if (const auto place = grid.geometry.at(point))
            return HeadAddress{grid.stack, place->layer, place->head};
    return std::nullopt;
}

void HeadsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    readTrace();
}

void HeadsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readTrace();
}

void HeadsView::mousePressEvent(QMouseEvent* event) {
    const auto head = headAt(event->position());
    if (!head || event->button() != Qt::LeftButton)
        return;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        togglePin(m_options, *head, m_theme, this, event->globalPosition().toPoint());
    else
        m_selection.setHead(*head);
}

void HeadsView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (headAt(event->position()) && event->button() == Qt::LeftButton &&
        event->modifiers() == Qt::NoModifier)
        m_selection.enter(EnteredNumber::head);
}

void HeadsView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const auto head = byMouse ? headAt(event->pos()) : m_selection.head();
    if (!head || !m_store.current())
        return;
    const QPoint place = byMouse ? event->globalPos() : mapToGlobal(thumbnailRect(*head).bottomLeft());
    popUpHeadMenu(m_options, *head, m_theme, this, place);
}

void HeadsView::mouseMoveEvent(QMouseEvent* event) {
    Hover hover;
    hover.head = headAt(event->position());
    m_selection.setHover(hover);
}

void HeadsView::leaveEvent(QEvent*) {
    m_selection.clearHover();
}

void HeadsView::keyPressEvent(QKeyEvent* event) {
    const HeadAddress selected = m_selection.head();
    const Trace* trace = m_store.current().get();
    const StackShape* shape = trace ? trace->shape.find(selected.stack) : nullptr;
    HeadAddress next = selected;
    switch (event->key()) {
    case Qt::Key_Left:
        --next.head;
        break;
    case Qt::Key_Right:
        ++next.head;
        break;
    case Qt::Key_Up:
        --next.layer;
        break;
    case Qt::Key_Down:
        ++next.layer;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_selection.enter(EnteredNumber::head);
        return;
    case Qt::Key_P:
        if (shape && event->modifiers() == Qt::NoModifier)
            togglePin(m_options, selected, m_theme, this, mapToGlobal(thumbnailRect(selected).bottomLeft()));
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (shape) {
        next.head = std::clamp(next.head, 0, shape->heads - 1);
        next.layer = std::clamp(next.layer, 0, shape->layers - 1);
        m_selection.setHead(next);
    }
}

} // namespace headlight
