#include "ui/experiments/bench_view.h"

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

BenchView::BenchView(Selection& selection, FormulaLibrary& formulas, QWidget* parent)
    : QAbstractScrollArea(parent), m_selection(selection) {
    m_picture.formulas = &formulas;
    m_picture.geometry.normalisers = {0};
    setObjectName(QStringLiteral("bench"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    connect(&selection, &Selection::changed, this, &BenchView::readSelection);
    connect(&selection, &Selection::hoverChanged, this, &BenchView::readSelection);
    describe();
}

void BenchView::setTheme(const Theme& theme) {
    m_picture.theme = theme;
    layOut();
}

void BenchView::setContent(BenchContent content) {
    m_picture.content = std::move(content);
    readSelection();
    layOut();
}

void BenchView::setNormalisers(std::vector<int> normalisers) {
    m_picture.geometry.normalisers = std::move(normalisers);
    m_picture.walkedStrip = 0;
    m_picture.hoverStrip = -1;
    layOut();
}

void BenchView::setNumbers(bool on) {
    m_picture.geometry.numbers = on;
    layOut();
}

void BenchView::readSelection() {
    const int keys = m_picture.content.empty() ? 0 : m_picture.content.result->keys;
    const auto known = [keys](int key) { return key < keys ? key : -1; };
    m_picture.key = known(m_selection.key());
    m_picture.hoverKey = known(m_selection.hover().key);
    describe();
    viewport()->update();
}

void BenchView::layOut() {
    m_picture.geometry.scrollX = horizontalScrollBar()->value();
    m_picture.geometry.scrollY = verticalScrollBar()->value();
    m_picture.layOut(viewport()->size());
    const BenchGeometry& geometry = m_picture.geometry;
    horizontalScrollBar()->setRange(0, static_cast<int>(geometry.scrollRoomX()));
    horizontalScrollBar()->setPageStep(static_cast<int>(geometry.cells.width));
    horizontalScrollBar()->setSingleStep(static_cast<int>(std::max(1.0, geometry.cellWidth)));
    verticalScrollBar()->setRange(0, static_cast<int>(geometry.scrollRoomY()));
    verticalScrollBar()->setPageStep(
        static_cast<int>(std::max(1.0, geometry.size.height() - geometry.headerHeight)));
    verticalScrollBar()->setSingleStep(24);
    describe();
    viewport()->update();
}

int BenchView::wantedHeight() const {
    return static_cast<int>(std::ceil(m_picture.geometry.headerHeight + m_picture.geometry.contentHeight));
}

void BenchView::paintFigure(QPainter& painter, QSize size) const {
    BenchPicture picture = m_picture;
    picture.hoverKey = picture.hoverStrip = -1;
    picture.focused = false;
    picture.geometry.scrollX = picture.geometry.scrollY = 0;
    picture.layOut(size);
    painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), picture.theme.palette.canvas);
    paintBench(painter, picture);
}

void BenchView::describe() {
    setAccessibleName(tr("Mechanism bench: weights of every mechanism over the same keys"));
    if (m_picture.content.empty() || m_picture.geometry.strips.empty()) {
        setAccessibleDescription(tr("There is nothing to compare yet."));
        return;
    }
    const BenchRow& row =
        m_picture.rowOf(m_picture.geometry.strips[static_cast<size_t>(m_picture.walkedStrip)]);
    QString text = describeRow(m_picture.content, row);
    if (m_picture.key >= 0) {
        const auto key = static_cast<size_t>(m_picture.key);
        text = tr("%1: weight %2, score %3; %4")
                   .arg(tokenLabel(*m_picture.content.trace, m_picture.key),
                        exactWeightText(row.weights[key]), scoreText(row.scores[key]), text);
    }
    setAccessibleDescription(text);
}

void BenchView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_picture.theme.palette.canvas);
    paintBench(painter, m_picture);
    paintBenchCard(painter, m_picture);
}

void BenchView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void BenchView::scrollContentsBy(int, int) {
    m_picture.geometry.scrollX = horizontalScrollBar()->value();
    m_picture.geometry.scrollY = verticalScrollBar()->value();
    viewport()->update();
}

