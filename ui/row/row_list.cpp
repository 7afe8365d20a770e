#include "ui/row/row_list.h"

#include "ui/glossary/glossary.h"
#include "ui/paint/token_labels.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int headerHeight = 28;
constexpr int lineHeight = 24;
constexpr double numberWidth = 48;
constexpr double columnGap = 10;

/// Columns for a list of this width: word, score bar, score number, weight bar, weight number. Long words
/// take room from the bars, as far as these stay readable.
struct Columns {
    Columns(double width, double widestLabel) {
        constexpr double leastOfLabels = 0.36;
        constexpr double mostOfLabels = 0.46;
        const double rest = width - 2 * (numberWidth + 6) - 2 * columnGap;
        label = {0, std::floor(std::clamp(widestLabel, rest * leastOfLabels, rest * mostOfLabels))};
        const double bar = std::floor((rest - label.second) / 2);
        scoreBar = {label.second + columnGap, bar};
        scoreNumber = {scoreBar.first + bar + 6, numberWidth};
        weightBar = {scoreNumber.first + numberWidth + columnGap, bar};
        weightNumber = {weightBar.first + bar + 6, numberWidth};
    }
    using Column = std::pair<double, double>; // left, width
    Column label, scoreBar, scoreNumber, weightBar, weightNumber;
};
} // namespace

