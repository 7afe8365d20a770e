#include "ui/formula/formula_view.h"

#include <QFocusEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double margin = 5; ///< room for the ground behind a marked symbol
constexpr double smallestShare = 0.6;
constexpr double preferredWidth = 480;

QRectF wrapped(const QFont& font, const QString& text, double width) {
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, std::max(width, 1.0), 4000), Qt::TextWordWrap, text);
}
} // namespace

FormulaView::FormulaView(FormulaLibrary& library, QWidget* parent) : QWidget(parent), m_library(library) {
    setObjectName(QStringLiteral("formula"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FormulaView::setTheme(const Theme& theme) {
    m_theme = theme;
    if (m_formula)
        m_formula = m_library.formula(m_name, m_theme.name);
    refresh();
}

void FormulaView::setFormula(const QString& name, std::vector<FormulaNumber> numbers, MathLine substituted) {
    const bool isOther = name != m_name;
    m_name = name;
    m_formula = m_library.formula(name, m_theme.name);
    m_numbers = std::move(numbers);
    m_substituted = std::move(substituted);
    if (isOther)
        mark({});
    refresh();
}

void FormulaView::setEm(double em) {
    if (m_em == em)
        return;
    m_em = std::max(em, 4.0);
    refresh();
}

QRectF FormulaView::symbolRect(const QString& id) const {
    const FormulaSymbol* symbol = m_formula ? m_formula->symbol(id) : nullptr;
    if (!symbol || m_formula->empty())
        return {};
    return m_placed.formula.toPixels(*m_formula, symbol->bounds).translated(margin, margin);
}

/// Layouts ask for the height at one width several times.
const FormulaView::Placement& FormulaView::placement(double width) const {
    if (m_lastWidth != width) {
        m_last = place(width);
        m_lastWidth = width;
    }
    return m_last;
}

FormulaView::Placement FormulaView::place(double width) const {
    Placement placed;
    if (!m_formula)
        return placed;
    const double room = std::max(width - 2 * margin, 1.0);
    if (m_formula->empty()) {
        placed.height = wrapped(m_theme.small, m_formula->problem, room).height() + 2 * margin;
        return placed;
    }
    double em = m_em;
    placed.formula = layOutFormula(*m_formula, m_numbers, em, m_theme.small, room);
    while (placed.formula.size.width() > room && em > m_em * smallestShare) {
        em = std::max(em * 0.92, m_em * smallestShare);
        placed.formula = layOutFormula(*m_formula, m_numbers, em, m_theme.small, room);
    }
    double bottom = margin + placed.formula.size.height();
    if (!m_substituted.empty()) {
        placed.line = layOutLine(m_substituted, m_theme.body, room);
        placed.lineTop = bottom + 12;
        bottom = placed.lineTop + placed.line.size.height();
    }
    // The room for the longest meaning is kept, so that nothing moves while the pointer does.
    double tallest = 0;
    for (const FormulaSymbol& each : m_formula->symbols)
        tallest = std::max(tallest, wrapped(m_theme.small, each.meaning, room).height());
    placed.meaningTop = bottom + 8;
    placed.height = placed.meaningTop + tallest + margin;
    return placed;
}

QSize FormulaView::sizeHint() const {
    const double wide = m_formula && !m_formula->empty()
                            ? layOutFormula(*m_formula, m_numbers, m_em, m_theme.small).size.width()
                            : 0;
    const int width = static_cast<int>(std::ceil(std::max(wide + 2 * margin, preferredWidth)));
    return {width, heightForWidth(width)};
}

QSize FormulaView::minimumSizeHint() const {
    return {200, heightForWidth(std::max(width(), 200))};
}

int FormulaView::heightForWidth(int width) const {
    return static_cast<int>(std::ceil(placement(width).height));
}

void FormulaView::refresh() {
    const double before = m_placed.height;
    m_lastWidth = -1;
    m_placed = placement(width());
    if (m_placed.height != before)
        updateGeometry();
    describe();
    update();
}

void FormulaView::describe() {
    if (!m_formula)
        return;
    setAccessibleName(m_formula->empty() ? tr("Formula") : tr("Formula: %1").arg(m_formula->spoken));
    if (m_formula->empty()) {
        setAccessibleDescription(m_formula->problem);
        return;
    }
    const auto said = [this](const FormulaSymbol& symbol) {
        for (const FormulaNumber& each : m_numbers)
            if (each.symbol == symbol.id && !each.text.isEmpty())
                return tr("%1: %2").arg(symbol.meaning, each.text);
        return QString();
    };
    QString description;
    if (const FormulaSymbol* symbol = m_formula->symbol(m_marked)) {
        description = said(*symbol).isEmpty() ? symbol->meaning : said(*symbol);
    } else {
        for (const FormulaSymbol& each : m_formula->symbols)
            if (!said(each).isEmpty())
                description += said(each) + QLatin1String("; ");
        if (!m_substituted.empty())
            description += tr("with the numbers: %1; ").arg(plainText(m_substituted));
        description += tr("source: %1").arg(m_formula->source);
    }
    setAccessibleDescription(description);
}

void FormulaView::mark(const QString& id) {
    if (id == m_marked)
        return;
    m_marked = id;
    describe();
    update();
    emit symbolMarked(id);
}

void FormulaView::paintEvent(QPaintEvent*) {
    if (!m_formula)
        return;
    QPainter painter(this);
    const double room = width() - 2 * margin;
    painter.setFont(m_theme.small);
    if (m_formula->empty()) {
        painter.setPen(m_theme.palette.warning);
        painter.drawText(QRectF(margin, margin, room, height()), Qt::TextWordWrap, m_formula->problem);
        return;
    }
    painter.translate(margin, margin);
    paintFormula(painter, *m_formula, m_placed.formula, m_theme, m_marked);
    painter.resetTransform();
    if (!m_substituted.empty())
        paintLine(painter, m_placed.line, m_theme.body, m_theme, {margin, m_placed.lineTop});
    if (const FormulaSymbol* symbol = m_formula->symbol(m_marked)) {
        painter.setPen(m_theme.palette.mutedText);
        painter.drawText(QRectF(margin, m_placed.meaningTop, room, height()), Qt::TextWordWrap,
                         symbol->meaning);
        if (hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(m_theme.palette.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(symbolRect(m_marked).adjusted(-3, -3, 3, 3), 4, 4);
        }
    }
}

void FormulaView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_placed = placement(width());
}

void FormulaView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_formula || m_formula->empty())
        return;
    const FormulaSymbol* symbol =
        symbolAt(*m_formula, m_placed.formula, event->position() - QPointF(margin, margin));
    mark(symbol ? symbol->id : QString());
}

void FormulaView::leaveEvent(QEvent*) {
    mark({});
}

void FormulaView::keyPressEvent(QKeyEvent* event) {
    const bool isKnown = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
                         event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (!isKnown || event->modifiers() != Qt::NoModifier || !m_formula || m_formula->empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::vector<FormulaSymbol>& symbols = m_formula->symbols;
    const int last = static_cast<int>(symbols.size()) - 1;
    const FormulaSymbol* marked = m_formula->symbol(m_marked);
    const int place = marked ? static_cast<int>(marked - symbols.data()) : -1;
    int next = place < 0 ? 0 : place + (event->key() == Qt::Key_Left ? -1 : 1);
    if (event->key() == Qt::Key_Home)
        next = 0;
    if (event->key() == Qt::Key_End)
        next = last;
    mark(symbols[static_cast<size_t>(std::clamp(next, 0, last))].id);
}

void FormulaView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byKey && m_marked.isEmpty() && m_formula && !m_formula->empty())
        mark(m_formula->symbols.front().id);
    update();
}

void FormulaView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    mark({});
    update();
}

} // namespace headlight
