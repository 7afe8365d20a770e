#include "ui/experiments/bench_painter.h"

#include "ui/formula/formula_painter.h"
#include "ui/paint/label_thinning.h"
#include "ui/paint/token_labels.h"
#include "ui/theme/role_colours.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
constexpr double labelSlant = 60; // degrees
constexpr double tallestLabels = 92;
constexpr double shortestHeader = 40; // two lines of headings
constexpr double formulaEm = 12;
constexpr double titleLine = 24;

double slanted(double length) {
    return length * std::sin(labelSlant * 3.14159265358979 / 180);
}

QFont numberFont(const Theme& theme) {
    QFont font = theme.small;
    font.setPixelSize(11);
    return font;
}

/// A short text on a ground with round ends; returns its right end.
double paintBadge(QPainter& painter, const Theme& theme, QPointF leftCentre, const QString& text,
                  const QColor& ground, const QColor& colour) {
    const QFont font = numberFont(theme);
    const QRectF rect(leftCentre.x(), leftCentre.y() - 9, QFontMetricsF(font).horizontalAdvance(text) + 14,
                      18);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 9, 9);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(rect, Qt::AlignCenter, text);
    return rect.right();
}

void paintLegend(QPainter& painter, const BenchPicture& picture) {
    const Theme& theme = picture.theme;
    painter.setFont(theme.small);
    painter.setPen(theme.palette.mutedText);
    const QFontMetricsF metrics(theme.small);
    const QString before = BenchWords::tr("weight 0");
    double x = 8;
    painter.drawText(QPointF(x, 16), before);
    x += metrics.horizontalAdvance(before) + 6;
    constexpr double width = 90;
    for (int i = 0; i < static_cast<int>(width); ++i)
        painter.fillRect(QRectF(x + i, 6, 1, 11),
                         QColor::fromRgb(theme.weights.colour(static_cast<float>(i / (width - 1)))));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.palette.hairline);
    painter.drawRect(QRectF(x - 0.5, 5.5, width, 11));
    x += width + 6;
    painter.setPen(theme.palette.mutedText);
    const QString after =
        picture.geometry.wide ? BenchWords::tr("1 · one linear scale for every row") : BenchWords::tr("1");
    painter.drawText(QPointF(x, 16), after);
    const QString query =
        BenchWords::tr("query “%1”").arg(tokenLabel(*picture.content.trace, picture.content.result->query));
    painter.setFont(bold(theme.small));
    painter.setPen(roleColour(SymbolRole::query, theme));
    x += metrics.horizontalAdvance(after) + 20;
    painter.drawText(QPointF(x, 16), metrics.elidedText(query, Qt::ElideRight, 220));
}

void paintKeys(QPainter& painter, const BenchPicture& picture) {
    const BenchGeometry& geometry = picture.geometry;
    const Theme& theme = picture.theme;
    const QFontMetricsF metrics(theme.small);
    double longest = 0;
    for (const QString& label : picture.labels)
        longest = std::max(longest, metrics.horizontalAdvance(label));
    const bool level = longest + 8 <= geometry.cellWidth;
    painter.save();
    painter.setClipRect(QRectF(geometry.cells.left - 2, 0,
                               geometry.gradient.right() - geometry.cells.left + 2, geometry.headerHeight));
    for (const int key :
         labelsToDraw(geometry.keys, geometry.cellWidth, metrics.height() * 0.7, picture.shownKey())) {
        const double centre = geometry.cells.left + (key + 0.5) * geometry.cellWidth - geometry.scrollX;
        if (centre < geometry.cells.left || centre > geometry.cells.right())
            continue;
        const bool marked = key == picture.key || key == picture.hoverKey;
        painter.setFont(marked ? bold(theme.small) : theme.small);
        painter.setPen(marked ? theme.palette.accent : theme.palette.text);
        painter.save();
        painter.translate(centre, geometry.headerHeight - 7);
        const QString label = metrics.elidedText(picture.labels[key], Qt::ElideRight, tallestLabels);
        if (level) {
            const double width = QFontMetricsF(painter.font()).horizontalAdvance(label);
            painter.drawText(QPointF(-width / 2, 0), label);
        } else {
            painter.rotate(-labelSlant);
            painter.drawText(QPointF(0, 4), label);
        }
        painter.restore();
    }
    painter.restore();
}

