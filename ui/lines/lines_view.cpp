#include "ui/lines/lines_view.h"

#include "ui/heads/pin_menu.h"
#include "ui/lines/lines_painter.h"
#include "ui/paint/token_labels.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double smallestRowOfFigure = 4;

int firstToken(const std::vector<ShownToken>& shown, int place) {
    return place >= 0 && place < static_cast<int>(shown.size()) ? shown[static_cast<size_t>(place)].first
                                                                : -1;
}
} // namespace

LinesView::LinesView(const TraceStore& store, Selection& selection, ViewOptions& options, QWidget* parent)
    : QAbstractScrollArea(parent), m_store(store), m_selection(selection), m_options(options) {
    setObjectName(QStringLiteral("lines"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&store, &TraceStore::changed, this, [this] {
        readTrace();
        showRead();
    });
    connect(&selection, &Selection::changed, this, [this] {
        readSelection();
        showRead();
    });
    connect(&selection, &Selection::hoverChanged, this, &LinesView::readSelection);
    connect(&options, &ViewOptions::changed, this, &LinesView::readTrace);
    describe();
}

void LinesView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    readTrace();
}

void LinesView::readTrace() {
    if (!isVisible())
        return;
    m_picture.trace = m_store.current();
    m_picture.choices = m_options.choices();
    m_picture.take(m_selection);
    m_picture.readTrace();
    m_picture.readLines();
    layOut();
    describe();
    viewport()->update();
}

void LinesView::readSelection() {
    if (!isVisible())
        return;
    const ReadAxis axisBefore = m_picture.axis;
    const int queryBefore = m_picture.query;
    const int keyBefore = m_picture.key;
    if (m_picture.head != m_selection.shownHead() || m_picture.selectedHead != m_selection.head()) {
        readTrace();
        return;
    }
    m_picture.take(m_selection);
    if (m_picture.query != queryBefore || m_picture.key != keyBefore || m_picture.axis != axisBefore)
        m_picture.readLines();
    if (m_picture.axis != axisBefore)
        layOut();
    describe();
    viewport()->update();
}

void LinesView::layOut() {
    m_picture.layOut(viewport()->size(), verticalScrollBar()->value());
    verticalScrollBar()->setRange(0, static_cast<int>(m_picture.geometry.scrollRoom()));
    verticalScrollBar()->setPageStep(static_cast<int>(m_picture.geometry.area.height()));
    verticalScrollBar()->setSingleStep(static_cast<int>(m_picture.geometry.rowHeight));
}

void LinesView::paintFigure(QPainter& painter, QSize size) const {
    LinesPicture picture;
    picture.theme = m_picture.theme;
    picture.trace = m_store.current();
    picture.choices = m_options.choices();
    picture.take(m_selection);
    picture.hover = {};
    picture.releasable = false;
    picture.head = m_selection.head();
    picture.query = m_selection.axis() == ReadAxis::query ? m_selection.markedQuery() : m_selection.query();
    if (m_selection.axis() == ReadAxis::key)
        picture.key = m_selection.key() >= 0 ? m_selection.key() : m_selection.markedQuery();
    picture.readTrace();
    picture.readLines();
    picture.layOut(size, 0, smallestRowOfFigure);
    painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), picture.theme.palette.canvas);
    paintLines(painter, picture);
}

void LinesView::describe() {
    const HeadAddress head = m_selection.head();
    setAccessibleName(tr("Lines of weights, layer %1 head %2").arg(head.layer).arg(head.head));
    const std::vector<int> places = m_picture.strongestPlaces();
    if (!m_picture.trace || places.empty()) {
        setAccessibleDescription(tr("No word is selected."));
        return;
    }
    const bool byKey = m_picture.axis == ReadAxis::key;
    const int selected =
        byKey ? placeOf(m_picture.rows, m_picture.query) : placeOf(m_picture.columns, m_picture.key);
    const int other = selected >= 0 ? selected : places.front();
    const LinesCard card = byKey ? linesCard(m_picture, other, m_picture.readColumn)
                                 : linesCard(m_picture, m_picture.readRow, other);
    QStringList weights;
    for (const LinesCard::Weight& each : card.weights)
        weights << QStringLiteral("%1 %2").arg(each.head, each.weight);
    setAccessibleDescription(QStringLiteral("%1: %2").arg(card.pair, weights.join(QStringLiteral(", "))));
}

