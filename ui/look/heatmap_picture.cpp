#include "ui/look/heatmap_picture.h"

#include "engine/explain/readings.h"
#include "engine/explain/shown_reading.h"
#include "ui/paint/label_thinning.h"
#include "ui/paint/map_zoom.h"
#include "ui/paint/token_labels.h"
#include "ui/paint/weight_image.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTransform>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double largestCell = 44;
constexpr double scaleBarWidth = 14;
constexpr int largestImageSide = 2048;
constexpr double overviewSide = 64;
constexpr double labelReach = 6; ///< pixels beside a slanted label that still belong to it
constexpr double usualSlant = 45;
constexpr double steepSlant = 60;

QString translated(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}
int firstOf(const std::vector<ShownToken>& shown, int place) {
    return place >= 0 && static_cast<size_t>(place) < shown.size() ? shown[static_cast<size_t>(place)].first
                                                                   : -1;
}
double radians(double degrees) {
    return degrees * std::acos(-1.0) / 180;
}

int pieces(const ShownToken& token) {
    return token.last - token.first + 1;
}
} // namespace

void HeatmapPicture::read(MapLabels& known) {
    labels.clear();
    ranks.clear();
    ticks.clear();
    pairStart = -1;
    overview = {};
    marks = {};
    shown = {};
    if (trace && content.numbers) {
        ShownTokens choice = tokens;
        choice.mergeWords = choice.mergeWords && content.numbers->areShares;
        shown = shownNumbers(*trace, content.numbers->cells, choice);
    } else if (trace && content.message.isEmpty()) {
        shown = shownMap(*trace, head, tokens);
    }
    if (!trace || shown.rows.empty())
        return;
    labels = known.of(*trace, shown.rows);
    if (!content.numbers) // edits of a head say nothing about a cell that is derived from all
        marks = headMarks(*trace, head, shown);
    pairStart = headlight::pairStart(*trace, shown.rows);
    if (scale == WeightScale::rank)
        ranks = rankShares(shown.weights.values());
    ticks = scaleTicks(scale, shown.weights.values());
}

void HeatmapPicture::layOut(QSizeF size) {
    double widest = 0;
    for (const MapLabel& label : labels)
        widest = std::max(widest, label.width);
    const double labelRoom = roomForLabels(widest);
    const int rows = static_cast<int>(shown.rows.size());
    const int columns = static_cast<int>(shown.columns.size());
    for (slant = usualSlant;; slant = steepSlant) {
        MapMargins margins;
        margins.left = 38 + labelRoom + 10;
        margins.top = 16 + labelRoom * std::sin(radians(slant)) + 14;
        // The last slanted label leans over the scale bar's column, which starts below it.
        margins.right = std::max(92.0, labelRoom * std::cos(radians(slant)) + 16);
        margins.bottom = tokens == ShownTokens() ? 46 : 66;
        map = fitMap(size, margins, rows, columns, largestCell);
        if (slant == steepSlant || map.cellWidth() >= slantedLabelSpacing(theme, slant))
            break;
    }
    map.zoom = clamped(zoom, rows, columns);
    const double height = std::clamp(map.rect.height() - 50, 60.0, 240.0);
    scaleBar = QRectF(map.rect.right() + 22, map.rect.top() + 22, scaleBarWidth, height);
    const auto pixels = [&](double length) {
        return std::clamp(static_cast<int>(length * pixelRatio), 1, largestImageSide);
    };
    const std::span<const float> numbers =
        ranks.empty() ? shown.weights.values() : std::span<const float>(ranks);
    cells = weightImage(
        maxPooled(numbers, rows, columns, map.seen(), pixels(map.rect.height()), pixels(map.rect.width())),
        theme.weights, scale);
    layOutOverview();
}

/// Below the colour scale, where both have room.
void HeatmapPicture::layOutOverview() {
    overviewRect = {};
    const double top = map.rect.bottom() - overviewSide;
    if (!map.zoom || top < scaleBar.top() + 80)
        return;
    overviewRect = {map.rect.right() + 12, top, overviewSide, overviewSide};
    scaleBar.setBottom(std::min(scaleBar.bottom(), top - 22));
    if (!overview.isNull())
        return;
    const int rows = map.rows, columns = map.columns;
    const int side = std::clamp(static_cast<int>(overviewSide * pixelRatio), 1, largestImageSide);
    const std::span<const float> numbers =
        ranks.empty() ? shown.weights.values() : std::span<const float>(ranks);
    overview = weightImage(maxPooled(numbers, rows, columns, {0, rows, 0, columns}, side, side),
                           theme.weights, scale);
}

