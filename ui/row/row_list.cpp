#include "ui/row/row_list.h"

#include "ui/glossary/glossary.h"
#include "ui/paint/token_labels.h"
#include "ui/row/row_columns.h"
#include "ui/row/truth_words.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace headlight {

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
        describe();
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
    describe();
    if (another) { // what is read now begins at the top, unless a selected word stands further down
        verticalScrollBar()->setValue(0);
        showSelected();
    }
    viewport()->update();
}

/// The first line; with a truth column the selected one, with what was measured.
void RowList::describe() {
    if (m_content.lines.empty())
        return;
    const RowLine& first = m_content.lines.front();
    const QString text = m_content.axis == ReadAxis::query ? tr("%1 keys; first: %2, weight %3")
                                                           : tr("%1 queries; first: %2, weight %3");
    QString description = text.arg(m_content.lines.size()).arg(first.label, weightText(first.weight));
    if (m_content.truth == TruthState::shown) {
        const int line = lineOf(selectedToken());
        const RowLine& told = m_content.lines[static_cast<size_t>(std::max(line, 0))];
        description += QStringLiteral("; ") + lineInWords(told.token);
    }
    setAccessibleDescription(description);
}

QString RowList::lineInWords(int token) const {
    const int line = token < 0 ? -1 : lineOf(token);
    if (line < 0 || m_content.truth != TruthState::shown)
        return {};
    const RowLine& told = m_content.lines[static_cast<size_t>(line)];
    return told.truth
               ? tr("%1: weight %2, %3").arg(told.label, weightText(told.weight), truthInWords(*told.truth))
               : tr("%1: several tokens, of which none is measured").arg(told.label);
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

RowColumns RowList::columns() const {
    return {static_cast<double>(viewport()->width()), m_widestLabel, m_content.truth != TruthState::hidden};
}

std::vector<RowList::Heading> RowList::headings() const {
    const RowColumns columns = this->columns();
    const bool byRow = m_content.axis == ReadAxis::query;
    const auto heading = [](double left, double right, const QString& text, const char* term) {
        return Heading{QRectF(left, 0, right - left, headerHeight - 6), text, QString::fromLatin1(term)};
    };
    if (m_content.truth != TruthState::hidden) {
        const auto over = [&](const RowColumns::Column& column, const QString& text, const char* term) {
            Heading one = heading(column.first, column.first + column.second, text, term);
            one.alignment = Qt::AlignRight | Qt::AlignVCenter;
            return one;
        };
        return {heading(columns.label.first, columns.label.first + columns.label.second, tr("key"), "key"),
                over(columns.weightNumber, tr("weight"), "weight"), over(columns.size, tr("size"), "size"),
                over(columns.gradient, tr("grad×w"), "gradient"),
                over(columns.change, tr("change"), "deletion")};
    }
    return {heading(columns.label.first, columns.label.first + columns.label.second,
                    byRow ? tr("key") : tr("query"), byRow ? "key" : "query"),
            heading(columns.scoreBar.first, columns.scoreNumber.first + rowNumberWidth, tr("score, around 0"),
                    "score"),
            heading(columns.weightBar.first, columns.weightNumber.first + rowNumberWidth,
                    m_content.edited ? tr("weight | before") : tr("weight, 0 to 1"), "weight")};
}

QString RowList::termAt(QPointF point) const {
    if (!m_content.lines.empty())
        for (const Heading& heading : headings())
            if (heading.room.contains(point))
                return heading.term;
    return {};
}

int RowList::changeAt(QPointF point) const {
    if (m_content.truth != TruthState::shown)
        return -1;
    const RowColumns columns = this->columns();
    const int token = tokenAt(point);
    const int line = token < 0 ? -1 : lineOf(token);
    const bool measured = line >= 0 && m_content.lines[static_cast<size_t>(line)].truth;
    return measured && point.x() >= columns.change.first ? token : -1;
}

QRect RowList::changeRect(int token) const {
    const QRect line = lineRect(token);
    const RowColumns columns = this->columns();
    return line.isEmpty() || m_content.truth == TruthState::hidden
               ? QRect()
               : QRect(static_cast<int>(columns.change.first), line.top(),
                       static_cast<int>(columns.change.second), line.height());
}

bool RowList::isOneEdge(int token) const {
    return std::any_of(m_content.lines.begin(), m_content.lines.end(),
                       [token](const RowLine& line) { return line.token == token && line.last == token; });
}

void RowList::offerEdge(int token) {
    if (!isOneEdge(token) || m_content.truth != TruthState::shown || changeRect(token).isEmpty())
        return;
    Q_EMIT edgeMenuWanted(token, viewport()->mapToGlobal(changeRect(token).bottomLeft()));
}

void RowList::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Keyboard) {
        offerEdge(selectedToken());
    } else if (const int token = tokenAt(event->pos()); token >= 0) {
        select(token);
        offerEdge(token);
    }
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
    else if (const int token = tokenAt(event->position()); token >= 0) {
        select(token);
        if (changeAt(event->position()) == token)
            offerEdge(token);
    }
}

void RowList::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    if (tokenAt(event->position()) < 0 || event->button() != Qt::LeftButton)
        return;
    const RowColumns columns = this->columns();
    const double x = event->position().x();
    if (m_content.truth != TruthState::hidden && x >= columns.size.first)
        return;
    const bool onScore =
        m_content.truth == TruthState::hidden && x >= columns.scoreBar.first && x < columns.weightBar.first;
    m_selection.enter(onScore ? EnteredNumber::score : EnteredNumber::weight);
}

void RowList::mouseMoveEvent(QMouseEvent* event) {
    const bool offers = !termAt(event->position()).isEmpty() || changeAt(event->position()) >= 0;
    viewport()->setCursor(offers ? Qt::PointingHandCursor : Qt::ArrowCursor);
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
        const QString term = termAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           term.isEmpty() ? lineInWords(tokenAt(help->pos())) : glossaryTip(term),
                           viewport());
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
    if (event->key() == Qt::Key_Delete && m_content.truth != TruthState::hidden &&
        isOneEdge(selectedToken())) {
        Q_EMIT edgeDeletionWanted(selectedToken());
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
