#include "ui/allheads/metric_plot.h"

#include "ui/heads/metric_words.h"
#include "ui/heads/pin_menu.h"
#include "ui/look/axes_look.h"
#include "ui/paint/token_labels.h"
#include "ui/theme/pinned_colours.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double dotSize = 7;
constexpr double reach = 14; ///< pixels around a dot that belong to it
constexpr size_t selectedLabel = pinnedColours;
constexpr size_t hoveredLabel = pinnedColours + 1;

std::optional<double> valueOf(const std::vector<HeadValue>& values, const HeadAddress& head) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const HeadValue& each) { return each.head == head; });
    return found == values.end() || !found->value || !std::isfinite(*found->value) ? std::nullopt
                                                                                   : found->value;
}

/// From the least to the most, with room so that no dot lies on an axis.
QCPRange rangeOf(double least, double most) {
    constexpr double share = 0.12;
    const double room = most > least ? (most - least) * share : 0.5;
    return {least - room, most + room};
}
} // namespace

MetricPlot::MetricPlot(Selection& selection, ViewOptions& options, QWidget* parent)
    : QCustomPlot(parent), m_selection(selection), m_options(options), m_note(new QCPTextElement(this)),
      m_all(addGraph()), m_selected(nullptr), m_hovered(nullptr) {
    setObjectName(QStringLiteral("metricPlot"));
    setAccessibleName(tr("Heads by two metrics"));
    setFocusPolicy(Qt::StrongFocus);
    setInteractions({});
    setMouseTracking(true);
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, m_note);
    plotLayout()->setRowSpacing(2);
    m_note->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    for (QCPGraph*& graph : m_pinned)
        graph = addGraph();
    m_selected = addGraph();
    m_hovered = addGraph();
    for (QCPItemText*& label : m_labels) {
        label = new QCPItemText(this);
        label->setVisible(false);
        label->setClipToAxisRect(false);
    }
    axisRect()->setupFullAxesBox(false);
    axisRect()->setMinimumMargins({56, 4, 12, 0});
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->ticker()->setTickCount(4);
        axis->setNumberFormat(QStringLiteral("gb"));
        axis->setNumberPrecision(3);
    }
    legend->setVisible(false);
    setTheme(m_theme);
    connect(&selection, &Selection::changed, this, &MetricPlot::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &MetricPlot::readSelection);
    connect(&options, &ViewOptions::changed, this, &MetricPlot::readSelection);
}

void MetricPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    const Palette& colours = theme.palette;
    setAxesLook(*this, theme);
    m_note->setFont(theme.small);
    m_note->setTextColor(colours.mutedText);
    const auto look = [](QCPGraph* graph, const QColor& colour, double size) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour, 1), QBrush(colour), size));
    };
    look(m_all, colours.mutedText, dotSize);
    for (int colour = 0; colour < pinnedColours; ++colour)
        look(m_pinned[static_cast<size_t>(colour)], pinnedColour(colour, theme), dotSize + 3);
    m_selected->setLineStyle(QCPGraph::lsNone);
    m_selected->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.accent, 2.4),
                                                QBrush(Qt::NoBrush), dotSize + 7));
    m_hovered->setLineStyle(QCPGraph::lsNone);
    m_hovered->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.text, 1.2),
                                               QBrush(Qt::NoBrush), dotSize + 5));
    for (QCPItemText* label : m_labels)
        label->setFont(theme.small);
    readSelection();
}

void MetricPlot::setValues(const HeadMetric* across, const std::vector<HeadValue>& acrossValues,
                           const HeadMetric* up, const std::vector<HeadValue>& upValues) {
    m_dots.clear();
    m_acrossName = across ? metricAxis(*across) : QString();
    m_upName = up ? metricAxis(*up) : QString();
    QVector<double> xs;
    QVector<double> ys;
    if (across && up)
        for (const HeadValue& each : acrossValues) {
            const auto x = valueOf(acrossValues, each.head);
            const auto y = valueOf(upValues, each.head);
            if (!x || !y)
                continue;
            m_dots.push_back({each.head, *x, *y});
            xs << *x;
            ys << *y;
        }
    const size_t heads = acrossValues.size();
    m_note->setText(m_dots.empty() ? tr("no head has both numbers for this text")
                    : m_dots.size() < heads
                        ? tr("%1 of %2 heads have both numbers for this text").arg(m_dots.size()).arg(heads)
                        : tr("a dot a head, mean over this sentence"));
    m_all->setData(xs, ys);
    if (!m_dots.empty()) {
        const auto [left, right] = std::minmax_element(xs.begin(), xs.end());
        const auto [low, high] = std::minmax_element(ys.begin(), ys.end());
        xAxis->setRange(rangeOf(*left, *right));
        yAxis->setRange(rangeOf(*low, *high));
    }
    fitAxes();
    readSelection();
}

/// Names of axes as far as there is room.
void MetricPlot::fitAxes() {
    const QFontMetrics metrics(m_theme.small);
    xAxis->setLabel(metrics.elidedText(m_acrossName, Qt::ElideRight, std::max(60, width() - 76)));
    yAxis->setLabel(metrics.elidedText(m_upName, Qt::ElideRight, std::max(60, height() - 70)));
}

const HeadDot* MetricPlot::dotOf(const HeadAddress& head) const {
    const auto found =
        std::find_if(m_dots.begin(), m_dots.end(), [&](const HeadDot& each) { return each.head == head; });
    return found == m_dots.end() ? nullptr : &*found;
}