void LinesView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_picture.theme.palette.canvas);
    paintLines(painter, m_picture);
    paintLinesCard(painter, m_picture, viewport()->size());
}

void LinesView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void LinesView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    readTrace();
    showRead();
}

void LinesView::scrollContentsBy(int, int) {
    m_picture.geometry.scroll = verticalScrollBar()->value();
    viewport()->update();
}

bool LinesView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        m_selection.clearHover();
    return QAbstractScrollArea::viewportEvent(event);
}

int LinesView::legendAt(QPointF point) const {
    for (size_t i = 0; i < m_picture.legend.size(); ++i)
        if (m_picture.legend[i].entry.contains(point))
            return static_cast<int>(i);
    return -1;
}

Hover LinesView::hoverAt(QPointF point) const {
    Hover hover;
    if (const int entry = legendAt(point); entry >= 0) {
        const LinesHead& head = m_picture.heads[static_cast<size_t>(entry)];
        if (head.there)
            hover.head = head.address;
        return hover;
    }
    const bool byKey = m_picture.axis == ReadAxis::key;
    if (const int row = m_picture.geometry.queryAt(point); row >= 0) {
        hover.query = firstToken(m_picture.rows, row);
        if (byKey)
            hover.key = m_selection.key() >= 0 ? m_selection.key() : m_selection.markedQuery();
    } else if (const int column = m_picture.geometry.keyAt(point); column >= 0) {
        hover.key = firstToken(m_picture.columns, column);
        if (!byKey)
            hover.query = m_selection.markedQuery();
    } else if (const Line* line = m_picture.lineAt(point)) {
        hover.query = firstToken(m_picture.rows, line->query);
        hover.key = firstToken(m_picture.columns, line->key);
    }
    return hover;
}

void LinesView::clickLegend(int entry, QPointF point, Qt::KeyboardModifiers modifiers) {
    const LinesHead head = m_picture.heads[static_cast<size_t>(entry)];
    if (m_picture.legend[static_cast<size_t>(entry)].cross.contains(point))
        m_options.release(head.address);
    else if (modifiers.testFlag(Qt::ControlModifier))
        togglePin(m_options, head.address, m_picture.theme, this, viewport()->mapToGlobal(point.toPoint()));
    else
        m_selection.setHead(head.address);
}

void LinesView::mousePressEvent(QMouseEvent* event) {
    const QPointF point = event->position();
    if (event->button() != Qt::LeftButton)
        return;
    if (const int entry = legendAt(point); entry >= 0) {
        clickLegend(entry, point, event->modifiers());
    } else if (m_picture.queryHeading.contains(point)) {
        m_selection.setAxis(ReadAxis::query);
    } else if (m_picture.keyHeading.contains(point)) {
        m_selection.setAxis(ReadAxis::key);
    } else {
        const Hover pair = hoverAt(point);
        if (m_picture.axis == ReadAxis::key && pair.query < 0 && pair.key >= 0)
            m_selection.setColumn(pair.key);
        else if (pair.query >= 0)
            m_selection.setCell(pair.query, pair.key);
    }
}

void LinesView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    const Hover pair = hoverAt(event->position());
    if (event->button() == Qt::LeftButton && pair.query >= 0 && pair.key >= 0)
        m_selection.enter(EnteredNumber::weight);
}

