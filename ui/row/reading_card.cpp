#include "ui/row/reading_card.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace headlight {

namespace {
constexpr double inset = 16;
}

QString percentText(double probability) {
    const double percent = probability * 100;
    if (percent > 0 && percent < 0.05)
        return QStringLiteral("<0.1 %");
    if (percent < 100 && percent >= 99.95)
        return QStringLiteral(">99.9 %");
    return QStringLiteral("%1 %").arg(percent, 0, 'f', 1);
}

ReadingCard::ReadingCard(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("reading"));
    setAccessibleName(tr("What the model reads"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ReadingCard::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ReadingCard::setReadings(const QString& word, std::vector<Reading> readings,
                              const std::optional<Reading>& before) {
    m_word = word;
    m_readings = std::move(readings);
    m_before = before;
    QString description;
    for (const Reading& reading : m_readings)
        description += QString::fromStdString(reading.piece) + QLatin1Char(' ') +
                       percentText(reading.probability) + QLatin1String("  ");
    if (m_before)
        description += unchangedText();
    setAccessibleDescription(description.trimmed());
    update();
}

QString ReadingCard::unchangedText() const {
    return tr("unchanged model: %1 %2")
        .arg(QString::fromStdString(m_before->piece), percentText(m_before->probability));
}

void ReadingCard::paintEvent(QPaintEvent*) {
    if (m_readings.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.palette.accentSoft);
    painter.drawRoundedRect(QRectF(rect()), 9, 9);
    painter.setFont(bold(m_theme.small));
    painter.setPen(m_theme.palette.mutedText);
    const QString word = QFontMetricsF(painter.font()).elidedText(m_word, Qt::ElideRight, width() * 0.5);
    painter.drawText(QPointF(inset, 26), tr("Reads “%1” as").arg(word));
    painter.setFont(m_theme.small);
    painter.drawText(QPointF(inset, 45), m_before ? unchangedText() : tr("the whole model's answer here"));

    const Reading& best = m_readings.front();
    painter.setFont(m_theme.large);
    painter.setPen(m_theme.palette.text);
    const QFontMetricsF metrics(m_theme.large);
    const QString piece =
        metrics.elidedText(QString::fromStdString(best.piece), Qt::ElideRight, width() - 120);
    painter.drawText(QPointF(inset, 78), piece);
    painter.setFont(m_theme.body);
    painter.setPen(m_theme.palette.mutedText);
    painter.drawText(QPointF(inset + metrics.horizontalAdvance(piece) + 10, 78),
                     percentText(best.probability));

    painter.setFont(m_theme.small);
    const QFontMetricsF small(m_theme.small);
    double x = inset;
    double y = 102;
    for (size_t i = 1; i < m_readings.size(); ++i) {
        const QString text = QString::fromStdString(m_readings[i].piece) + QLatin1Char(' ') +
                             percentText(m_readings[i].probability);
        const double advance = small.horizontalAdvance(text);
        if (x > inset && x + advance > width() - inset) {
            x = inset;
            y += 19;
        }
        if (y > height() - 6)
            break;
        painter.drawText(QPointF(x, y), text);
        x += advance + 14;
    }
}

} // namespace headlight
