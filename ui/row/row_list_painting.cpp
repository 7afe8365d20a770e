// How the lines of the list are drawn.
#include "ui/paint/token_labels.h"
#include "ui/row/row_list.h"
#include "ui/row/truth_words.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace headlight {

namespace {
constexpr int barInset = 7;
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

void RowList::paintHeader(QPainter& painter) const {
    painter.setFont(m_theme.small);
    for (const Heading& heading : headings()) {
        painter.setPen(m_theme.palette.mutedText);
        QRectF text;
        painter.drawText(heading.room, heading.alignment, heading.text, &text);
        // Dotted, as words are that can be looked up.
        painter.setPen(QPen(m_theme.palette.mutedText, 1, Qt::DotLine));
        painter.drawLine(QPointF(text.left(), text.bottom()), QPointF(text.right(), text.bottom()));
    }
}

void RowList::paintLine(QPainter& painter, const RowLine& line, double top) const {
    const RowColumns columns = this->columns();
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

    if (m_content.truth == TruthState::hidden)
        paintScore(painter, line, top);
    paintWeight(painter, line, top);
    if (m_content.truth != TruthState::hidden)
        paintTruth(painter, line, top);
}

void RowList::paintScore(QPainter& painter, const RowLine& line, double top) const {
    const RowColumns columns = this->columns();
    const BarSpan span = scoreBar(line.score, m_content.lowestScore, m_content.highestScore);
    const double width = columns.scoreBar.second;
    QColor scoreColour = m_theme.palette.mutedText;
    scoreColour.setAlpha(150);
    painter.fillRect(QRectF(columns.scoreBar.first + span.begin * width, top + barInset,
                            (span.end - span.begin) * width, lineHeight - 2 * barInset),
                     scoreColour);
    const BarSpan zero = scoreBar(0, m_content.lowestScore, m_content.highestScore);
    painter.fillRect(QRectF(columns.scoreBar.first + zero.begin * width, top + 4, 1, lineHeight - 8),
                     m_theme.palette.mutedText);
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QRectF(columns.scoreNumber.first, top, columns.scoreNumber.second, lineHeight),
                     Qt::AlignRight | Qt::AlignVCenter, scoreText(line.score));
}

void RowList::paintWeight(QPainter& painter, const RowLine& line, double top) const {
    const RowColumns columns = this->columns();
    const auto [left, width] = columns.weightBar;
    if (width > 0) {
        const double weightWidth = std::clamp(static_cast<double>(line.weight), 0.0, 1.0) * width;
        painter.fillRect(QRectF(left, top + 4, 1, lineHeight - 8), m_theme.palette.mutedText);
        painter.fillRect(QRectF(left, top + barInset, weightWidth, lineHeight - 2 * barInset),
                         m_theme.palette.accent);
        if (line.before) { // where the bar of the unchanged model ends
            const double place = std::clamp(static_cast<double>(*line.before), 0.0, 1.0) * width;
            painter.fillRect(QRectF(left + place - 1, top + 4, 2, lineHeight - 8), m_theme.palette.warning);
        }
    }
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.palette.text);
    const double margin = m_content.truth == TruthState::hidden ? 8 : 0;
    painter.drawText(
        QRectF(columns.weightNumber.first, top, columns.weightNumber.second - margin, lineHeight),
        Qt::AlignRight | Qt::AlignVCenter, weightText(line.weight));
}

void RowList::paintTruth(QPainter& painter, const RowLine& line, double top) const {
    const RowColumns columns = this->columns();
    const QString none = m_content.truth == TruthState::waiting ? QStringLiteral("…") : QStringLiteral("–");
    const auto write = [&](const RowColumns::Column& column, const QString& text) {
        painter.drawText(QRectF(column.first, top, column.second, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    const EdgeTruth* edge = line.truth ? &*line.truth : nullptr;
    painter.setPen(m_theme.palette.mutedText);
    write(columns.size, edge ? sizeText(edge->valueSize) : none);
    write(columns.gradient, edge ? changeText(edge->gradientTimesWeight) : none);
    painter.setPen(m_theme.palette.text);
    write(columns.change, edge ? changeText(edge->change) : none);
    if (edge && edge->verdict != EdgeVerdict::asItLooks) {
        painter.setPen(m_theme.palette.warning);
        painter.setFont(bold(m_theme.small));
        write(columns.mark, verdictMark(edge->verdict));
    }
}

} // namespace headlight
