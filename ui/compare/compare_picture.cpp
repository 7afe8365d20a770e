#include "ui/compare/compare_picture.h"

#include "engine/explain/map_levels.h"
#include "ui/paint/label_thinning.h"
#include "ui/paint/map_zoom.h"
#include "ui/theme/signed_scale.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace headlight {

namespace {
constexpr double gap = 22;       ///< between two maps
constexpr double barsWidth = 54; ///< of the distances of the rows
constexpr double barsGap = 12;
constexpr double edge = 16;
constexpr double belowMaps = 62; ///< titles, keys of the colours
constexpr double largestCell = 40;
constexpr int largestImageSide = 2048;

double radians(double degrees) {
    return degrees * std::acos(-1.0) / 180;
}

const Tensor<float>& numbersOf(const Comparison& comparison, ComparePicture::Part part) {
    return part == ComparePicture::partA   ? comparison.a
           : part == ComparePicture::partB ? comparison.b
                                           : comparison.difference;
}

bool isIn(ComparePicture::Part part, const ComparedPlace& place) {
    return part == ComparePicture::partA   ? place.a.has_value()
           : part == ComparePicture::partB ? place.b.has_value()
                                           : place.matched();
}
} // namespace

/// Both together, so that equal colours mean equal weights.
void ComparePicture::rankWeights() {
    if (scale != WeightScale::rank) {
        weights.clear();
        ranks.clear();
        return;
    }
    if (!ranks.empty())
        return;
    const std::span<const float> a = comparison.a.values(), b = comparison.b.values();
    weights.assign(a.begin(), a.end());
    weights.insert(weights.end(), b.begin(), b.end());
    ranks = rankShares(weights);
}

bool ComparePicture::hasRow(Part part, int row) const {
    return isIn(part, comparison.rows[static_cast<size_t>(row)]);
}

bool ComparePicture::hasColumn(Part part, int column) const {
    return isIn(part, comparison.columns[static_cast<size_t>(column)]);
}

void ComparePicture::read(MapLabels& known) {
    weights.clear();
    ranks.clear();
    rowLabels.clear();
    for (std::vector<MapLabel>& labels : columnLabels)
        labels.clear();
    const auto label = [&](const QString& text, const ComparedPlace& place) {
        MapLabel result = known.of(text);
        result.special = (place.a ? place.a : place.b)->special;
        return result;
    };
    for (const ComparedPlace& place : comparison.rows)
        rowLabels.push_back(label(placeName(sides, place), place));
    for (const ComparedPlace& place : comparison.columns) {
        columnLabels[partA].push_back(label(placeNameOfA(sides, place), place));
        columnLabels[partB].push_back(label(placeNameOfB(sides, place), place));
        columnLabels[partDifference].push_back(label(placeName(sides, place), place));
    }
}

void ComparePicture::layOut(QSizeF size) {
    rankWeights();
    double widestRow = 0, widestColumn = 0;
    for (const MapLabel& each : rowLabels)
        widestRow = std::max(widestRow, each.width);
    for (const std::vector<MapLabel>& labels : columnLabels)
        for (const MapLabel& each : labels)
            widestColumn = std::max(widestColumn, each.width);
    const double slanted = roomForLabels(widestColumn);
    MapMargins margins;
    margins.left = edge + roomForLabels(widestRow) + 10;
    margins.top = 4 + slanted * std::sin(radians(slant)) + 12;
    margins.bottom = belowMaps;
    // The last slanted label leans over the bars, which begin below it.
    const double right = std::max(barsGap + barsWidth, slanted * std::cos(radians(slant))) + edge;
    const double width = (size.width() - margins.left - right - 2 * gap) / 3;
    const MapGeometry first =
        fitMap({margins.left + std::max(1.0, width), size.height()}, margins, rows(), columns(), largestCell);
    for (const Part part : parts) {
        MapGeometry& map = maps[part];
        map = first;
        map.rect.translate(static_cast<int>(part) * (first.rect.width() + gap), 0);
        map.zoom = clamped(zoom, rows(), columns());
        cells[part] = image(part);
    }
    const QRectF& last = maps[partDifference].rect;
    distances = QRectF(last.right() + barsGap, last.top(), barsWidth, last.height());
}

