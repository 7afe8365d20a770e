#include "ui/heads/heads_view.h"

#include "engine/explain/readings.h"
#include "ui/heads/metric_words.h"
#include "ui/heads/off_marks.h"
#include "ui/heads/pin_marks.h"
#include "ui/heads/pin_menu.h"
#include "ui/paint/token_labels.h"
#include "ui/theme/pinned_colours.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double margin = 16;
constexpr double titleHeight = 70; // with the choice below it
constexpr int choiceTop = 36;
constexpr int choiceHeight = 25;
constexpr double largestThumbnail = 64;
} // namespace

HeadsView::HeadsView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_options(options),
      m_choice(new QComboBox(this)), m_sort(new QToolButton(this)),
      m_metricValues(this, [this] { readTrace(); }) {
    setObjectName(QStringLiteral("heads"));
    setAccessibleName(tr("Heads"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    buildChoice();
    connect(&store, &TraceStore::changed, this, &HeadsView::readTrace);
    connect(&options, &ViewOptions::changed, this, [this] {
        if (m_options.tokens() != m_tokens || m_options.numbers() != m_numbers)
            readTrace();
        else
            update();
    });
    connect(&selection, &Selection::changed, this, &HeadsView::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &HeadsView::readSelection);
    connect(&options, &ViewOptions::changed, this, &HeadsView::readSelection);
}

void HeadsView::buildChoice() {
    m_choice->setObjectName(QStringLiteral("headMetric"));
    m_choice->setAccessibleName(tr("Number of each head"));
    m_choice->setFocusPolicy(Qt::TabFocus);
    fillWithMetrics(*m_choice, tr("no number"));
    m_sort->setObjectName(QStringLiteral("switch"));
    m_sort->setProperty("part", QStringLiteral("sort"));
    m_sort->setText(tr("sort"));
    m_sort->setAccessibleName(tr("Sort the heads by this number"));
    m_sort->setToolTip(tr("The highest first, instead of layer by layer"));
    m_sort->setCheckable(true);
    m_sort->setFocusPolicy(Qt::TabFocus);
    connect(m_choice, &QComboBox::activated, this, [this] {
        const std::string metric = m_choice->currentData().toString().toStdString();
        choose(metric, !metric.empty() && m_options.numbers().sorted);
    });
    connect(m_sort, &QToolButton::clicked, this, [this](bool on) { choose(m_options.numbers().badge, on); });
    layOutChoice();
}

void HeadsView::choose(const std::string& metric, bool sorted) {
    HeadNumbers numbers = m_options.numbers();
    numbers.badge = metric;
    numbers.sorted = sorted;
    m_options.setNumbers(numbers);
}

void HeadsView::layOutChoice() {
    m_sort->setVisible(m_metric);
    const int left = static_cast<int>(margin);
    const int sort = m_metric ? m_sort->sizeHint().width() + 4 : 0;
    const int room = std::max(80, width() - 2 * left);
    m_choice->setGeometry(left, choiceTop, room - sort, choiceHeight);
    if (m_metric)
        m_sort->setGeometry(left + room - sort + 4, choiceTop, sort - 4, choiceHeight);
}

void HeadsView::setModel(std::shared_ptr<const LoadedModel> model) {
    m_model = std::move(model);
    readTrace();
}

QString HeadsView::numberName() const {
    return m_metric ? metricName(*m_metric) : QString();
}

std::optional<double> HeadsView::valueAt(const HeadAddress& head) const {
    const auto found = std::find_if(m_values.begin(), m_values.end(),
                                    [&](const HeadValue& each) { return each.head == head; });
    return found == m_values.end() ? std::nullopt : found->value;
}

void HeadsView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_choice->setFont(theme.small);
    readTrace();
}

QSize HeadsView::minimumSizeHint() const {
    return {224, static_cast<int>(gridsBottom() + (m_metric ? 92 : 70))};
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
    const int heightBefore = minimumSizeHint().height();
    m_grids.clear();
    m_tokens = m_options.tokens();
    m_numbers = m_options.numbers();
    m_metric = findMetric(m_numbers.badge);
    if (m_metric && !isOfEveryText(*m_metric))
        m_metric = nullptr;
    m_values.clear();
    const Trace* trace = m_store.current().get();
    const Model* model = trace ? modelOf(*trace, m_model) : nullptr;
    if (trace) {
        m_metricValues.ask({m_metric}, m_store.current(), m_model);
        if (const std::vector<HeadValue>* values = m_metricValues.of(m_metric))
            m_values = *values;
        m_grids =
            headGrids(*trace, m_theme, QPointF(margin, titleHeight), width() - 2 * margin, largestThumbnail,
                      devicePixelRatioF(), m_tokens,
                      m_numbers.sorted ? std::span<const HeadValue>(m_values) : std::span<const HeadValue>());
    }
    showMetric(*m_choice, m_numbers.badge, trace, model);
    m_sort->setChecked(m_numbers.sorted);
    layOutChoice();
    if (minimumSizeHint().height() != heightBefore)
        updateGeometry();
    readSelection();
}

void HeadsView::readSelection() {
    m_entropy.clear();
    m_number.clear();
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
        if (m_metric) {
            m_number = metricNumber(*m_metric, valueAt(head));
            if (!m_metric->unit.empty())
                m_number += QLatin1Char(' ') +
                            QString::fromUtf8(m_metric->unit.data(), static_cast<int>(m_metric->unit.size()));
            description +=
                tr("; %1: %2").arg(numberName(), metricNumber(*m_metric, valueAt(m_selection.head())));
        }
        for (const PinnedHead& each : m_options.pinned())
            description +=
                tr("; pinned in %1: %2").arg(pinnedColourName(each.colour, m_theme), headLabel(each.head));
        for (const HeadAddress& each : offHeads(m_grids, trace->edits))
            description += tr("; switched off: %1").arg(headLabel(each));
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
    if (m_metric)
        paintBadges(painter, m_grids, m_theme, *m_metric, m_values);
    paintOffHeads(painter, m_grids, m_store.current()->edits, m_theme);
    paintPins(painter, m_grids, m_options.pinned(), m_theme);
    const double top = gridsBottom() + 26;
    painter.setFont(m_theme.heading);
    painter.setPen(m_theme.palette.text);
    const QString label = headLabel(m_selection.shownHead());
    painter.drawText(QPointF(margin, top), label);
    if (const std::optional<OffContext> off = offContext(m_store.current()->edits, m_selection.shownHead())) {
        const double afterLabel = margin + QFontMetricsF(m_theme.heading).horizontalAdvance(label) + 8;
        painter.setFont(m_theme.small);
        painter.drawText(QPointF(afterLabel, top),
                         *off == OffContext::zero ? tr("switched off") : tr("its mean over the sentence"));
    }
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QPointF(margin, top + 21), m_entropy);
    if (!m_metric)
        return;
    // The number is always there whole, the name as far as there is room.
    const QFontMetricsF metrics(m_theme.small);
    const QRectF line = numberLine();
    const double room = line.width() - metrics.horizontalAdvance(m_number) - 6;
    const QString name = metrics.elidedText(numberName(), Qt::ElideRight, std::max(room, line.width() / 3));
    const double width = metrics.horizontalAdvance(name) + 6;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
    painter.setPen(m_theme.palette.text);
    painter.drawText(line.adjusted(width, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(m_number, Qt::ElideRight, line.width() - width));
}

QRectF HeadsView::numberLine() const {
    return {margin, gridsBottom() + 26 + 28, width() - 2 * margin, 20};
}

bool HeadsView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_metric)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (numberLine().contains(help->pos()))
        QToolTip::showText(help->globalPos(), metricTip(*m_metric), this, numberLine().toRect());
    else if (const auto head = headAt(help->pos()))
        QToolTip::showText(
            help->globalPos(),
            tr("%1: %2 %3").arg(headLabel(*head), numberName(), metricNumber(*m_metric, valueAt(*head))),
            this, thumbnailRect(*head));
    else
        QToolTip::hideText();
    return true;
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
    popUpHeadMenu(m_options, *head, m_theme, this, place, {m_edits, m_store.current().get()});
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
    int across = 0;
    int down = 0;
    switch (event->key()) {
    case Qt::Key_Left:
        across = -1;
        break;
    case Qt::Key_Right:
        across = 1;
        break;
    case Qt::Key_Up:
        down = -1;
        break;
    case Qt::Key_Down:
        down = 1;
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
    for (const HeadGrid& grid : m_grids)
        if (shape && grid.stack == selected.stack) {
            const auto next = grid.geometry.neighbour({selected.layer, selected.head}, across, down);
            m_selection.setHead({selected.stack, next.layer, next.head});
        }
}

} // namespace headlight