QRectF HeatmapPicture::overviewPart() const {
    if (overviewRect.isEmpty() || !map.zoom)
        return {};
    const double x = overviewRect.width() / map.columns, y = overviewRect.height() / map.rows;
    return {overviewRect.left() + map.zoom->firstColumn * x, overviewRect.top() + map.zoom->firstRow * y,
            map.zoom->columns * x, map.zoom->rows * y};
}

int HeatmapPicture::tokenOfRow(int row) const {
    return firstOf(shown.rows, row);
}

int HeatmapPicture::tokenOfColumn(int place) const {
    return firstOf(shown.columns, place);
}

int HeatmapPicture::rowLabelAt(QPointF point) const {
    if (point.x() >= map.rect.left() || point.x() < map.rect.left() - 150)
        return -1;
    const auto cell = map.cellAt({map.rect.left(), point.y()});
    return cell ? cell->query : -1;
}

QPointF HeatmapPicture::columnLabelFoot(int place) const {
    return {map.column(place).center().x() + 2, map.rect.top() - 8};
}

std::vector<int> HeatmapPicture::drawnRowLabels() const {
    const CellRange seen = map.seen();
    std::vector<int> drawn =
        labelsFrom(seen.firstRow, seen.rows, map.cellHeight(), rowLabelHeight(theme), rowOf(query));
    std::erase_if(drawn, [this](int place) {
        const double middle = map.row(place).center().y();
        return middle < map.rect.top() || middle > map.rect.bottom();
    });
    return drawn;
}

QRectF HeatmapPicture::rowLabelRect(int place) const {
    const double height = rowLabelHeight(theme);
    const double width = labels[static_cast<size_t>(place)].width;
    return {map.rect.left() - rowLabelGap - width, map.row(place).center().y() - height / 2, width, height};
}

QPolygonF HeatmapPicture::columnLabelShape(int place) const {
    const QFontMetricsF metrics(bold(theme.body));
    QTransform turned;
    turned.translate(columnLabelFoot(place).x(), columnLabelFoot(place).y());
    turned.rotate(-slant);
    const QRectF ink = metrics.tightBoundingRect(QStringLiteral("[]|dgjpqy"));
    return turned.map(
        QPolygonF(QRectF(0, ink.top(), labels[static_cast<size_t>(place)].width, ink.height())));
}

std::vector<int> HeatmapPicture::drawnColumnLabels() const {
    const CellRange seen = map.seen();
    std::vector<int> drawn = labelsFrom(seen.firstColumn, seen.columns, map.cellWidth(),
                                        slantedLabelSpacing(theme, slant), columnOf(markedKey()));
    std::erase_if(drawn, [this](int place) {
        const double middle = map.column(place).center().x();
        return middle < map.rect.left() || middle > map.rect.right();
    });
    return drawn;
}

int HeatmapPicture::columnLabelAt(QPointF point) const {
    if (map.columns <= 0 || point.y() >= map.rect.top())
        return -1;
    // Back along the slant (to the right and up) to the foot, from the middle of the letters.
    const double middle = QFontMetricsF(theme.body).ascent() / 2 - 1;
    const double sine = std::sin(radians(slant));
    const double cosine = std::cos(radians(slant));
    const double along = (map.rect.top() - 8 - point.y() - middle * cosine) / sine;
    const double foot = point.x() - along * cosine + middle * sine;
    const auto cell = map.cellAt({foot - 2, map.rect.top()});
    if (!cell || static_cast<size_t>(cell->key) >= labels.size())
        return -1;
    const double width = labels[static_cast<size_t>(cell->key)].width;
    return along > -10 && along < width + labelReach ? cell->key : -1;
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
    card.detail = translated("%1 of %2 · score %3")
                      .arg(ordinal(rank), QString::number(row.size()), scoreText(found->score));
    return card;
}

bool HeatmapPicture::isKnown(int row) const {
    return !content.numbers || row < 0 || content.numbers->isKnown(tokenOfRow(row));
}

