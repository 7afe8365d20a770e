#include "ui/heads/head_painter.h"

#include "engine/explain/map_levels.h"
#include "engine/explain/shown_map.h"
#include "ui/heads/metric_words.h"
#include "ui/paint/token_labels.h"
#include "ui/paint/weight_image.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace headlight {

namespace {
constexpr double headingHeight = 20;

QString stackName(Stack stack) {
    switch (stack) {
    case Stack::encoder:
        return QCoreApplication::translate("Heads", "encoder");
    case Stack::decoder:
        return QCoreApplication::translate("Heads", "decoder");
    case Stack::cross:
        return QCoreApplication::translate("Heads", "decoder looks at encoder");
    }
    return {};
}

QImage thumbnail(const Trace& trace, const HeadAddress& head, const ShownTokens& tokens, const Theme& theme,
                 int largestSide) {
    const auto image = [&](std::span<const float> weights, int rows, int columns) {
        return weightImage(maxPooled(weights, rows, columns, {0, rows, 0, columns}, largestSide, largestSide),
                           theme.weights, WeightScale::squareRoot);
    };
    if (tokens != ShownTokens()) {
        const ShownMap map = shownMap(trace, head, tokens);
        return image(map.weights.values(), static_cast<int>(map.rows.size()),
                     static_cast<int>(map.columns.size()));
    }
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || head.head >= site->weights.dimension(0))
        return {};
    const int rows = static_cast<int>(site->weights.dimension(1));
    const int columns = static_cast<int>(site->weights.dimension(2));
    const size_t cells = static_cast<size_t>(rows) * static_cast<size_t>(columns);
    return image(site->weights.values().subspan(static_cast<size_t>(head.head) * cells, cells), rows,
                 columns);
}
/// "L1" at the left of each row, "H2" above each column.
void paintMargins(QPainter& painter, const HeadGridGeometry& geometry) {
    // Narrow columns get the bare number: "H11" would not fit.
    const QString headFormat = geometry.thumbnail < 24 ? QStringLiteral("%1") : QStringLiteral("H%1");
    for (int head = 0; head < geometry.heads; ++head) {
        const QRectF cell = geometry.cell(0, head);
        painter.drawText(QRectF(cell.left() - geometry.gap / 2, geometry.top, cell.width() + geometry.gap,
                                HeadGridGeometry::labelHeight - 2),
                         Qt::AlignCenter, headFormat.arg(head));
    }
    for (int layer = 0; layer < geometry.layers; ++layer) {
        const QRectF first = geometry.cell(layer, 0);
        painter.drawText(QRectF(geometry.left, first.top(), HeadGridGeometry::labelWidth, first.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("L%1").arg(layer));
    }
}

/// "L1 H2" below each thumbnail of an order.
void paintNames(QPainter& painter, const HeadGrid& grid) {
    for (int layer = 0; layer < grid.geometry.layers; ++layer)
        for (int head = 0; head < grid.geometry.heads; ++head)
            painter.drawText(grid.geometry.name(layer, head), Qt::AlignCenter | Qt::TextSingleLine,
                             headLabel({grid.stack, layer, head}));
}

std::optional<double> valueIn(std::span<const HeadValue> values, const HeadAddress& head) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const HeadValue& each) { return each.head == head; });
    return found == values.end() ? std::nullopt : found->value;
}
} // namespace

const QImage& HeadGrid::image(int layer, int head) const {
    return images[static_cast<size_t>(layer) * static_cast<size_t>(geometry.heads) +
                  static_cast<size_t>(head)];
}

std::vector<HeadGrid> headGrids(const Trace& trace, const Theme& theme, QPointF origin, double width,
                                double largest, double pixelRatio, const ShownTokens& tokens,
                                std::span<const HeadValue> order) {
    std::vector<HeadGrid> grids;
    for (const StackShape& shape : trace.shape.stacks) {
        if (trace.shape.stacks.size() > 1)
            origin.ry() += headingHeight;
        HeadGrid grid;
        grid.stack = shape.stack;
        grid.geometry = fitHeadGrid(origin, width, shape.layers, shape.heads, largest);
        if (!order.empty())
            grid.geometry = inOrder(std::move(grid.geometry), highestFirst(shape, order), width);
        const int side = static_cast<int>(std::ceil(grid.geometry.thumbnail * pixelRatio));
        for (int layer = 0; layer < shape.layers; ++layer)
            for (int head = 0; head < shape.heads; ++head)
                grid.images.push_back(thumbnail(trace, {shape.stack, layer, head}, tokens, theme, side));
        origin.ry() += grid.geometry.height();
        grids.push_back(std::move(grid));
    }
    return grids;
}