void LinesView::mouseMoveEvent(QMouseEvent* event) {
    m_selection.setHover(hoverAt(event->position()));
    const bool onSwitch = m_picture.queryHeading.contains(event->position()) ||
                          m_picture.keyHeading.contains(event->position()) ||
                          legendAt(event->position()) >= 0;
    viewport()->setCursor(onSwitch ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void LinesView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int entry = byMouse ? legendAt(event->pos()) : -1;
    if (m_picture.heads.empty() || (byMouse && entry < 0))
        return;
    const HeadAddress head =
        entry >= 0 ? m_picture.heads[static_cast<size_t>(entry)].address : m_selection.head();
    popUpHeadMenu(m_options, head, m_picture.theme, this,
                  byMouse ? event->globalPos() : viewport()->mapToGlobal(QPoint(20, 34)),
                  {m_edits, m_store.current().get()});
}

void LinesView::select(int row, int column) {
    const int query = firstToken(m_picture.rows, row);
    const int key = firstToken(m_picture.columns, column);
    if (m_picture.axis == ReadAxis::key && query < 0)
        m_selection.setColumn(key);
    else
        m_selection.setCell(query, key);
    showPlace(m_picture.axis == ReadAxis::key ? column : row);
}

void LinesView::showRead() {
    if (m_picture.hover == Hover{})
        showPlace(m_picture.readRow >= 0 ? m_picture.readRow : m_picture.readColumn);
}

void LinesView::showPlace(int place) {
    if (place >= 0)
        verticalScrollBar()->setValue(static_cast<int>(m_picture.geometry.scrollTo(place)));
}

/// To the word above or below of the side that is read.
void LinesView::walk(int step) {
    const bool byKey = m_picture.axis == ReadAxis::key;
    const int count = static_cast<int>(byKey ? m_picture.columns.size() : m_picture.rows.size());
    const int from = byKey ? m_picture.readColumn : m_picture.readRow;
    const int to = from < 0 ? 0 : std::clamp(from + step, 0, count - 1);
    if (byKey)
        m_selection.setColumn(firstToken(m_picture.columns, to));
    else
        select(to, -1);
    showPlace(to);
}

/// Along the lines of the word that is read, from the strongest on.
void LinesView::walkByStrength(int step) {
    const std::vector<int> places = m_picture.strongestPlaces();
    if (places.empty())
        return;
    const bool byKey = m_picture.axis == ReadAxis::key;
    const int selected =
        byKey ? placeOf(m_picture.rows, m_picture.query) : placeOf(m_picture.columns, m_picture.key);
    const auto found = std::find(places.begin(), places.end(), selected);
    const auto last = static_cast<int>(places.size()) - 1;
    const int to =
        found == places.end() ? 0 : std::clamp(static_cast<int>(found - places.begin()) + step, 0, last);
    const int place = places[static_cast<size_t>(to)];
    if (byKey)
        select(place, m_picture.readColumn);
    else
        select(m_picture.readRow, place);
    showPlace(place);
}

void LinesView::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!plain || m_picture.rows.empty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    // Keys walk from what is selected, not from what the pointer happens to rest on.
    m_selection.clearHover();
    const int last =
        static_cast<int>(m_picture.axis == ReadAxis::key ? m_picture.columns.size() : m_picture.rows.size());
    switch (event->key()) {
    case Qt::Key_Up:
        walk(-1);
        break;
    case Qt::Key_Down:
        walk(1);
        break;
    case Qt::Key_Home:
        walk(-last);
        break;
    case Qt::Key_End:
        walk(last);
        break;
    case Qt::Key_Right:
        walkByStrength(1);
        break;
    case Qt::Key_Left:
        walkByStrength(-1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_selection.enter(EnteredNumber::weight);
        break;
    case Qt::Key_P:
        togglePin(m_options, m_selection.head(), m_picture.theme, this,
                  viewport()->mapToGlobal(QPoint(20, 34)));
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LinesView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    m_picture.focused = true;
    viewport()->update();
}

void LinesView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    m_picture.focused = false;
    viewport()->update();
}

} // namespace headlight