void paintHeadings(QPainter& painter, const BenchPicture& picture) {
    const BenchGeometry& geometry = picture.geometry;
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    const auto heading = [&](const BenchColumn& column, const QString& text) {
        if (!column.exists())
            return;
        painter.drawText(QRectF(column.left - 4, geometry.headerHeight - 40, column.width + 4, 36),
                         Qt::AlignRight | Qt::AlignBottom, text);
    };
    heading(geometry.entropy, BenchWords::tr("entropy,\nbits"));
    heading(geometry.multiplyAdds, BenchWords::tr("multiply-\nadds"));
    heading(geometry.parameters, BenchWords::tr("para-\nmeters"));
    heading(geometry.time, BenchWords::tr("time"));
    heading(geometry.gradient, BenchWords::tr("gradient that\nreaches the scores"));
    painter.fillRect(QRectF(0, geometry.headerHeight - 1, geometry.size.width(), 1),
                     picture.theme.palette.hairline);
}

QString countsText(const BenchRow& row) {
    return BenchWords::tr("%1 multiply-adds · %2 parameters")
        .arg(countText(row.multiplyAdds), countText(static_cast<double>(row.parameterCount)));
}

void paintTitle(QPainter& painter, const BenchPicture& picture, const BenchGroup& group) {
    const Theme& theme = picture.theme;
    const BenchGeometry& geometry = picture.geometry;
    const QRectF rect = geometry.titleRect(group);
    const MechanismInfo info = benchScoreFunctions()[static_cast<size_t>(group.scoreFunction)];
    const BenchRow& first = picture.rowOf(geometry.strips[group.firstStrip]);
    bool recorded = false;
    for (size_t i = 0; i < group.strips; ++i)
        recorded = recorded || picture.rowOf(geometry.strips[group.firstStrip + i]).recorded;

    const QString name = QString::fromStdString(info.name);
    painter.setFont(theme.heading);
    painter.setPen(theme.palette.text);
    const double middle =
        rect.top() +
        (group.titleHeight > titleLine && group.titleHeight < 46 ? group.titleHeight / 2 : titleLine / 2);
    painter.drawText(QRectF(rect.left(), middle - titleLine / 2, rect.width(), titleLine),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    double x = rect.left() + QFontMetricsF(theme.heading).horizontalAdvance(name) + 10;
    if (recorded)
        x = paintBadge(painter, theme, {x, middle}, recordedText(), theme.palette.accentSoft,
                       theme.palette.accent) +
            8;
    if (first.untrained)
        x = paintBadge(painter, theme, {x, middle}, untrainedText(first.seed), theme.palette.warningSoft,
                       theme.palette.warning) +
            8;
    // The formula beside the name where it has room, else on a second line.
    const bool below = geometry.wide || group.titleHeight > 46;
    if (picture.formulas && !formulaOf(info).isEmpty()) {
        const auto formula = picture.formulas->formula(formulaOf(info), theme.name);
        const FormulaLayout layout = layOutFormula(*formula, {}, formulaEm, theme.small);
        const QPointF place =
            below ? QPointF(rect.left(), rect.top() + titleLine + (30 - layout.size.height()) / 2)
                  : QPointF(x + 8, middle - layout.size.height() / 2);
        painter.save();
        painter.translate(place);
        paintFormula(painter, *formula, layout, theme);
        painter.restore();
    }
    if (!geometry.wide) {
        painter.setFont(numberFont(theme));
        painter.setPen(theme.palette.mutedText);
        const double y = below ? rect.top() + titleLine : middle - titleLine / 2;
        painter.drawText(QRectF(rect.left(), y, rect.width(), below ? 30 : titleLine),
                         Qt::AlignRight | Qt::AlignVCenter, countsText(first));
    }
}

void paintCellNumbers(QPainter& painter, const BenchPicture& picture, const QRectF& cell, float score,
                      float weight) {
    const QFont font = numberFont(picture.theme);
    painter.setFont(font);
    painter.setPen(picture.theme.weights.textOn(weight));
    const bool masked = std::isinf(score);
    if (cell.width() >= 40) {
        painter.drawText(cell.adjusted(0, 4, 0, -cell.height() / 2), Qt::AlignCenter, weightText(weight));
        painter.drawText(cell.adjusted(0, cell.height() / 2, 0, -4), Qt::AlignCenter,
                         masked ? QStringLiteral("−∞") : scoreText(score));
        return;
    }
    painter.save();
    painter.translate(cell.center());
    painter.rotate(-90);
    painter.drawText(QRectF(-cell.height() / 2, -cell.width() / 2, cell.height(), cell.width()),
                     Qt::AlignCenter, weightText(weight));
    painter.restore();
}

void paintCells(QPainter& painter, const BenchPicture& picture, const BenchStrip& strip) {
    const BenchGeometry& geometry = picture.geometry;
    const Theme& theme = picture.theme;
    const BenchRow& row = picture.rowOf(strip);
    const double line = geometry.cellWidth >= 6 ? 1 : 0;
    const QRectF area = geometry.stripRect(strip, geometry.cells);
    painter.save();
    painter.setClipRect(area.adjusted(-1, -1, 1, 1), Qt::IntersectClip);
    for (int key = 0; key < geometry.keys; ++key) {
        const QRectF cell = geometry.cellRect(strip, key).adjusted(0, 0, -line, 0);
        if (cell.right() < area.left() || cell.left() > area.right())
            continue;
        const float weight = row.weights[static_cast<size_t>(key)];
        const float score = row.scores[static_cast<size_t>(key)];
        painter.fillRect(cell, QColor::fromRgb(theme.weights.colour(weight)));
        if (std::isinf(score) && score < 0)
            painter.fillRect(cell, QBrush(theme.palette.mutedText, Qt::BDiagPattern));
        else if (geometry.numbers)
            paintCellNumbers(painter, picture, cell, score, weight);
    }
    painter.setBrush(Qt::NoBrush);
    if (picture.key >= 0 && picture.key < geometry.keys) {
        painter.setPen(QPen(theme.palette.accent, 1.6));
        painter.drawRect(geometry.cellRect(strip, picture.key).adjusted(0, 0.5, -1, -0.5));
    }
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme.palette.hairline);
    const double right = std::min(area.right(), area.left() + geometry.keys * geometry.cellWidth);
    painter.drawRect(QRectF(area.left() - 0.5, area.top() - 0.5, right - area.left(), area.height()));
}

