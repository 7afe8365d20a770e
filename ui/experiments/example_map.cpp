#include "ui/experiments/example_map.h"

#include "engine/metrics/head_pattern.h"
#include "ui/paint/token_labels.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double cellSize = 16;
constexpr double gap = 4;         // between words and cells
constexpr double widestWord = 84; // pixels
constexpr double tilt = -60;      // degrees, of the words above

bool sameTokens(const Trace* one, const Trace* other) {
    return one && other && one->text == other->text && one->pairText == other->pairText &&
           one->tokens().size() == other->tokens().size();
}

/// The recorded weights of a self-attention head over the tokens of the text.
std::optional<HeadPattern> patternOf(const Trace* trace, const HeadAddress& head) {
    if (!trace)
        return std::nullopt;
    std::optional<HeadPattern> pattern = HeadPattern::of(*trace, head);
    const auto count = static_cast<int>(trace->tokens().size());
    if (pattern && (pattern->queries() != count || pattern->keys() != count))
        pattern.reset();
    return pattern;
}
} // namespace

ExampleMap::ExampleMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("exampleMap"));
    setAccessibleName(tr("Example: cells that the head should look at"));
    setFocusPolicy(Qt::StrongFocus);
}

int ExampleMap::count() const {
    return m_trace ? static_cast<int>(m_trace->tokens().size()) : 0;
}

void ExampleMap::setTheme(const Theme& theme) {
    m_theme = theme;
    layOut();
}

void ExampleMap::show(std::shared_ptr<const Trace> trace, const HeadAddress& head, int query, int key) {
    const bool same = sameTokens(m_trace.get(), trace.get());
    m_trace = std::move(trace);
    m_head = head;
    m_selected = {query, key};
    if (!same)
        m_byHand = false;
    if (!m_byHand)
        takeSelection();
    layOut();
    describe();
}

void ExampleMap::followSelection() {
    m_byHand = false;
    takeSelection();
    describe();
}

void ExampleMap::takeSelection() {
    std::vector<MarkedCell> marks;
    MarkedCell cell = m_selected;
    if (cell.query >= 0 && cell.query < count()) {
        if (const auto pattern = patternOf(m_trace.get(), m_head); cell.key < 0 && pattern) {
            const std::span<const float> row = pattern->row(cell.query);
            cell.key = static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
        }
        if (cell.key >= 0 && cell.key < count()) {
            marks.push_back(cell);
            m_cursor = cell;
        }
    }
    m_cursor.query = std::clamp(m_cursor.query, 0, std::max(0, count() - 1));
    m_cursor.key = std::clamp(m_cursor.key, 0, std::max(0, count() - 1));
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    Q_EMIT marksChanged();
}

void ExampleMap::layOut() {
    const QFontMetricsF metrics(m_theme.small);
    double widest = 0;
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, metrics.horizontalAdvance(tokenLabel(*m_trace, i)));
    widest = std::min(widest, widestWord);
    const double radians = tilt * M_PI / 180;
    m_left = std::ceil(widest + gap + 2);
    m_top = std::ceil(widest * std::abs(std::sin(radians)) + metrics.height());
    resize(sizeHint());
    updateGeometry();
    update();
}

QSize ExampleMap::sizeHint() const {
    // The last word above leans to the right.
    const double lean = (m_left - gap) * std::cos(tilt * M_PI / 180);
    return {static_cast<int>(std::ceil(m_left + count() * cellSize + lean + gap)),
            static_cast<int>(std::ceil(m_top + count() * cellSize + gap))};
}

QRectF ExampleMap::cellRect(const MarkedCell& cell) const {
    return {m_left + cell.key * cellSize, m_top + cell.query * cellSize, cellSize, cellSize};
}

std::optional<MarkedCell> ExampleMap::cellAt(QPointF point) const {
    const MarkedCell cell{static_cast<int>(std::floor((point.y() - m_top) / cellSize)),
                          static_cast<int>(std::floor((point.x() - m_left) / cellSize))};
    if (cell.query < 0 || cell.key < 0 || cell.query >= count() || cell.key >= count())
        return std::nullopt;
    return cell;
}

bool ExampleMap::isMarked(const MarkedCell& cell) const {
    return std::find(m_marks.begin(), m_marks.end(), cell) != m_marks.end();
}

void ExampleMap::toggle(const MarkedCell& cell) {
    if (!m_byHand && !isMarked(cell))
        m_marks.clear(); // the first mark by hand takes the place of the selection's
    m_byHand = true;
    const auto place = std::find(m_marks.begin(), m_marks.end(), cell);
    if (place == m_marks.end())
        m_marks.push_back(cell);
    else
        m_marks.erase(place);
    m_cursor = cell;
    describe();
    Q_EMIT marksChanged();
}

std::optional<float> ExampleMap::weightAt(const MarkedCell& cell) const {
    const auto pattern = patternOf(m_trace.get(), m_head);
    return pattern ? std::optional(pattern->row(cell.query)[static_cast<size_t>(cell.key)]) : std::nullopt;
}

