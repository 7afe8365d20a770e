#include "ui/compare/compare_painter.h"

#include "ui/look/map_painting.h"
#include "ui/look/scale_bar.h"
#include "ui/paint/token_labels.h"
#include "ui/theme/signed_scale.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlight {

namespace {
constexpr double rowLabelGap = 10;
constexpr double titleTop = 4; ///< below the maps
constexpr double keyTop = 32;
constexpr double keyHeight = 9;
constexpr double textHeight = 18;

QString say(const char* text) {
    return QCoreApplication::translate("Compare", text);
}

void paintHatches(QPainter& painter, const ComparePicture& picture, ComparePicture::Part part) {
    const MapGeometry& map = picture.maps[part];
    const CellRange seen = map.seen();
    const auto lines = [&](const QRectF& strip) {
        const QRectF rect = strip & map.rect;
        if (!rect.isEmpty())
            hatchMap(painter, rect, picture.theme.palette.mutedText);
    };
    for (int row = seen.firstRow; row < seen.firstRow + seen.rows; ++row)
        if (!picture.hasRow(part, row))
            lines(map.row(row).adjusted(0, 0, 0, -1));
    for (int column = seen.firstColumn; column < seen.firstColumn + seen.columns; ++column)
        if (!picture.hasColumn(part, column))
            for (int row = seen.firstRow; row < seen.firstRow + seen.rows; ++row)
                if (picture.hasRow(part, row)) // a crossing is hatched once
                    lines(map.cell(row, column).adjusted(0, 0, -1, 0));
}

void paintRowLabels(QPainter& painter, const ComparePicture& picture, bool vectors) {
    const MapGeometry& map = picture.maps[ComparePicture::partA];
    const double height = QFontMetricsF(picture.theme.body).height();
    for (const int row : picture.drawnRowLabels()) {
        const MapLabel& label = picture.rowLabels[static_cast<size_t>(row)];
        const bool strong = row == picture.selected.query;
        const double width = strong ? label.width : label.plainWidth;
        paintMapLabel(painter, picture.theme, label, strong ? label.rowBold : label.row,
                      {map.rect.left() - rowLabelGap - width, map.row(row).center().y() - height / 2}, strong,
                      vectors);
    }
}

void paintColumnLabels(QPainter& painter, const ComparePicture& picture, ComparePicture::Part part,
                       bool vectors) {
    const double ascent = QFontMetricsF(picture.theme.body).ascent();
    for (const int column : picture.drawnColumnLabels(part)) {
        const MapLabel& label = picture.columnLabels[part][static_cast<size_t>(column)];
        if (label.text.isEmpty())
            continue;
        const bool strong = column == picture.selected.key;
        painter.save();
        painter.translate(picture.columnLabelFoot(part, column));
        painter.rotate(-picture.slant);
        paintMapLabel(painter, picture.theme, label, strong ? label.columnBold : label.column, {0, -ascent},
                      strong, vectors);
        painter.restore();
    }
}

void paintTitle(QPainter& painter, const ComparePicture& picture, ComparePicture::Part part) {
    const QRectF& map = picture.maps[part].rect;
    const QString title = part == ComparePicture::partA   ? say("A · %1").arg(headLabel(picture.sides.headA))
                          : part == ComparePicture::partB ? say("B · %1").arg(headLabel(picture.sides.headB))
                          : picture.comparison.scaleEnd < 1 ? say("A − B, its own scale")
                                                            : say("A − B");
    painter.setFont(picture.theme.heading);
    painter.setPen(picture.theme.palette.text);
    painter.drawText(QRectF(map.left(), map.bottom() + titleTop, map.width(), textHeight + 4),
                     Qt::AlignCenter, title);
}

/// A bar of colours from left to right, `colour` at a share of its width.
template <class Colour>
void paintBar(QPainter& painter, const QRectF& bar, Colour colour) {
    QImage image(ColourScale::size, 1, QImage::Format_RGB32);
    for (int i = 0; i < ColourScale::size; ++i)
        image.setPixel(i, 0, colour(static_cast<float>(i) / (ColourScale::size - 1)));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(bar, image);
}

void paintTick(QPainter& painter, const QRectF& bar, double place, const QString& text) {
    const double x = bar.left() + place * bar.width();
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 4;
    const double left = place <= 0 ? bar.left() : place >= 1 ? bar.right() - width : x - width / 2;
    painter.drawText(QRectF(left, bar.bottom() + 2, width, textHeight),
                     (place <= 0   ? Qt::AlignLeft
                      : place >= 1 ? Qt::AlignRight
                                   : Qt::AlignHCenter) |
                         Qt::AlignVCenter | Qt::TextSingleLine,
                     text);
}

void paintKeys(QPainter& painter, const ComparePicture& picture) {
    const QRectF& a = picture.maps[ComparePicture::partA].rect;
    const QRectF& b = picture.maps[ComparePicture::partB].rect;
    const QRectF& difference = picture.maps[ComparePicture::partDifference].rect;
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    const WeightScale scale = picture.scale;
    const QRectF weights(a.left(), a.bottom() + keyTop, a.width(), keyHeight);
    paintBar(painter, weights, [&](float share) { return picture.theme.weights.colour(share); });
    for (const ScaleTick& tick : scaleTicks(scale, picture.weights))
        paintTick(painter, weights, tick.place, tick.label);
    const QString name = scale == WeightScale::rank ? say("rank among the cells of both") : scaleName(scale);
    painter.drawText(QRectF(b.left(), weights.top() - 6, b.width(), textHeight),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     name.isEmpty() ? say("weight, in A and B alike")
                                    : say("weight, in A and B alike, %1").arg(name));

    const float end = picture.comparison.scaleEnd;
    const QRectF signedBar(difference.left(), difference.bottom() + keyTop, difference.width(), keyHeight);
    paintBar(painter, signedBar,
             [&](float share) { return signedColour((2 * share - 1) * end, end, picture.theme); });
    const QString size = QString::number(static_cast<double>(end));
    paintTick(painter, signedBar, 0, say("−%1 more in B").arg(size));
    paintTick(painter, signedBar, 0.5, QStringLiteral("0"));
    paintTick(painter, signedBar, 1, say("more in A +%1").arg(size));
}

void paintDistances(QPainter& painter, const ComparePicture& picture) {
    const QRectF& room = picture.distances;
    const MapGeometry& map = picture.maps[ComparePicture::partDifference];
    const CellRange seen = map.seen();
    const Palette& colours = picture.theme.palette;
    painter.setPen(Qt::NoPen);
    for (int row = seen.firstRow; row < seen.firstRow + seen.rows; ++row) {
        const std::optional<double>& bits = picture.comparison.distances[static_cast<size_t>(row)].bits;
        const double thickness = std::clamp(map.cellHeight() * 0.4, 1.0, 8.0);
        const double middle = map.row(row).center().y();
        if (!bits || middle < room.top() || middle > room.bottom())
            continue;
        painter.fillRect(QRectF(room.left(), middle - 0.5, room.width(), 1), colours.hairline);
        painter.fillRect(
            QRectF(room.left(), middle - thickness / 2, room.width() * std::min(1.0, *bits), thickness),
            row == picture.selected.query ? colours.accent : colours.mutedText);
    }
    painter.setFont(picture.theme.small);
    painter.setPen(colours.mutedText);
    painter.drawText(QRectF(room.left() - 6, room.bottom() + titleTop, room.width() + 18, textHeight + 4),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, say("distance"));
    painter.drawText(QRectF(room.left() - 6, room.bottom() + keyTop - 6, room.width() + 18, textHeight),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, say("0 to 1 bit"));
}

void paintMarks(QPainter& painter, const ComparePicture& picture, MapCell cell, const QColor& colour,
                double rowWidth, double cellWidth) {
    const QColor& ground = picture.theme.palette.canvas;
    for (const MapGeometry& map : picture.maps) {
        if (cell.query >= 0 && cell.query < map.rows)
            paintMapFrame(painter, map, map.row(cell.query), colour, rowWidth, ground);
        if (map.has(cell))
            paintMapFrame(painter, map, map.cell(cell.query, cell.key), colour, cellWidth, ground);
    }
}
} // namespace