void paintStrip(QPainter& painter, const BenchPicture& picture, size_t index) {
    const BenchGeometry& geometry = picture.geometry;
    const Theme& theme = picture.theme;
    const BenchStrip& strip = geometry.strips[index];
    const BenchRow& row = picture.rowOf(strip);
    const bool walked = picture.focused && static_cast<int>(index) == picture.walkedStrip;
    const QRectF whole(geometry.normaliser.exists() ? geometry.normaliser.left : geometry.cells.left,
                       geometry.stripRect(strip, geometry.cells).top(), 0, strip.height);
    if (walked || static_cast<int>(index) == picture.hoverStrip)
        painter.fillRect(QRectF(whole.left() - 5, whole.top() - 1, geometry.size.width() - whole.left() + 5,
                                strip.height + 2),
                         theme.palette.accentSoft);
    if (row.recorded || walked)
        painter.fillRect(QRectF(whole.left() - 6, whole.top(), 3, strip.height), theme.palette.accent);
    paintCells(painter, picture, strip);

    painter.setFont(row.recorded ? bold(theme.small) : theme.small);
    painter.setPen(theme.palette.text);
    const auto text = [&](const BenchColumn& column, const QString& words, Qt::Alignment alignment) {
        if (column.exists())
            painter.drawText(geometry.stripRect(strip, column)
                                 .adjusted(column.left < geometry.cells.left ? 2 : -4, 0, 0, 0),
                             static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextWordWrap, words);
    };
    if (geometry.normaliser.exists())
        text(geometry.normaliser,
             QString::fromStdString(benchNormalisers()[static_cast<size_t>(strip.normaliser)].name),
             Qt::AlignLeft);
    painter.setFont(theme.small);
    text(geometry.entropy, entropyText(row.entropy), Qt::AlignRight);
    text(geometry.multiplyAdds, countText(row.multiplyAdds), Qt::AlignRight);
    text(geometry.parameters, countText(static_cast<double>(row.parameterCount)), Qt::AlignRight);
    const std::optional<double> seconds = picture.content.seconds(row);
    text(geometry.time, seconds ? secondsText(*seconds) : QStringLiteral("–"), Qt::AlignRight);
    if (!row.differentiable)
        painter.setPen(theme.palette.warning);
    text(geometry.gradient, gradientText(row), Qt::AlignRight);
}
} // namespace

QString untrainedText(uint64_t seed) {
    return BenchWords::tr("untrained · seed %1").arg(seed);
}

QString recordedText() {
    return BenchWords::tr("this head, as recorded");
}