QString ExampleMap::cellText(const MarkedCell& cell) const {
    const std::optional<float> weight = weightAt(cell);
    QString text =
        QStringLiteral("%1 → %2").arg(tokenLabel(*m_trace, cell.query), tokenLabel(*m_trace, cell.key));
    if (weight)
        text = tr("%1, weight %2").arg(text, weightText(*weight));
    return isMarked(cell) ? tr("%1, marked").arg(text) : text;
}

QString ExampleMap::marksText() const {
    QStringList words;
    for (const MarkedCell& cell : m_marks)
        words << QStringLiteral("%1 → %2").arg(tokenLabel(*m_trace, cell.query),
                                               tokenLabel(*m_trace, cell.key));
    return words.join(QStringLiteral(", "));
}

void ExampleMap::describe() {
    setAccessibleDescription(count() == 0 ? tr("There is no sentence yet.")
                                          : tr("%1. Marked: %2").arg(cellText(m_cursor), marksText()));
    update();
}

void ExampleMap::moveCursor(int down, int right) {
    if (count() == 0)
        return;
    m_cursor.query = std::clamp(m_cursor.query + down, 0, count() - 1);
    m_cursor.key = std::clamp(m_cursor.key + right, 0, count() - 1);
    describe();
    Q_EMIT cursorMoved(cellRect(m_cursor).toAlignedRect());
}

void ExampleMap::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.palette.canvas);
    const auto pattern = patternOf(m_trace.get(), m_head);
    if (!pattern)
        return;
    const QFontMetricsF metrics(m_theme.small);
    painter.setFont(m_theme.small);
    for (int i = 0; i < count(); ++i) {
        const QString word = metrics.elidedText(tokenLabel(*m_trace, i), Qt::ElideRight, m_left - gap);
        const QRectF cell = cellRect({i, i});
        const bool isQuery = hasFocus() && i == m_cursor.query, isKey = hasFocus() && i == m_cursor.key;
        painter.setPen(isQuery ? m_theme.palette.text : m_theme.palette.mutedText);
        painter.drawText(QRectF(0, cell.top(), m_left - gap, cellSize), Qt::AlignRight | Qt::AlignVCenter,
                         word);
        painter.setPen(isKey ? m_theme.palette.text : m_theme.palette.mutedText);
        painter.save();
        painter.translate(cell.center().x() + metrics.ascent() / 3, m_top - gap);
        painter.rotate(tilt);
        painter.drawText(QPointF(0, 0), word);
        painter.restore();
    }
    const QRectF seen = event->rect();
    const auto placeOf = [this](double from) {
        return std::clamp(static_cast<int>(std::floor(from / cellSize)), 0, count() - 1);
    };
    const int lastQuery = placeOf(seen.bottom() - m_top), lastKey = placeOf(seen.right() - m_left);
    for (int query = placeOf(seen.top() - m_top); query <= lastQuery; ++query) {
        const std::span<const float> row = pattern->row(query);
        for (int key = placeOf(seen.left() - m_left); key <= lastKey; ++key)
            painter.fillRect(cellRect({query, key}).adjusted(0, 0, -1, -1),
                             QColor::fromRgb(m_theme.weights.colour(row[static_cast<size_t>(key)])));
    }
    painter.setBrush(Qt::NoBrush);
    for (const MarkedCell& cell : m_marks) {
        if (cell.query >= count() || cell.key >= count())
            continue;
        const QRectF frame = cellRect(cell).adjusted(0.5, 0.5, -1.5, -1.5);
        painter.setPen(QPen(m_theme.palette.warning, 2));
        painter.drawRect(frame);
        painter.setPen(m_theme.weights.textOn(weightAt(cell).value_or(0.0F)));
        painter.drawText(frame, Qt::AlignCenter, QStringLiteral("✓"));
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.palette.text, 1, Qt::DashLine));
        painter.drawRect(cellRect(m_cursor).adjusted(-1.5, -1.5, 0.5, 0.5));
    }
}

void ExampleMap::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto cell = cellAt(event->position()))
        toggle(*cell);
}

void ExampleMap::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        return moveCursor(-1, 0);
    case Qt::Key_Down:
        return moveCursor(1, 0);
    case Qt::Key_Left:
        return moveCursor(0, -1);
    case Qt::Key_Right:
        return moveCursor(0, 1);
    case Qt::Key_Home:
        return moveCursor(0, -count());
    case Qt::Key_End:
        return moveCursor(0, count());
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (count() > 0)
            toggle(m_cursor);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool ExampleMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto cell = cellAt(help->pos()))
            QToolTip::showText(help->globalPos(), cellText(*cell), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void ExampleMap::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    Q_EMIT cursorMoved(cellRect(m_cursor).toAlignedRect());
    update();
}

void ExampleMap::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

} // namespace headlight
