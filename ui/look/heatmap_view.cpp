#include "ui/look/heatmap_view.h"

#include "engine/explain/shown_reading.h"
#include "ui/look/heatmap_accessible.h"
#include "ui/look/heatmap_layers.h"
#include "ui/paint/token_labels.h"

#include <algorithm>

namespace headlight {

HeatmapView::HeatmapView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QCustomPlot(parent), m_store(store), m_selection(selection), m_options(options) {
    installHeatmapAccessibility();
    setObjectName(QStringLiteral("map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    build();
    connect(&store, &TraceStore::changed, this, &HeatmapView::readTrace);
    connect(&options, &ViewOptions::changed, this, &HeatmapView::readOptions);
    connect(&selection, &Selection::changed, this, &HeatmapView::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &HeatmapView::readHover);
    setTheme(m_picture.theme);
    describe();
}

void HeatmapView::build() {
    setInteractions({});
    setNoAntialiasingOnDrag(false);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2})
        axis->setVisible(false);
    yAxis->setRangeReversed(true);
    axisRect()->setAutoMargins(QCP::msNone);
    plotLayout()->setAutoMargins(QCP::msNone);
    plotLayout()->setMargins({});
    new HeatmapCells(xAxis, yAxis, m_picture);
    new HeatmapLayerable(this, QStringLiteral("main"), m_picture, paintLabelsAndMarks);
    // One buffer, which a preview leaves as it is: it is painted over it (see paintEvent). That costs less
    // than a second buffer, which would be laid over the first with every key that is typed, too.
    layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical);
}

void HeatmapView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    m_labels.setTheme(theme);
    setBackground(theme.palette.canvas);
    readTrace();
}

void HeatmapView::takeSelection() {
    m_picture.query = m_selection.markedQuery();
    m_picture.key = m_selection.key();
    m_picture.axis = m_selection.axis();
    m_picture.column =
        m_picture.axis == ReadAxis::key ? (m_picture.key >= 0 ? m_picture.key : m_picture.query) : -1;
}

void HeatmapView::setSource(MapSource source) {
    m_source = std::move(source);
    readTrace();
}

void HeatmapView::takeTrace() {
    m_picture.trace = m_store.current();
    m_picture.content = m_source && m_picture.trace ? m_source(m_picture.trace) : MapContent();
    if (m_picture.content.trace)
        m_picture.trace = m_picture.content.trace;
}

void HeatmapView::readTrace() {
    if (!isVisible())
        return;
    takeTrace();
    m_picture.head = m_selection.shownHead();
    m_picture.tokens = m_options.tokens();
    m_picture.scale = m_options.scale();
    m_picture.zoom = m_options.zoom();
    m_picture.hover = m_selection.hover();
    m_picture.pixelRatio = devicePixelRatioF();
    takeSelection();
    m_picture.read(m_labels);
    layOut(size());
    describe();
    replot(rpQueuedRefresh);
}

void HeatmapView::readOptions() {
    if (m_picture.tokens != m_options.tokens() || m_picture.scale != m_options.scale()) {
        readTrace();
        return;
    }
    if (!isVisible() || m_picture.zoom == m_options.zoom())
        return;
    m_picture.zoom = m_options.zoom();
    layOut(size());
    replot(rpQueuedRefresh);
}

void HeatmapView::readSelection() {
    if (!isVisible())
        return;
    if (m_picture.head != m_selection.shownHead()) {
        readTrace();
        return;
    }
    takeSelection();
    describe();
    replot(rpQueuedRefresh);
}

void HeatmapView::readHover() {
    if (!isVisible())
        return;
    if (m_picture.head != m_selection.shownHead()) {
        readTrace();
        return;
    }
    m_picture.hover = m_selection.hover();
    update();
}

void HeatmapView::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (!m_picture.trace || m_picture.hover == Hover{})
        return;
    QCPPainter painter(this);
    paintHover(painter, m_picture, QRectF(rect()));
}

void HeatmapView::layOut(QSize size) {
    m_picture.layOut(size);
    const MapGeometry& map = m_picture.map;
    if (map.rows <= 0)
        return;
    const QRect inner = map.rect.toAlignedRect();
    axisRect()->setMargins(QMargins(inner.left(), inner.top(), size.width() - inner.right() - 1,
                                    size.height() - inner.bottom() - 1));
}

void HeatmapView::paintFigure(QCPPainter& painter, QSize size) {
    takeTrace();
    m_picture.head = m_selection.head();
    m_picture.tokens = m_options.tokens();
    m_picture.scale = m_options.scale();
    m_picture.zoom = m_options.zoom();
    m_picture.pixelRatio = painter.device() ? painter.device()->devicePixelRatioF() : 1;
    takeSelection();
    m_picture.hover = {};
    m_picture.focused = false;
    m_picture.forFigure = true;
    m_picture.read(m_labels);
    layOut(size);
    toPainter(&painter, size.width(), size.height());
}

void HeatmapView::describe() {
    const HeadAddress head = m_selection.head();
    setAccessibleName(m_picture.content.numbers
                          ? tr("Map of %1, derived from the weights").arg(m_picture.content.numbers->name)
                          : tr("Map of weights, layer %1 head %2").arg(head.layer).arg(head.head));
    const int query = m_selection.markedQuery();
    if (!m_picture.trace || query < 0) {
        setAccessibleDescription(tr("No word is selected."));
        return;
    }
    if (!m_picture.content.message.isEmpty()) {
        setAccessibleDescription(m_picture.content.message);
        return;
    }
    const int key = m_selection.key() >= 0 ? m_selection.key() : strongestKey(query);
    const CellCard card = m_picture.card({m_picture.rowOf(query), m_picture.columnOf(key)});
    QStringList parts;
    if (!card.pair.isEmpty())
        parts << QStringLiteral("%1 %2, %3").arg(card.pair, card.weight, card.detail);
    parts << m_picture.hiddenNote();
    if (m_picture.axis == ReadAxis::key && m_picture.column >= 0)
        parts << tr("The column of “%1” is read.").arg(tokenLabel(*m_picture.trace, m_picture.column));
    parts.removeAll(QString());
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
}

int HeatmapView::strongestKey(int query) const {
    if (!m_picture.trace)
        return -1;
    if (m_picture.content.numbers)
        return m_picture.tokenOfColumn(strongestColumn(m_picture.shown, m_picture.rowOf(query)));
    const ShownReading row = shownRow(*m_picture.trace, m_selection.head(), m_picture.tokens, query);
    return row.cells.empty() ? -1 : row.cells.front().token.first;
}

void HeatmapView::resizeEvent(QResizeEvent* event) {
    layOut(size());
    QCustomPlot::resizeEvent(event);
}

void HeatmapView::showEvent(QShowEvent* event) {
    QCustomPlot::showEvent(event);
    readTrace();
}

void HeatmapView::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    setFocused(true);
}

void HeatmapView::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    setFocused(false);
}

void HeatmapView::setFocused(bool focused) {
    m_picture.focused = focused;
    replot(rpQueuedRefresh);
}

} // namespace headlight