QImage ComparePicture::image(Part part) const {
    const MapGeometry& map = maps[part];
    if (map.rows <= 0)
        return {};
    const auto pixels = [&](double length) {
        return std::clamp(static_cast<int>(length * pixelRatio), 1, largestImageSide);
    };
    std::span<const float> values = numbersOf(comparison, part).values();
    if (part != partDifference && !ranks.empty())
        values = std::span<const float>(ranks).subspan(part == partA ? 0 : values.size(), values.size());
    const Tensor<float> numbers = farthestPooled(values, rows(), columns(), map.seen(),
                                                 pixels(map.rect.height()), pixels(map.rect.width()));
    if (numbers.empty())
        return {};
    QImage result(static_cast<int>(numbers.dimension(1)), static_cast<int>(numbers.dimension(0)),
                  QImage::Format_RGB32);
    const QRgb ground = theme.palette.canvas.rgb();
    const auto colour = [&](float number) {
        if (std::isnan(number))
            return ground; // no number: hatched
        return part == partDifference ? signedColour(number, comparison.scaleEnd, theme)
                                      : theme.weights.colour(number, scale);
    };
    for (int y = 0; y < result.height(); ++y) {
        const std::span<const float> line = numbers.row(y);
        std::transform(line.begin(), line.end(), reinterpret_cast<QRgb*>(result.scanLine(y)), colour);
    }
    return result;
}

std::optional<MapCell> ComparePicture::cellAt(QPointF point) const {
    for (const MapGeometry& map : maps)
        if (const std::optional<MapCell> cell = map.cellAt(point))
            return cell;
    return std::nullopt;
}

int ComparePicture::rowAt(QPointF point) const {
    const QRectF& first = maps[partA].rect;
    const bool beside = point.x() < first.left() || distances.contains(point);
    const std::optional<MapCell> cell = beside ? maps[partA].cellAt({first.left(), point.y()}) : std::nullopt;
    return cell ? cell->query : -1;
}

MapCell ComparePicture::toldCell() const {
    if (has(hover))
        return hover;
    if (has(selected))
        return selected;
    const int row = hover.query >= 0 ? hover.query : selected.query;
    if (isShown() && row >= 0 && row < rows())
        return {row, comparison.distances[static_cast<size_t>(row)].largest};
    if (const std::optional<ComparedCell>& largest = comparison.largest)
        return {largest->row, largest->column};
    return {-1, -1};
}

std::vector<int> ComparePicture::drawnRowLabels() const {
    const MapGeometry& map = maps[partA];
    const CellRange seen = map.seen();
    std::vector<int> drawn =
        labelsFrom(seen.firstRow, seen.rows, map.cellHeight(), rowLabelHeight(theme), selected.query);
    std::erase_if(drawn, [&](int row) {
        const double middle = map.row(row).center().y();
        return middle < map.rect.top() || middle > map.rect.bottom();
    });
    return drawn;
}

std::vector<int> ComparePicture::drawnColumnLabels(Part part) const {
    const MapGeometry& map = maps[part];
    const CellRange seen = map.seen();
    std::vector<int> drawn = labelsFrom(seen.firstColumn, seen.columns, map.cellWidth(),
                                        slantedLabelSpacing(theme, slant), selected.key);
    std::erase_if(drawn, [&](int column) {
        const double middle = map.column(column).center().x();
        return middle < map.rect.left() || middle > map.rect.right();
    });
    return drawn;
}

QPointF ComparePicture::columnLabelFoot(Part part, int column) const {
    return {maps[part].column(column).center().x() + 2, maps[part].rect.top() - 8};
}

} // namespace headlight
