#include "ui/look/heatmap_view.h"

#include "engine/explain/readings.h"
#include "ui/look/heatmap_accessible.h"
#include "ui/look/heatmap_layers.h"
#include "ui/paint/token_labels.h"

#include <algorithm>
#include <cmath>

namespace headlight {

HeatmapView::HeatmapView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QCustomPlot(parent), m_store(store), m_selection(selection), m_options(options) {
    installHeatmapAccessibility();
    setObjectName(QStringLiteral("map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    build();
    connect(&store, &TraceStore::changed, this, &HeatmapView::readTrace);
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

    // Labels and marks change with the selection, the card with every move of the pointer: neither repaints
    // the cells.
    addLayer(QStringLiteral("marks"));
    addLayer(QStringLiteral("card"));
    m_marks = layer(QStringLiteral("marks"));
    m_card = layer(QStringLiteral("card"));
    m_marks->setMode(QCPLayer::lmBuffered);
    m_card->setMode(QCPLayer::lmBuffered);
    new HeatmapLayerable(this, QStringLiteral("marks"), m_picture, paintLabelsAndMarks);
    new HeatmapLayerable(this, QStringLiteral("card"), m_picture, paintHoverCard);

    m_scale = new QCPColorScale(this);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setDataRange(QCPRange(0, 1));
    m_scale->setAutoMargins(QCP::msNone);
    m_scale->setMargins({});
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setTickStep(0.25);
    m_scale->axis()->setTicker(ticker);
    m_scale->axis()->setNumberFormat(QStringLiteral("g"));
    m_scale->axis()->setSubTicks(false);
    axisRect()->insetLayout()->setMargins({});
    axisRect()->insetLayout()->addElement(m_scale, QRectF(1, 0, 0.1, 0.5));
}

void HeatmapView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    setBackground(theme.palette.canvas);
    QCPColorGradient gradient;
    QMap<double, QColor> stops;
    for (int i = 0; i <= 32; ++i)
        stops.insert(i / 32.0, QColor::fromRgb(theme.weights.colour(static_cast<float>(i) / 32)));
    gradient.setColorStops(stops);
    gradient.setLevelCount(ColourScale::size);
    m_scale->setGradient(gradient);
    QCPAxis* axis = m_scale->axis();
    axis->setTickLabelFont(theme.small);
    axis->setTickLabelColor(theme.palette.mutedText);
    for (QCPAxis* each : {m_scale->axis()->axisRect()->axis(QCPAxis::atLeft),
                          m_scale->axis()->axisRect()->axis(QCPAxis::atTop),
                          m_scale->axis()->axisRect()->axis(QCPAxis::atBottom), axis}) {
        each->setBasePen(Qt::NoPen);
        each->setTickPen(Qt::NoPen);
    }
    m_picture.readLabels();
    readTrace();
}

void HeatmapView::readTrace() {
    if (!isVisible())
        return;
    m_picture.trace = m_store.current();
    m_picture.head = m_selection.shownHead();
    m_picture.query = m_selection.markedQuery();
    m_picture.key = m_selection.key();
    m_picture.hover = m_selection.hover();
    m_picture.readLabels();
    m_picture.readCells();
    layOut(size());
    describe();
    replot(rpQueuedRefresh);
}

void HeatmapView::readSelection() {
    if (!isVisible())
        return;
    if (m_picture.head != m_selection.shownHead()) {
        readTrace();
        return;
    }
    m_picture.query = m_selection.markedQuery();
    m_picture.key = m_selection.key();
    describe();
    m_marks->replot();
    update();
}

void HeatmapView::readHover() {
    if (!isVisible())
        return;
    if (m_picture.head != m_selection.shownHead()) {
        readTrace();
        return;
    }
    m_picture.hover = m_selection.hover();
    m_marks->replot();
    m_card->replot();
    update();
}

void HeatmapView::layOut(QSize size) {
    m_picture.layOut(size);
    const MapGeometry& map = m_picture.map;
    m_scale->setVisible(map.rows > 0);
    if (map.rows <= 0)
        return;
    const QRect inner = map.rect.toAlignedRect();
    axisRect()->setMargins(QMargins(inner.left(), inner.top(), size.width() - inner.right() - 1,
                                    size.height() - inner.bottom() - 1));
    xAxis->setRange(0, map.columns);
    yAxis->setRange(0, map.rows);
    const QRectF& bar = m_picture.scaleBar;
    m_scale->setBarWidth(static_cast<int>(bar.width()));
    const int scaleIndex = axisRect()->insetLayout()->elementCount() - 1; // the plot's legend came before it
    axisRect()->insetLayout()->setInsetRect(scaleIndex,
                                            QRectF((bar.left() - inner.left()) / inner.width(),
                                                   (bar.top() - inner.top()) / inner.height(),
                                                   70.0 / inner.width(), bar.height() / inner.height()));
}

void HeatmapView::paintFigure(QCPPainter& painter, QSize size) {
    m_picture.trace = m_store.current();
    m_picture.head = m_selection.head();
    m_picture.query = m_selection.markedQuery();
    m_picture.key = m_selection.key();
    m_picture.hover = {};
    m_picture.focused = false;
    m_picture.readLabels();
    m_picture.readCells();
    layOut(size);
    toPainter(&painter, size.width(), size.height());
}

void HeatmapView::describe() {
    const HeadAddress head = m_selection.head();
    setAccessibleName(tr("Map of weights, layer %1 head %2").arg(head.layer).arg(head.head));
    const Trace* trace = m_store.current().get();
    const int query = m_selection.markedQuery();
    if (!trace || query < 0) {
        setAccessibleDescription(tr("No word is selected."));
        return;
    }
    const int key = m_selection.key() >= 0 ? m_selection.key() : strongestKey(query);
    const CellCard card = cellCard(*trace, head, {query, key});
    setAccessibleDescription(QStringLiteral("%1 %2, %3").arg(card.pair, card.weight, card.detail));
}

int HeatmapView::strongestKey(int query) const {
    const std::vector<RowKey> row = strongestKeys(*m_store.current(), m_selection.head(), query);
    return row.empty() ? -1 : row.front().key;
}

void HeatmapView::resizeEvent(QResizeEvent* event) {
    layOut(size());
    QCustomPlot::resizeEvent(event);
}

void HeatmapView::showEvent(QShowEvent* event) {
    QCustomPlot::showEvent(event);
    readTrace();
}

void HeatmapView::mousePressEvent(QMouseEvent* event) {
    const auto cell = m_picture.map.cellAt(event->position());
    if (cell && event->button() == Qt::LeftButton)
        m_selection.setCell(cell->query, cell->key);
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event) {
    Hover hover;
    if (const auto cell = m_picture.map.cellAt(event->position())) {
        hover.query = cell->query;
        hover.key = cell->key;
    }
    m_selection.setHover(hover);
}

void HeatmapView::leaveEvent(QEvent*) {
    m_selection.clearHover();
}

void HeatmapView::keyPressEvent(QKeyEvent* event) {
    const int rows = m_picture.map.rows;
    const int columns = m_picture.map.columns;
    const int key = event->key();
    const bool walks = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
                       key == Qt::Key_Down || key == Qt::Key_Home || key == Qt::Key_End;
    if (!walks || rows <= 0) {
        QCustomPlot::keyPressEvent(event);
        return;
    }
    MapCell cell{std::max(0, m_selection.markedQuery()), m_selection.key()};
    if (key == Qt::Key_Home)
        cell.key = 0;
    else if (key == Qt::Key_End)
        cell.key = columns - 1;
    else if (cell.key < 0 || m_selection.query() < 0)
        cell.key = strongestKey(cell.query);
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        cell.key = std::clamp(cell.key + (key == Qt::Key_Right ? 1 : -1), 0, columns - 1);
    else
        cell.query = std::clamp(cell.query + (key == Qt::Key_Down ? 1 : -1), 0, rows - 1);
    m_selection.setCell(cell.query, cell.key);
}

void HeatmapView::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    m_picture.focused = true;
    m_marks->replot();
    update();
}

void HeatmapView::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    m_picture.focused = false;
    m_marks->replot();
    update();
}

} // namespace headlight