QString BenchView::toolTipAt(QPointF point) const {
    const BenchGeometry& geometry = m_picture.geometry;
    const auto under = [&](const BenchColumn& column) {
        return column.exists() && point.x() >= column.left - 4 && point.x() < column.right();
    };
    if (point.y() < geometry.headerHeight) {
        if (under(geometry.entropy))
            return tr(
                "How spread the weights are: −Σ w log₂ w. 0 when one key has all, log₂ m when m keys share.");
        if (under(geometry.multiplyAdds))
            return tr("Of the scores of all queries and keys of this head, counted from the shapes");
        if (under(geometry.parameters))
            return tr("That the score function has of its own, besides queries, keys and values");
        if (under(geometry.time))
            return tr("Scores and weights of the whole head, on this machine: median of several calls. "
                      "“Measure times” takes them.");
        if (under(geometry.gradient))
            return tr("A gradient of length 1 arrives at the context; this much of it reaches the scores of "
                      "this query.");
        return {};
    }
    if (const int strip = geometry.stripAt(point); strip >= 0 && point.x() >= geometry.cells.right())
        return describeRow(m_picture.content, m_picture.rowOf(geometry.strips[static_cast<size_t>(strip)]));
    for (const BenchGroup& group : geometry.groups) {
        if (m_picture.badgeRect(group).contains(point))
            return tr("The model has no such parameters. These were drawn at random from seed %1 and nobody "
                      "trained them: the row shows how the formula works and what it costs, not what it "
                      "would "
                      "have learned.")
                .arg(m_picture.content.result->settings.seed);
        if (geometry.titleRect(group).contains(point)) {
            const MechanismInfo info = benchScoreFunctions()[static_cast<size_t>(group.scoreFunction)];
            return QStringLiteral("%1\n%2").arg(QString::fromStdString(info.formula),
                                                QString::fromStdString(info.reference));
        }
    }
    return {};
}

bool BenchView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        m_picture.hoverStrip = -1;
        m_selection.clearHover();
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip && !m_picture.content.empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void BenchView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_picture.content.empty())
        return;
    if (const int strip = m_picture.geometry.stripAt(event->position()); strip >= 0)
        m_picture.walkedStrip = strip;
    if (const int key = m_picture.geometry.keyAt(event->position()); key >= 0)
        m_selection.setCell(m_picture.content.result->query, key);
    readSelection();
}

void BenchView::mouseDoubleClickEvent(QMouseEvent* event) {
    mousePressEvent(event);
    const int strip = m_picture.content.empty() ? -1 : m_picture.geometry.stripAt(event->position());
    if (strip >= 0 && m_picture.rowOf(m_picture.geometry.strips[static_cast<size_t>(strip)]).recorded)
        Q_EMIT stepsWanted();
}

void BenchView::mouseMoveEvent(QMouseEvent* event) {
    if (m_picture.content.empty())
        return;
    m_picture.hoverStrip = m_picture.geometry.stripAt(event->position());
    Hover hover;
    hover.key = m_picture.geometry.keyAt(event->position());
    if (hover.key >= 0)
        hover.query = m_picture.content.result->query;
    m_selection.setHover(hover);
    viewport()->update();
}

void BenchView::walk(int key) {
    if (m_picture.content.empty())
        return;
    m_selection.setCell(m_picture.content.result->query,
                        std::clamp(key, 0, m_picture.content.result->keys - 1));
    showWalked();
}

/// Scrolls to the row and the key where the keyboard is.
void BenchView::showWalked() {
    const BenchGeometry& geometry = m_picture.geometry;
    if (geometry.strips.empty())
        return;
    const BenchStrip& strip = geometry.strips[static_cast<size_t>(m_picture.walkedStrip)];
    const double room = geometry.size.height() - geometry.headerHeight;
    const double top = geometry.groupOf(strip).top;
    const double bottom = strip.top + strip.height;
    if (top < verticalScrollBar()->value())
        verticalScrollBar()->setValue(static_cast<int>(top));
    else if (bottom > verticalScrollBar()->value() + room)
        verticalScrollBar()->setValue(static_cast<int>(std::ceil(bottom - room)));
    if (m_picture.key >= 0) {
        const double left = m_picture.key * geometry.cellWidth;
        QScrollBar* bar = horizontalScrollBar();
        bar->setValue(static_cast<int>(std::clamp(static_cast<double>(bar->value()),
                                                  left + geometry.cellWidth - geometry.cells.width, left)));
    }
    describe();
    viewport()->update();
}

void BenchView::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const auto strips = static_cast<int>(m_picture.geometry.strips.size());
    if (!plain || m_picture.content.empty() || strips == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    m_selection.clearHover();
    m_picture.hoverStrip = -1;
    const auto toStrip = [&](int strip) {
        m_picture.walkedStrip = std::clamp(strip, 0, strips - 1);
        showWalked();
    };
    const BenchRow& row =
        m_picture.rowOf(m_picture.geometry.strips[static_cast<size_t>(m_picture.walkedStrip)]);
    switch (event->key()) {
    case Qt::Key_Up:
        toStrip(m_picture.walkedStrip - 1);
        break;
    case Qt::Key_Down:
        toStrip(m_picture.walkedStrip + 1);
        break;
    case Qt::Key_Left:
        walk(m_picture.key < 0 ? BenchContent::strongestKey(row) : m_picture.key - 1);
        break;
    case Qt::Key_Right:
        walk(m_picture.key < 0 ? BenchContent::strongestKey(row) : m_picture.key + 1);
        break;
    case Qt::Key_Home:
        walk(0);
        break;
    case Qt::Key_End:
        walk(m_picture.geometry.keys - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row.recorded)
            Q_EMIT stepsWanted();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void BenchView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    m_picture.focused = true;
    viewport()->update();
}

void BenchView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    m_picture.focused = false;
    viewport()->update();
}

} // namespace headlight