std::optional<QPointF> MetricPlot::placeOf(const HeadAddress& head) const {
    const HeadDot* dot = dotOf(head);
    if (!dot)
        return std::nullopt;
    return QPointF(xAxis->coordToPixel(dot->across), yAxis->coordToPixel(dot->up));
}

const HeadDot* MetricPlot::dotAt(QPointF point) const {
    const HeadDot* nearest = nullptr;
    double least = reach * reach;
    for (const HeadDot& each : m_dots) {
        const QPointF apart = *placeOf(each.head) - point;
        const double squared = QPointF::dotProduct(apart, apart);
        if (squared <= least) {
            least = squared;
            nearest = &each;
        }
    }
    return nearest;
}

void MetricPlot::name(size_t label, const HeadDot& dot, const QColor& colour) {
    QCPItemText* text = m_labels[label];
    const bool atLeft = dot.across > xAxis->range().center();
    text->setPositionAlignment((atLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    text->setPadding(atLeft ? QMargins(0, 0, 10, 0) : QMargins(10, 0, 0, 0));
    text->position->setCoords(dot.across, dot.up);
    text->setText(headLabel(dot.head));
    text->setColor(colour);
    text->setVisible(true);
}

void MetricPlot::readSelection() {
    for (QCPGraph* graph : {m_selected, m_hovered})
        graph->data()->clear();
    for (QCPGraph* graph : m_pinned)
        graph->data()->clear();
    for (QCPItemText* label : m_labels)
        label->setVisible(false);
    const auto mark = [&](QCPGraph* graph, const HeadAddress& head, size_t label) {
        const HeadDot* dot = dotOf(head);
        if (!dot)
            return;
        graph->addData(dot->across, dot->up);
        name(label, *dot, m_theme.palette.text);
    };
    const HeadAddress selected = m_selection.head();
    for (const PinnedHead& each : m_options.pinned())
        mark(m_pinned[static_cast<size_t>(each.colour)], each.head, static_cast<size_t>(each.colour));
    mark(m_selected, selected, selectedLabel);
    if (const std::optional<int> colour = m_options.colourOf(selected))
        m_labels[static_cast<size_t>(*colour)]->setVisible(false); // it is named already
    const std::optional<HeadAddress> hovered = m_selection.hover().head;
    if (hovered && *hovered != selected) {
        mark(m_hovered, *hovered, hoveredLabel);
        if (const std::optional<int> colour = m_options.colourOf(*hovered))
            m_labels[static_cast<size_t>(*colour)]->setVisible(false);
    }
    const HeadDot* dot = dotOf(selected);
    setAccessibleDescription(dot ? tr("%1: %2 %3, %4 %5")
                                       .arg(headLabel(selected), m_acrossName)
                                       .arg(dot->across, 0, 'f', 2)
                                       .arg(m_upName)
                                       .arg(dot->up, 0, 'f', 2)
                                 : m_note->text());
    replot(rpQueuedReplot);
}

void MetricPlot::mouseMoveEvent(QMouseEvent* event) {
    Hover hover;
    if (const HeadDot* dot = dotAt(event->position()))
        hover.head = dot->head;
    setCursor(hover.head ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_selection.setHover(hover);
}

void MetricPlot::leaveEvent(QEvent*) {
    m_selection.clearHover();
}

void MetricPlot::mousePressEvent(QMouseEvent* event) {
    const HeadDot* dot = dotAt(event->position());
    if (!dot || event->button() != Qt::LeftButton)
        return;
    const HeadAddress head = dot->head;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        togglePin(m_options, head, m_theme, this, event->globalPosition().toPoint());
    else
        m_selection.setHead(head);
}

void MetricPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (dotAt(event->position()) && event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier)
        m_selection.enter(EnteredNumber::head);
}

void MetricPlot::resizeEvent(QResizeEvent* event) {
    fitAxes();
    QCustomPlot::resizeEvent(event);
}

/// From left to right, and from bottom to top where dots stand above each other.
void MetricPlot::walk(int step) {
    if (m_dots.empty())
        return;
    std::vector<HeadDot> sorted = m_dots;
    std::stable_sort(sorted.begin(), sorted.end(), [](const HeadDot& a, const HeadDot& b) {
        return a.across != b.across ? a.across < b.across : a.up < b.up;
    });
    const auto found = std::find_if(sorted.begin(), sorted.end(),
                                    [&](const HeadDot& each) { return each.head == m_selection.head(); });
    const auto last = static_cast<int>(sorted.size()) - 1;
    const int to =
        found == sorted.end() ? 0 : std::clamp(static_cast<int>(found - sorted.begin()) + step, 0, last);
    m_selection.setHead(sorted[static_cast<size_t>(to)].head);
}

void MetricPlot::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        walk(-1);
        break;
    case Qt::Key_Right:
        walk(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_selection.enter(EnteredNumber::head);
        break;
    case Qt::Key_P:
        if (!m_dots.empty() && event->modifiers() == Qt::NoModifier)
            togglePin(m_options, m_selection.head(), m_theme, this,
                      mapToGlobal(placeOf(m_selection.head()).value_or(QPointF()).toPoint()));
        break;
    default:
        QCustomPlot::keyPressEvent(event);
    }
}

void MetricPlot::paintFigure(QCPPainter& painter, const QRect& part) {
    painter.save();
    painter.translate(part.topLeft());
    toPainter(&painter, part.width(), part.height());
    painter.restore();
}

} // namespace headlight