void BenchPicture::layOut(QSizeF size) {
    geometry.size = size;
    labels.clear();
    geometry.keys = 0;
    geometry.scoreFunctions = 0;
    double longest = 0;
    if (!content.empty()) {
        geometry.keys = content.result->keys;
        geometry.scoreFunctions = static_cast<int>(benchScoreFunctions().size());
        const QFontMetricsF metrics(bold(theme.small));
        for (int i = 0; i < geometry.keys; ++i) {
            labels << tokenLabel(*content.trace, i);
            longest = std::max(longest, metrics.horizontalAdvance(labels.back()));
        }
    }
    const std::vector<MechanismInfo> normalisers = benchNormalisers();
    const auto hard = std::find_if(normalisers.begin(), normalisers.end(),
                                   [](const MechanismInfo& each) { return each.name == "hard"; });
    geometry.hard = static_cast<int>(hard - normalisers.begin());
    geometry.labelHeight = std::max(shortestHeader, slanted(std::min(longest, tallestLabels)) + 20);
    geometry.layOut();
    const auto last = static_cast<int>(geometry.strips.size()) - 1;
    walkedStrip = std::clamp(walkedStrip, 0, std::max(0, last));
    if (hoverStrip > last)
        hoverStrip = -1;
}

QRectF BenchPicture::badgeRect(const BenchGroup& group) const {
    const BenchRow& row = rowOf(geometry.strips[group.firstStrip]);
    if (!row.untrained)
        return {};
    const QString name =
        QString::fromStdString(benchScoreFunctions()[static_cast<size_t>(group.scoreFunction)].name);
    const QRectF rect = geometry.titleRect(group);
    return {rect.left() + QFontMetricsF(theme.heading).horizontalAdvance(name) + 10, rect.top(),
            QFontMetricsF(numberFont(theme)).horizontalAdvance(untrainedText(row.seed)) + 14, 32};
}

void paintBench(QPainter& painter, const BenchPicture& picture) {
    const BenchGeometry& geometry = picture.geometry;
    if (picture.content.empty())
        return;
    painter.save();
    painter.setClipRect(QRectF(0, geometry.headerHeight, geometry.size.width(),
                               geometry.size.height() - geometry.headerHeight));
    for (const BenchGroup& group : geometry.groups) {
        const QRectF rect = geometry.groupRect(group);
        if (rect.bottom() < geometry.headerHeight || rect.top() > geometry.size.height())
            continue;
        paintTitle(painter, picture, group);
        for (size_t i = 0; i < group.strips; ++i)
            paintStrip(painter, picture, group.firstStrip + i);
    }
    painter.restore();
    paintLegend(painter, picture);
    paintKeys(painter, picture);
    paintHeadings(painter, picture);
}

void paintBenchCard(QPainter& painter, const BenchPicture& picture) {
    if (picture.content.empty() || picture.hoverStrip < 0 || picture.hoverKey < 0)
        return;
    const BenchGeometry& geometry = picture.geometry;
    const Theme& theme = picture.theme;
    const BenchStrip& strip = geometry.strips[static_cast<size_t>(picture.hoverStrip)];
    const BenchRow& row = picture.rowOf(strip);
    const auto key = static_cast<size_t>(picture.hoverKey);
    const QString query = tokenLabel(*picture.content.trace, picture.content.result->query);
    const QStringList lines{QStringLiteral("%1 → %2").arg(query, picture.labels[picture.hoverKey]),
                            BenchWords::tr("weight %1").arg(exactWeightText(row.weights[key])),
                            BenchWords::tr("score %1")
                                .arg(std::isinf(row.scores[key]) ? BenchWords::tr("−∞ (masked)")
                                                                 : exactWeightText(row.scores[key]))};
    const QFontMetricsF metrics(theme.small);
    double width = QFontMetricsF(bold(theme.small)).horizontalAdvance(lines.front());
    for (const QString& line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    const double lineHeight = metrics.height();
    const QSizeF size(width + 20, lineHeight * static_cast<double>(lines.size()) + 12);
    const QRectF cell = geometry.cellRect(strip, picture.hoverKey);
    QPointF place(
        std::clamp(cell.center().x() - size.width() / 2, 2.0, geometry.size.width() - size.width() - 2),
        cell.bottom() + 6);
    if (place.y() + size.height() > geometry.size.height())
        place.setY(cell.top() - size.height() - 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.palette.mutedText, 1));
    painter.setBrush(theme.palette.panel);
    painter.drawRoundedRect(QRectF(place, size), 6, 6);
    painter.setPen(theme.palette.text);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setFont(i == 0 ? bold(theme.small) : theme.small);
        painter.drawText(QRectF(place.x() + 10, place.y() + 6 + static_cast<double>(i) * lineHeight,
                                width + 4, lineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, lines[i]);
    }
}

} // namespace headlight