void paintHeadGrids(QPainter& painter, const std::vector<HeadGrid>& grids, const Theme& theme,
                    const std::optional<HeadAddress>& selected, const std::optional<HeadAddress>& hovered,
                    bool focused) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (const HeadGrid& grid : grids) {
        const HeadGridGeometry& geometry = grid.geometry;
        painter.setFont(theme.small);
        painter.setPen(theme.palette.mutedText);
        if (grids.size() > 1)
            painter.drawText(QPointF(geometry.left, geometry.top - 6), stackName(grid.stack));
        if (geometry.ordered())
            paintNames(painter, grid);
        else
            paintMargins(painter, geometry);
        for (int layer = 0; layer < geometry.layers; ++layer)
            for (int head = 0; head < geometry.heads; ++head)
                if (const QImage& image = grid.image(layer, head); !image.isNull())
                    painter.drawImage(geometry.cell(layer, head), image);
        painter.setBrush(Qt::NoBrush);
        const auto frame = [&](const HeadAddress& address, const QPen& pen) {
            if (address.stack != grid.stack)
                return;
            const double outset = std::min(3.0, geometry.gap / 2 + 0.5);
            painter.setPen(pen);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.drawRoundedRect(
                geometry.cell(address.layer, address.head).adjusted(-outset, -outset, outset, outset), 4, 4);
            painter.setRenderHint(QPainter::Antialiasing, false);
        };
        if (hovered)
            frame(*hovered, QPen(theme.palette.mutedText, 1));
        if (selected)
            frame(*selected, QPen(theme.palette.accent, focused ? 3 : 2));
    }
}

void paintBadges(QPainter& painter, const std::vector<HeadGrid>& grids, const Theme& theme,
                 const HeadMetric& metric, std::span<const HeadValue> values) {
    constexpr double height = 14;
    constexpr double barHeight = 3;
    double most = metric.most.value_or(0);
    if (!metric.most)
        for (const HeadValue& each : values)
            most = std::max(most, each.value.value_or(0));
    painter.save();
    QFont font = theme.small;
    font.setPixelSize(11);
    painter.setFont(font);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.palette.panel;
    ground.setAlpha(235);
    for (const HeadValue& each : values)
        for (const HeadGrid& grid : grids) {
            if (grid.stack != each.head.stack || !each.value)
                continue;
            const QRectF cell = grid.geometry.cell(each.head.layer, each.head.head);
            const QString text = metricNumber(metric, each.value);
            const double width = painter.fontMetrics().horizontalAdvance(text) + 5;
            painter.setPen(Qt::NoPen);
            if (width <= cell.width()) {
                const QRectF badge(cell.right() - width, cell.bottom() - height, width, height);
                painter.setBrush(ground);
                painter.drawRoundedRect(badge, 3, 3);
                painter.setPen(theme.palette.text);
                painter.drawText(badge, Qt::AlignCenter | Qt::TextSingleLine, text);
                continue;
            }
            const double share =
                most > metric.least
                    ? std::clamp((*each.value - metric.least) / (most - metric.least), 0.0, 1.0)
                    : 0;
            QRectF bar(cell.left(), cell.bottom() - barHeight, cell.width(), barHeight);
            painter.fillRect(bar, theme.palette.panel);
            bar.setWidth(share * cell.width());
            painter.fillRect(bar, theme.palette.text);
        }
    painter.restore();
}

std::vector<int> highestFirst(const StackShape& stack, std::span<const HeadValue> values) {
    std::vector<int> order(static_cast<size_t>(stack.layers) * static_cast<size_t>(stack.heads));
    std::iota(order.begin(), order.end(), 0);
    std::vector<double> keys;
    keys.reserve(order.size());
    for (const int head : order)
        keys.push_back(valueIn(values, {stack.stack, head / stack.heads, head % stack.heads})
                           .value_or(-std::numeric_limits<double>::infinity()));
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return keys[static_cast<size_t>(a)] > keys[static_cast<size_t>(b)];
    });
    return order;
}

} // namespace headlight