RowList::RowList(Selection& selection, QWidget* parent)
    : QAbstractScrollArea(parent), m_selection(selection) {
    setObjectName(QStringLiteral("row"));
    setAccessibleName(tr("Weights of the word that is read"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setWhatsThis(glossaryTip(QStringLiteral("score")) + glossaryTip(QStringLiteral("softmax")) +
                 glossaryTip(QStringLiteral("weight")));
    connect(&selection, &Selection::changed, this, [this] {
        showSelected();
        viewport()->update();
    });
    connect(&selection, &Selection::hoverChanged, this, [this] { viewport()->update(); });
}

void RowList::setTheme(const Theme& theme) {
    m_theme = theme;
    measureLabels();
    viewport()->update();
}

void RowList::measureLabels() {
    const QFontMetricsF metrics(m_theme.heading);
    m_widestLabel = 0;
    for (const RowLine& line : m_content.lines)
        m_widestLabel = std::max(m_widestLabel, std::ceil(metrics.horizontalAdvance(line.label)));
}

void RowList::setContent(RowContent content) {
    const size_t linesBefore = m_content.lines.size();
    const bool another = content.of != m_content.of || content.axis != m_content.axis || linesBefore == 0 ||
                         content.lines.empty() ||
                         content.lines.front().token != m_content.lines.front().token;
    m_content = std::move(content);
    measureLabels();
    if (m_content.lines.size() != linesBefore) {
        fitScrollBar();
        updateGeometry();
    }
    if (!m_content.lines.empty()) {
        const RowLine& first = m_content.lines.front();
        const QString text = m_content.axis == ReadAxis::query ? tr("%1 keys; first: %2, weight %3")
                                                               : tr("%1 queries; first: %2, weight %3");
        setAccessibleDescription(text.arg(m_content.lines.size()).arg(first.label, weightText(first.weight)));
    }
    if (another) { // what is read now begins at the top, unless a selected word stands further down
        verticalScrollBar()->setValue(0);
        showSelected();
    }
    viewport()->update();
}

int RowList::wantedHeight() const {
    return headerHeight + lineHeight * static_cast<int>(m_content.lines.size()) + 2;
}

void RowList::fitScrollBar() {
    verticalScrollBar()->setRange(0, std::max(0, wantedHeight() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lineHeight);
}

int RowList::lineOf(int token) const {
    const auto found = std::find_if(m_content.lines.begin(), m_content.lines.end(), [&](const RowLine& line) {
        return line.token <= token && token <= line.last;
    });
    return found == m_content.lines.end() ? -1 : static_cast<int>(found - m_content.lines.begin());
}

QRect RowList::lineRect(int token) const {
    const int line = lineOf(token);
    if (line < 0)
        return {};
    return {0, headerHeight + line * lineHeight - verticalScrollBar()->value(), viewport()->width(),
            lineHeight};
}

int RowList::selectedToken() const {
    return m_content.axis == ReadAxis::query ? m_selection.key() : m_selection.markedQuery();
}

void RowList::select(int token) {
    if (m_content.axis == ReadAxis::query)
        m_selection.setCell(m_selection.shownQuery(), token);
    else
        m_selection.setCell(token, m_content.of);
}

void RowList::showSelected() {
    const int line = lineOf(selectedToken());
    if (line < 0)
        return;
    const int top = line * lineHeight;
    QScrollBar* bar = verticalScrollBar();
    const int room = viewport()->height() - headerHeight;
    if (top < bar->value())
        bar->setValue(top);
    else if (top + lineHeight > bar->value() + room)
        bar->setValue(top + lineHeight - room);
}

void RowList::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setClipRect(QRect(0, headerHeight, viewport()->width(), viewport()->height() - headerHeight));
    double top = headerHeight - verticalScrollBar()->value();
    for (const RowLine& line : m_content.lines) {
        if (top + lineHeight > headerHeight && top < viewport()->height())
            paintLine(painter, line, top);
        top += lineHeight;
    }
    painter.setClipping(false);
    if (!m_content.lines.empty())
        paintHeader(painter);
}

std::vector<RowList::Heading> RowList::headings() const {
    const Columns columns(viewport()->width(), m_widestLabel);
    const bool byRow = m_content.axis == ReadAxis::query;
    const auto heading = [](double left, double right, const QString& text, const char* term) {
        return Heading{QRectF(left, 0, right - left, headerHeight - 6), text, QString::fromLatin1(term)};
    };
    return {heading(columns.label.first, columns.label.first + columns.label.second,
                    byRow ? tr("key") : tr("query"), byRow ? "key" : "query"),
            heading(columns.scoreBar.first, columns.scoreNumber.first + numberWidth, tr("score, around 0"),
                    "score"),
            heading(columns.weightBar.first, columns.weightNumber.first + numberWidth,
                    m_content.edited ? tr("weight | before") : tr("weight, 0 to 1"), "weight")};
}

QString RowList::termAt(QPointF point) const {
    if (!m_content.lines.empty())
        for (const Heading& heading : headings())
            if (heading.room.contains(point))
                return heading.term;
    return {};
}

void RowList::paintHeader(QPainter& painter) const {
    painter.setFont(m_theme.small);
    for (const Heading& heading : headings()) {
        painter.setPen(m_theme.palette.mutedText);
        QRectF text;
        painter.drawText(heading.room, Qt::AlignLeft | Qt::AlignVCenter, heading.text, &text);
        // Dotted, as words are that can be looked up.
        painter.setPen(QPen(m_theme.palette.mutedText, 1, Qt::DotLine));
        painter.drawLine(QPointF(text.left(), text.bottom()), QPointF(text.right(), text.bottom()));
    }
}

void RowList::paintLine(QPainter& painter, const RowLine& line, double top) const {
    const Columns columns(viewport()->width(), m_widestLabel);
    const auto isOf = [&line](int token) { return line.token <= token && token <= line.last; };
    const bool byRow = m_content.axis == ReadAxis::query;
    const bool selected = isOf(selectedToken());
    const bool preview = isOf(byRow ? m_selection.hover().key : m_selection.hover().query);
    if (selected || preview) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(selected ? QPen(m_theme.palette.accent, 1.4) : QPen(Qt::NoPen));
        painter.setBrush(selected ? Qt::NoBrush : QBrush(m_theme.palette.accentSoft));
        painter.drawRoundedRect(QRectF(-3, top + 1, viewport()->width() + 2, lineHeight - 2), 4, 4);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const bool strong = line.weight >= 0.5F;
    painter.setFont(strong ? m_theme.heading : m_theme.body);
    painter.setPen(line.special ? m_theme.palette.mutedText : m_theme.palette.text);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(columns.label.first, top, columns.label.second, lineHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     elidedBefore(line.label, line.ending, metrics, columns.label.second));

    const double barTop = top + 7;
    const double barHeight = lineHeight - 14;
    const BarSpan span = scoreBar(line.score, m_content.lowestScore, m_content.highestScore);
    const double width = columns.scoreBar.second;
    QColor scoreColour = m_theme.palette.mutedText;
    scoreColour.setAlpha(150);
    painter.fillRect(QRectF(columns.scoreBar.first + span.begin * width, barTop,
                            (span.end - span.begin) * width, barHeight),
                     scoreColour);
    const BarSpan zero = scoreBar(0, m_content.lowestScore, m_content.highestScore);
    painter.fillRect(QRectF(columns.scoreBar.first + zero.begin * width, top + 4, 1, lineHeight - 8),
                     m_theme.palette.mutedText);
    const double weightWidth =
        std::clamp(static_cast<double>(line.weight), 0.0, 1.0) * columns.weightBar.second;
    painter.fillRect(QRectF(columns.weightBar.first, top + 4, 1, lineHeight - 8), m_theme.palette.mutedText);
    painter.fillRect(QRectF(columns.weightBar.first, barTop, weightWidth, barHeight), m_theme.palette.accent);
    if (line.before) { // where the bar of the unchanged model ends
        const double place =
            std::clamp(static_cast<double>(*line.before), 0.0, 1.0) * columns.weightBar.second;
        painter.fillRect(QRectF(columns.weightBar.first + place - 1, top + 4, 2, lineHeight - 8),
                         m_theme.palette.warning);
    }

    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QRectF(columns.scoreNumber.first, top, numberWidth, lineHeight),
                     Qt::AlignRight | Qt::AlignVCenter, scoreText(line.score));
    painter.setPen(m_theme.palette.text);
    painter.drawText(QRectF(columns.weightNumber.first, top, numberWidth - 8, lineHeight),
                     Qt::AlignRight | Qt::AlignVCenter, weightText(line.weight));
}

int RowList::tokenAt(QPointF point) const {
    if (point.y() < headerHeight)
        return -1;
    const int line = static_cast<int>((point.y() - headerHeight + verticalScrollBar()->value()) / lineHeight);
    return line >= 0 && static_cast<size_t>(line) < m_content.lines.size()
               ? m_content.lines[static_cast<size_t>(line)].token
               : -1;
}

void RowList::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    // Whole lines only: half a line at the end reads like a fault.
    const int rest = std::max(0, height() - headerHeight) % lineHeight;
    if (viewportMargins().bottom() != rest)
        setViewportMargins(0, 0, 0, rest);
    fitScrollBar();
}

