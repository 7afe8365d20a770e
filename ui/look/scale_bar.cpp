#include "ui/look/scale_bar.h"

#include "engine/explain/map_levels.h"
#include "ui/paint/token_labels.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace headlight {

namespace {
constexpr double textHeight = 18;
constexpr double textWidth = 84;

QString translated(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}

/// Short, and never a 0 or 1 that is none: "0.25", "0.0013", "2e-07".
QString tickLabel(float weight) {
    return QString::number(static_cast<double>(weight), 'g', 2);
}
} // namespace

std::vector<ScaleTick> scaleTicks(WeightScale scale, std::span<const float> weights) {
    std::vector<ScaleTick> ticks;
    if (scale == WeightScale::rank) {
        for (const double place : {0.0, 0.25, 0.5, 0.75, 1.0})
            if (const float weight = weightAtRankShare(weights, place); !std::isnan(weight))
                ticks.push_back({place, tickLabel(weight)});
        return ticks;
    }
    std::vector<float> wanted{0, 0.25F, 0.5F, 0.75F, 1};
    if (scale == WeightScale::squareRoot)
        wanted = {0, 0.1F, 0.25F, 0.5F, 1};
    else if (scale == WeightScale::logarithmic)
        wanted = {smallestLogWeight, 0.001F, 0.01F, 0.1F, 1};
    for (const float weight : wanted)
        ticks.push_back({static_cast<double>(scalePlace(weight, scale)), tickLabel(weight)});
    if (scale == WeightScale::logarithmic)
        ticks.front().label = QStringLiteral("≤ ") + ticks.front().label;
    return ticks;
}

QString scaleName(WeightScale scale) {
    switch (scale) {
    case WeightScale::linear:
        break;
    case WeightScale::squareRoot:
        return translated("√ scale");
    case WeightScale::logarithmic:
        return translated("log scale");
    case WeightScale::rank:
        return translated("rank in map");
    }
    return {};
}

void paintScaleBar(QPainter& painter, const Theme& theme, const QRectF& bar, WeightScale scale,
                   const std::vector<ScaleTick>& ticks, const QString& heading) {
    QImage colours(1, ColourScale::size, QImage::Format_RGB32);
    for (int i = 0; i < ColourScale::size; ++i)
        colours.setPixel(0, ColourScale::size - 1 - i,
                         theme.weights.colour(static_cast<float>(i) / (ColourScale::size - 1)));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(bar, colours);
    painter.setFont(theme.small);
    painter.setPen(theme.palette.mutedText);
    for (const ScaleTick& tick : ticks) {
        const double y = bar.bottom() - tick.place * bar.height();
        painter.drawText(QRectF(bar.right() + 6, y - textHeight / 2, textWidth, textHeight),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, tick.label);
    }
    const auto line = [&](double top, const QString& text) {
        painter.drawText(QRectF(bar.left(), top, textWidth, textHeight),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    line(bar.top() - 27, heading.isEmpty() ? translated("weight") : heading);
    line(bar.bottom() + 8, scaleName(scale));
}

} // namespace headlight
