#include "ui/look/heatmap_picture.h"

#include "engine/explain/readings.h"
#include "ui/paint/token_labels.h"
#include "ui/paint/weight_image.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double widestLabel = 110;
constexpr double labelStep =
    20; // widths are rounded up to this, so that the map stands still while a word grows
constexpr double largestCell = 44;
constexpr double scaleBarWidth = 14;
constexpr int largestImageSide = 2048;

double roundedUp(double width) {
    return std::ceil(width / labelStep) * labelStep;
}
} // namespace

void HeatmapPicture::readLabels() {
    labels.clear();
    labelWidths.clear();
    if (!trace)
        return;
    const QFontMetricsF metrics(bold(theme.body));
    for (const Token& token : trace->tokens()) {
        labels.push_back(metrics.elidedText(tokenLabel(*trace, token), Qt::ElideRight, widestLabel));
        labelWidths.push_back(metrics.horizontalAdvance(labels.back()));
    }
}

void HeatmapPicture::readCells() {
    cells = {};
    const SiteRecord* record = site();
    if (!record || head.head >= record->weights.dimension(0))
        return;
    const int rows = static_cast<int>(record->weights.dimension(1));
    const int columns = static_cast<int>(record->weights.dimension(2));
    const size_t count = static_cast<size_t>(rows) * static_cast<size_t>(columns);
    cells = weightImage(record->weights.values().subspan(static_cast<size_t>(head.head) * count, count), rows,
                        columns, theme.weights, WeightScale::linear, largestImageSide);
}

void HeatmapPicture::layOut(QSizeF size) {
    const double widest = labelWidths.empty() ? 0 : *std::max_element(labelWidths.begin(), labelWidths.end());
    const double labelRoom = std::max(60.0, roundedUp(widest));
    const double slanted = std::sqrt(0.5);
    MapMargins margins;
    margins.left = 38 + labelRoom + 10;
    margins.top = 16 + labelRoom * slanted + 14;
    // The last slanted label leans over the scale bar's column, which starts below it.
    margins.right = std::max(92.0, labelRoom * slanted + 16);
    margins.bottom = 46;
    const SiteRecord* record = site();
    const int rows = record ? static_cast<int>(record->weights.dimension(1)) : 0;
    const int columns = record ? static_cast<int>(record->weights.dimension(2)) : 0;
    map = fitMap(size, margins, rows, columns, largestCell);
    const double height = std::clamp(map.rect.height() - 50, 60.0, 240.0);
    scaleBar = QRectF(map.rect.right() + 22, map.rect.top() + 22, scaleBarWidth, height);
}

CellCard cellCard(const Trace& trace, const HeadAddress& head, MapCell cell) {
    const std::vector<RowKey> row = strongestKeys(trace, head, cell.query);
    const auto found =
        std::find_if(row.begin(), row.end(), [&](const RowKey& key) { return key.key == cell.key; });
    if (found == row.end())
        return {};
    const int rank = static_cast<int>(found - row.begin()) + 1;
    CellCard card;
    card.pair = QStringLiteral("%1 → %2").arg(tokenLabel(trace, cell.query), tokenLabel(trace, cell.key));
    card.weight = exactWeightText(found->weight);
    card.detail = QCoreApplication::translate("Heatmap", "%1 of %2 · score %3")
                      .arg(ordinal(rank), QString::number(row.size()), scoreText(found->score));
    return card;
}

} // namespace headlight
