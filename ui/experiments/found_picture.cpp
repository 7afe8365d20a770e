#include "ui/experiments/found_picture.h"

#include "ui/heads/metric_words.h"
#include "ui/paint/token_labels.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace headlight {

namespace {
constexpr int rowHeight = 20;
constexpr int margin = 12;
constexpr int headingHeight = 28;
constexpr int captionHeight = 26;
constexpr size_t mostRows = 48;
constexpr int labelWidth = 60;
constexpr int numberWidth = 60;
} // namespace

int rankingHeight(const FoundHeads& found) {
    const size_t rows = std::min(found.result.heads.size(), mostRows);
    return headingHeight + static_cast<int>(rows) * rowHeight + captionHeight + margin;
}

void paintRanking(QPainter& painter, QSize size, const FoundHeads& found, const Theme& theme) {
    const Palette& colours = theme.palette;
    const HeadMetric& metric = *found.metrics.front();
    painter.fillRect(QRect(QPoint(0, 0), size), colours.canvas);
    painter.setFont(bold(theme.small));
    painter.setPen(colours.text);
    const int width = size.width() - 2 * margin;
    painter.drawText(QRect(margin, 0, width, headingHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     metricAxis(metric));
    double most = metric.most.value_or(metric.least);
    for (const RankedHead& head : found.result.heads)
        most = std::max(most, head.values.front().value_or(most));
    const double range = std::max(most - metric.least, 1e-9);
    const int room = std::max(1, width - labelWidth - numberWidth);
    const int fitting =
        std::max(0, (size.height() - headingHeight - captionHeight) / rowHeight); // lower figures show fewer
    const size_t rows = std::min({found.result.heads.size(), mostRows, static_cast<size_t>(fitting)});
    painter.setFont(theme.small);
    for (size_t i = 0; i < rows; ++i) {
        const RankedHead& head = found.result.heads[i];
        const QRect row(margin, headingHeight + static_cast<int>(i) * rowHeight, width, rowHeight);
        painter.setPen(colours.text);
        painter.drawText(QRect(row.left(), row.top(), labelWidth, rowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, headLabel(head.head));
        const std::optional<double> value = head.values.front();
        const double share = value ? std::clamp((*value - metric.least) / range, 0.0, 1.0) : 0;
        painter.fillRect(QRectF(row.left() + labelWidth, row.top() + 4, share * room, rowHeight - 8),
                         colours.accent);
        painter.drawText(QRect(row.right() - numberWidth, row.top(), numberWidth, rowHeight),
                         Qt::AlignRight | Qt::AlignVCenter, valueText(metric, value));
    }
    painter.setPen(colours.mutedText);
    const QString caption =
        QStringLiteral("%1 · %2").arg(QString::fromStdString(found.model), summaryOf(found, false));
    painter.drawText(QRect(margin, size.height() - captionHeight, width, captionHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(theme.small).elidedText(caption, Qt::ElideRight, width));
}

} // namespace headlight
