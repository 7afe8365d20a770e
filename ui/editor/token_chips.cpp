#include "ui/editor/token_chips.h"

#include "engine/explain/shown_reading.h"
#include "ui/edits/cell_marks.h"
#include "ui/edits/edit_menus.h"
#include "ui/paint/token_labels.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int mostRows = 2; // more scroll: the map needs the height
constexpr double widestChip = 220;
} // namespace

TokenChips::TokenChips(const TraceStore& store, Selection& selection, QWidget* parent)
    : QAbstractScrollArea(parent), m_store(store), m_selection(selection) {
    setObjectName(QStringLiteral("chips"));
    setAccessibleName(tr("Words"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&store, &TraceStore::changed, this, &TokenChips::readTrace);
    connect(&selection, &Selection::changed, this, [this] {
        readSelection();
        showQuery();
    });
    connect(&selection, &Selection::hoverChanged, this, &TokenChips::readSelection);
    setFixedHeight(sizeHint().height());
}

void TokenChips::setTheme(const Theme& theme) {
    m_theme = theme;
    readTrace();
}

QSize TokenChips::sizeHint() const {
    return {400, static_cast<int>(ChipLayout::rowHeight * m_shownRows)};
}

QRect TokenChips::chipRect(int token) const {
    if (token < 0 || static_cast<size_t>(token) >= m_layout.chips.size())
        return {};
    return m_layout.chips[static_cast<size_t>(token)].translated(0, -verticalScrollBar()->value()).toRect();
}

void TokenChips::readTrace() {
    m_chips.clear();
    if (const Trace* trace = m_store.current().get()) {
        const QFontMetricsF metrics(m_theme.body);
        const QFontMetricsF boldMetrics(bold(m_theme.body));
        m_chips.reserve(trace->tokens().size());
        for (const Token& token : trace->tokens()) {
            Chip chip;
            chip.special = token.special;
            chip.word = token.word;
            // Room for the bold spelling, so that selecting a word moves no other.
            chip.text = metrics.elidedText(tokenLabel(*trace, token), Qt::ElideRight, widestChip);
            chip.width = std::ceil(boldMetrics.horizontalAdvance(chip.text)) + 14;
            m_chips.push_back(std::move(chip));
        }
    }
    layOut();
    readSelection();
}

void TokenChips::readSelection() {
    m_strongest = -1;
    const Trace* trace = m_store.current().get();
    QString description;
    const bool byKey = m_selection.axis() == ReadAxis::key;
    const int read = byKey ? m_selection.shownColumn() : m_selection.shownQuery();
    if (trace && read >= 0) {
        const ShownReading reading = byKey ? shownColumn(*trace, m_selection.shownHead(), {}, read)
                                           : shownRow(*trace, m_selection.shownHead(), {}, read);
        if (!reading.cells.empty()) {
            m_strongest = reading.cells.front().token.first;
            m_strongestWeight = reading.cells.front().weight;
        }
        description = (byKey ? tr("The word that is looked at: %1") : tr("The word that looks: %1"))
                          .arg(tokenLabel(*trace, read));
    }
    m_hidden = trace ? hiddenTokens(*trace, m_selection.shownHead()) : std::vector<int>();
    for (const int token : m_hidden)
        description += tr("; hidden: %1").arg(tokenLabel(*trace, token));
    setAccessibleDescription(description);
    viewport()->update();
}

void TokenChips::layOut() {
    std::vector<ChipSize> sizes;
    sizes.reserve(m_chips.size());
    for (const Chip& chip : m_chips)
        sizes.push_back({chip.width, chip.word});
    m_layout = layOutChips(sizes, viewport()->width() - 1);
    const int rows = std::clamp(m_layout.rows, 1, mostRows);
    if (rows != m_shownRows) {
        m_shownRows = rows;
        setFixedHeight(sizeHint().height());
    }
    const int hidden = static_cast<int>(ChipLayout::rowHeight) * (m_layout.rows - rows);
    verticalScrollBar()->setRange(0, hidden);
    verticalScrollBar()->setPageStep(static_cast<int>(ChipLayout::rowHeight) * rows);
    verticalScrollBar()->setSingleStep(static_cast<int>(ChipLayout::rowHeight));
}

void TokenChips::showQuery() {
    const int query = m_selection.markedQuery();
    if (query < 0 || static_cast<size_t>(query) >= m_layout.chips.size())
        return;
    const QRectF& chip = m_layout.chips[static_cast<size_t>(query)];
    QScrollBar* bar = verticalScrollBar();
    if (chip.top() < bar->value())
        bar->setValue(static_cast<int>(chip.top()) - 2);
    else if (chip.bottom() > bar->value() + viewport()->height())
        bar->setValue(static_cast<int>(chip.bottom()) + 6 - viewport()->height());
}

void TokenChips::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0, -verticalScrollBar()->value());
    painter.setPen(QPen(m_theme.palette.mutedText, 1));
    for (const WordBracket& bracket : m_layout.brackets) {
        painter.drawLine(QPointF(bracket.left + 2, bracket.y), QPointF(bracket.right - 2, bracket.y));
        painter.drawLine(QPointF(bracket.left + 2, bracket.y), QPointF(bracket.left + 2, bracket.y - 2));
        painter.drawLine(QPointF(bracket.right - 2, bracket.y), QPointF(bracket.right - 2, bracket.y - 2));
    }
    for (size_t i = 0; i < m_layout.chips.size(); ++i)
        paintChip(painter, i, m_layout.chips[i]);
}