void paintComparison(QPainter& painter, const ComparePicture& picture, QRectF viewport) {
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (!picture.isShown()) {
        painter.setFont(picture.theme.body);
        painter.setPen(picture.theme.palette.mutedText);
        painter.drawText(viewport.adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         picture.problem);
        return;
    }
    const bool vectors = paintsVectors(painter);
    for (const ComparePicture::Part part : ComparePicture::parts) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintMapCells(painter, picture.maps[part], picture.cells[part], picture.theme.palette.canvas,
                      vectors);
        painter.setRenderHint(QPainter::Antialiasing, true);
        paintHatches(painter, picture, part);
        paintColumnLabels(painter, picture, part, vectors);
        paintTitle(painter, picture, part);
    }
    paintRowLabels(painter, picture, vectors);
    paintDistances(painter, picture);
    paintKeys(painter, picture);
    paintMarks(painter, picture, picture.selected, picture.theme.palette.accent, picture.focused ? 2 : 1.4,
               3);
}

void paintComparedHover(QPainter& painter, const ComparePicture& picture) {
    if (!picture.isShown() || picture.hover.query < 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintMarks(painter, picture, picture.hover, picture.theme.palette.mutedText, 1, 1.5);
}

void paintComparedFigure(QPainter& painter, ComparePicture picture, QSize size) {
    constexpr int lineHeight = 22;
    picture.hover = {-1, -1};
    picture.focused = false;
    painter.fillRect(QRect(QPoint(0, 0), size), picture.theme.palette.canvas);
    QStringList lines;
    if (picture.isShown()) {
        const auto side = [](const char* name, const Trace& trace, const HeadAddress& head) {
            return QStringLiteral("%1 · %2 · %3")
                .arg(QString::fromLatin1(name), sideInWords(trace, head),
                     QString::fromStdString(trace.text).simplified());
        };
        lines << side("A", *picture.sides.a, picture.sides.headA)
              << side("B", *picture.sides.b, picture.sides.headB)
              << summaryInWords(picture.sides, picture.comparison);
    }
    painter.setFont(picture.theme.body);
    painter.setPen(picture.theme.palette.text);
    double y = 8;
    for (const QString& line : lines) {
        painter.drawText(
            QRectF(16, y, size.width() - 32, lineHeight),
            Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetrics(picture.theme.body).elidedText(line, Qt::ElideRight, size.width() - 32));
        y += lineHeight;
    }
    const QSizeF rest(size.width(), std::max(1.0, size.height() - y));
    if (picture.isShown())
        picture.layOut(rest);
    painter.save();
    painter.translate(0, y);
    paintComparison(painter, picture, QRectF(QPointF(0, 0), rest));
    painter.restore();
}

} // namespace headlight