CellCard HeatmapPicture::cardOfNumbers(MapCell cell) const {
    const std::span<const float> row = shown.weights.row(cell.query);
    const float number = row[static_cast<size_t>(cell.key)];
    const auto larger = std::count_if(row.begin(), row.end(), [number](float each) { return each > number; });
    CellCard card;
    card.pair =
        QStringLiteral("%1 → %2").arg(tokenLabel(*trace, shown.rows[static_cast<size_t>(cell.query)]),
                                      tokenLabel(*trace, shown.columns[static_cast<size_t>(cell.key)]));
    if (!isKnown(cell.query)) {
        card.detail = translated("%1 · not computed yet").arg(content.numbers->name);
        return card;
    }
    card.weight = exactWeightText(number);
    card.detail =
        translated("%1 of %2 · %3, derived")
            .arg(ordinal(static_cast<int>(larger) + 1), QString::number(row.size()), content.numbers->name);
    return card;
}

CellCard HeatmapPicture::card(MapCell cell) const {
    if (!trace || !map.has(cell))
        return {};
    if (content.numbers)
        return cardOfNumbers(cell);
    const ShownToken& from = shown.rows[static_cast<size_t>(cell.query)];
    const ShownToken& to = shown.columns[static_cast<size_t>(cell.key)];
    const bool isOnePair = pieces(from) == 1 && pieces(to) == 1;
    CellCard card;
    if (isOnePair) {
        card = cellCard(*trace, head, {from.first, to.first});
    } else {
        card.pair = QStringLiteral("%1 → %2").arg(tokenLabel(*trace, from), tokenLabel(*trace, to));
        card.weight = exactWeightText(shown.weights.at(cell.query, cell.key));
        const QString sum = translated("sum over %1 key pieces").arg(pieces(to));
        const QString mean = translated("mean over %1 query pieces").arg(pieces(from));
        card.detail = pieces(from) == 1 ? sum : pieces(to) == 1 ? mean : sum + QStringLiteral(" · ") + mean;
    }
    QStringList details{card.detail, markNote(cell)};
    const SiteRecord* before = trace->baseline ? trace->baseline->site(head.stack, head.layer) : nullptr;
    if (before && isOnePair)
        details << translated("unchanged %1")
                       .arg(weightText(before->weights.at(head.head, from.first, to.first)));
    details.removeAll(QString());
    card.detail = details.join(QStringLiteral(" · "));
    return card;
}

QString HeatmapPicture::markNote(MapCell cell) const {
    QStringList notes;
    for (const CellMark& mark : marks.cells)
        if (mark.row == cell.query && mark.column == cell.key)
            notes << markInWords(mark.kind);
    if (std::find(marks.hidden.begin(), marks.hidden.end(), cell.key) != marks.hidden.end())
        notes << translated("key hidden");
    return notes.join(QStringLiteral(" · "));
}

QString HeatmapPicture::hiddenNote() const {
    if (!trace || (tokens.special && tokens.first))
        return {};
    const QString unscaled = translated("nothing is rescaled");
    const auto isHidden = [&](int token) {
        return translated("“%1” is selected, but hidden").arg(tokenLabel(*trace, token));
    };
    if (axis == ReadAxis::key && column >= 0 && columnOf(column) < 0)
        return isHidden(column);
    if (content.numbers &&
        (query < 0 || rowOf(query) < 0 || axis == ReadAxis::key || !content.numbers->areShares))
        return query >= 0 && rowOf(query) < 0
                   ? isHidden(query)
                   : translated("some tokens are hidden") + QStringLiteral(" · ") + unscaled;
    if (axis == ReadAxis::key && column >= 0)
        return translated("%1 of the column of “%2” comes from hidden tokens")
                   .arg(weightText(static_cast<float>(shownColumn(*trace, head, tokens, column).hidden)),
                        tokenLabel(*trace, column)) +
               QStringLiteral(" · ") + unscaled;
    if (query >= 0 && rowOf(query) < 0)
        return isHidden(query);
    if (query < 0)
        return translated("some tokens are hidden") + QStringLiteral(" · ") + unscaled;
    const double share = shown.hidden[static_cast<size_t>(rowOf(query))];
    return translated("%1 of the row of “%2” lies on hidden tokens")
               .arg(weightText(static_cast<float>(share)), tokenLabel(*trace, query)) +
           QStringLiteral(" · ") + unscaled;
}

QString HeatmapPicture::zoomNote() const {
    return map.zoom ? translated("zoom %1×").arg(zoomFactor(map), 0, 'f', 1) : QString();
}

} // namespace headlight