void TokenChips::paintChip(QPainter& painter, size_t index, const QRectF& rect) const {
    const Chip& chip = m_chips[index];
    const int token = static_cast<int>(index);
    const bool isQuery =
        token == (m_selection.axis() == ReadAxis::key && m_selection.key() >= 0 ? m_selection.key()
                                                                                : m_selection.markedQuery());
    const bool isStrongest = token == m_strongest;
    const bool isPreview = token == m_selection.hover().query && !isQuery;
    QColor ground = m_theme.palette.field;
    QColor ink = chip.special ? m_theme.palette.mutedText : m_theme.palette.text;
    if (isStrongest) {
        ground = QColor::fromRgb(m_theme.weights.colour(m_strongestWeight));
        ink = m_theme.weights.textOn(m_strongestWeight);
    } else if (isPreview) {
        ground = m_theme.palette.accentSoft;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 5, 5);
    if (isQuery) {
        painter.setPen(QPen(m_theme.palette.accent, hasFocus() ? 2.5 : 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(0.8, 0.8, -0.8, -0.8), 5, 5);
    }
    painter.setFont(isQuery || isStrongest ? bold(m_theme.body)
                    : chip.special         ? m_theme.small
                                           : m_theme.body);
    painter.setPen(ink);
    painter.drawText(rect, Qt::AlignCenter, chip.text);
    if (isHidden(token)) {
        painter.setPen(QPen(ink, 1.6));
        painter.drawLine(QPointF(rect.left() + 4, rect.center().y() + 1),
                         QPointF(rect.right() - 4, rect.center().y() + 1));
    }
    if (token == m_selection.key()) {
        painter.setPen(QPen(m_theme.palette.accent, 2));
        painter.drawLine(QPointF(rect.left() + 5, rect.bottom() - 1.5),
                         QPointF(rect.right() - 5, rect.bottom() - 1.5));
    }
}

bool TokenChips::isHidden(int token) const {
    return std::find(m_hidden.begin(), m_hidden.end(), token) != m_hidden.end();
}

void TokenChips::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int token = byMouse ? tokenAt(event->pos()) : m_selection.markedQuery();
    const Trace* trace = m_store.current().get();
    if (!m_edits || !trace || token < 0 || static_cast<size_t>(token) >= trace->tokens().size())
        return;
    popUpTokenMenu(*m_edits, *trace, {token, token, false}, m_selection.head(), this,
                   byMouse ? event->globalPos() : viewport()->mapToGlobal(chipRect(token).bottomLeft()));
}

int TokenChips::tokenAt(QPointF point) const {
    return m_layout.at(point + QPointF(0, verticalScrollBar()->value()));
}

void TokenChips::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void TokenChips::mousePressEvent(QMouseEvent* event) {
    const int token = tokenAt(event->position());
    if (event->button() == Qt::LeftButton && token >= 0)
        m_selection.setQuery(token);
}

void TokenChips::mouseMoveEvent(QMouseEvent* event) {
    Hover hover;
    hover.query = tokenAt(event->position());
    m_selection.setHover(hover);
}

bool TokenChips::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        m_selection.clearHover();
    return QAbstractScrollArea::viewportEvent(event);
}

void TokenChips::keyPressEvent(QKeyEvent* event) {
    const int count = static_cast<int>(m_chips.size());
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || count == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int marked = m_selection.markedQuery();
    m_selection.setQuery(marked < 0 ? 0 : std::clamp(marked + step, 0, count - 1));
}

void TokenChips::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TokenChips::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace headlight