void RowList::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const QString term = termAt(event->position()); !term.isEmpty())
        Q_EMIT explanationWanted(term);
    else if (const int token = tokenAt(event->position()); token >= 0)
        select(token);
}

void RowList::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (tokenAt(event->position()) < 0 || event->button() != Qt::LeftButton)
        return;
    const Columns columns(viewport()->width(), m_widestLabel);
    const double x = event->position().x();
    const bool onScore = x >= columns.scoreBar.first && x < columns.weightBar.first;
    m_selection.enter(onScore ? EnteredNumber::score : EnteredNumber::weight);
}

void RowList::mouseMoveEvent(QMouseEvent* event) {
    viewport()->setCursor(termAt(event->position()).isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    Hover hover;
    if (const int token = tokenAt(event->position()); token >= 0) {
        const bool byRow = m_content.axis == ReadAxis::query;
        hover.query = byRow ? m_selection.markedQuery() : token;
        hover.key = byRow ? token : m_content.of;
    }
    m_selection.setHover(hover);
}

bool RowList::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        m_selection.clearHover();
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), glossaryTip(termAt(help->pos())), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void RowList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier) {
        m_selection.setAxis(m_selection.axis() == ReadAxis::query ? ReadAxis::key : ReadAxis::query);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_selection.enter(EnteredNumber::weight);
        return;
    }
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || m_content.lines.empty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int line = lineOf(selectedToken());
    const int last = static_cast<int>(m_content.lines.size()) - 1;
    const int next = line < 0 ? 0 : std::clamp(line + step, 0, last);
    select(m_content.lines[static_cast<size_t>(next)].token);
}

void RowList::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void RowList::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace headlight
