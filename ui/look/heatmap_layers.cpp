#include "ui/look/heatmap_layers.h"

#include "ui/look/edit_marks.h"
#include "ui/look/map_painting.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlight {

namespace {
QString translated(const char* text) {
    return QCoreApplication::translate("Heatmap", text);
}

void paintLabel(QCPPainter& painter, const HeatmapPicture& picture, const MapLabel& label,
                const QStaticText& shaped, QPointF topLeft, bool isSelected) {
    // A vector file gets its words as text.
    paintMapLabel(painter, picture.theme, label, shaped, topLeft, isSelected,
                  painter.modes().testFlag(QCPPainter::pmVectorized));
}

void paintRowLabels(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    const int row = picture.rowOf(picture.query);
    const double height = QFontMetricsF(picture.theme.body).height();
    for (const int place : picture.drawnRowLabels()) {
        const MapLabel& label = picture.labels[static_cast<size_t>(place)];
        const double middle = map.row(place).center().y();
        const QStaticText& shaped = place == row ? label.rowBold : label.row;
        const double width = place == row ? label.width : label.plainWidth;
        paintLabel(painter, picture, label, shaped,
                   {map.rect.left() - rowLabelGap - width, middle - height / 2}, place == row);
    }
}

void paintColumnLabels(QCPPainter& painter, const HeatmapPicture& picture) {
    const int column = picture.columnOf(picture.markedKey());
    const double ascent = QFontMetricsF(picture.theme.body).ascent();
    for (const int place : picture.drawnColumnLabels()) {
        const MapLabel& label = picture.labels[static_cast<size_t>(place)];
        painter.save();
        painter.translate(picture.columnLabelFoot(place));
        painter.rotate(-picture.slant);
        paintLabel(painter, picture, label, place == column ? label.columnBold : label.column, {0, -ascent},
                   place == column);
        if (std::find(picture.marks.hidden.begin(), picture.marks.hidden.end(), place) !=
            picture.marks.hidden.end()) {
            painter.setPen(QPen(picture.theme.palette.text, 1.2));
            painter.drawLine(QPointF(0, -ascent * 0.36), QPointF(label.plainWidth, -ascent * 0.36));
        }
        painter.restore();
    }
}

void paintTitles(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    // A short map is narrower than its title: the title is centred below it, but never leaves the picture at
    // the left.
    const double titleWidth = std::max(map.rect.width(), 220.0);
    painter.drawText(QRectF(std::max(10.0, map.rect.center().x() - titleWidth / 2), map.rect.bottom() + 14,
                            titleWidth, 20),
                     Qt::AlignCenter,
                     picture.content.numbers ? picture.content.numbers->keyTitle
                                             : translated("key: the token looked at"));
    painter.save();
    painter.translate(22, map.rect.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-150, -10, 300, 20), Qt::AlignCenter,
                     picture.content.numbers ? picture.content.numbers->queryTitle
                                             : translated("query: the token that looks"));
    painter.restore();
}

/// What is not the whole, plainly shown map is said.
void paintNotes(QCPPainter& painter, const HeatmapPicture& picture, const QRectF& viewport) {
    const MapGeometry& map = picture.map;
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.text);
    const auto line = [&](double left, double top, const QString& text) {
        painter.drawText(QRectF(left, top, viewport.right() - left, 18),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    if (const QString note = picture.hiddenNote(); !note.isEmpty()) {
        const double width = QFontMetricsF(picture.theme.small).horizontalAdvance(note);
        line(
            std::clamp(map.rect.center().x() - width / 2, 10.0, std::max(10.0, viewport.right() - width - 6)),
            map.rect.bottom() + 36, note);
    }
    if (map.zoom) {
        line(map.rect.right() + 8, map.rect.bottom() + 4, picture.zoomNote());
        painter.setPen(picture.theme.palette.mutedText);
        if (!picture.forFigure)
            line(map.rect.right() + 8, map.rect.bottom() + 20, translated("0: show all"));
    }
}

/// All of a zoomed map, small, with a frame around what is seen.
void paintOverview(QCPPainter& painter, const HeatmapPicture& picture) {
    const QRectF& rect = picture.overviewRect;
    if (rect.isEmpty() || picture.overview.isNull())
        return;
    painter.setAntialiasing(false);
    painter.drawImage(rect, picture.overview);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(picture.theme.palette.hairline, 1));
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
    // A frame that can be seen however little of the map is in it.
    QRectF part = picture.overviewPart();
    constexpr double least = 5;
    const double wider = std::max(0.0, least - part.width()) / 2;
    const double higher = std::max(0.0, least - part.height()) / 2;
    part.adjust(-wider, -higher, wider, higher);
    painter.setPen(QPen(picture.theme.palette.canvas, 3.5));
    painter.drawRect(part);
    painter.setPen(QPen(picture.theme.palette.accent, 1.5));
    painter.drawRect(part);
    painter.setAntialiasing(true);
}

/// Rows whose numbers are still to be computed.
void paintUnknownRows(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    const CellRange seen = map.seen();
    for (int row = seen.firstRow; row < seen.firstRow + seen.rows; ++row) {
        if (picture.isKnown(row))
            continue;
        const QRectF room = map.row(row) & map.rect;
        painter.fillRect(room, picture.theme.palette.canvas);
        hatchMap(painter, room.adjusted(0, 0, 0, -1), picture.theme.palette.hairline);
    }
}

/// Between the two sentences of a pair; it reaches out to their words.
void paintPairDivider(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    if (picture.pairStart <= 0)
        return;
    constexpr double reach = 12;
    const auto line = [&](QPointF from, QPointF to) {
        // Dark and light cells alike stand beside it.
        painter.setPen(QPen(picture.theme.palette.canvas, 3, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(from, to);
        painter.setPen(QPen(picture.theme.palette.mutedText, 1, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(from, to);
    };
    const double x = map.column(picture.pairStart).left() - 1; // in the gap before the cell
    const double y = map.row(picture.pairStart).top() - 1;
    if (x > map.rect.left() && x < map.rect.right())
        line({x, map.rect.top() - reach}, {x, map.rect.bottom()});
    if (y > map.rect.top() && y < map.rect.bottom())
        line({map.rect.left() - reach, y}, {map.rect.right(), y});
}

void paintFrame(QCPPainter& painter, const HeatmapPicture& picture, const QRectF& rect, const QColor& colour,
                double width) {
    paintMapFrame(painter, picture.map, rect, colour, width, picture.theme.palette.canvas);
}

void paintMarks(QCPPainter& painter, const HeatmapPicture& picture) {
    const MapGeometry& map = picture.map;
    const QColor accent = picture.theme.palette.accent;
    const bool byColumn = picture.axis == ReadAxis::key;
    const MapCell selected{picture.rowOf(picture.query), picture.columnOf(picture.key)};
    const int column = picture.columnOf(picture.column);
    const double width = picture.focused ? 2 : 1.4;
    if (byColumn && column >= 0)
        paintFrame(painter, picture, map.column(column), accent, width);
    else if (!byColumn && selected.query >= 0)
        paintFrame(painter, picture, map.row(selected.query), accent, width);
    if (map.has(selected))
        paintFrame(painter, picture, map.cell(selected.query, selected.key), accent, 3);
}

/// The words of the cell under the pointer, bold; words that stand in their way are covered whole.
void paintHoverLabels(QCPPainter& painter, const HeatmapPicture& picture, MapCell hovered) {
    const MapGeometry& map = picture.map;
    const QFontMetricsF metrics(picture.theme.body);
    const auto seen = [](double middle, double first, double last) {
        return middle >= first && middle <= last;
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(picture.theme.palette.canvas);
    if (hovered.query >= 0 && hovered.query != picture.rowOf(picture.query) &&
        seen(map.row(hovered.query).center().y(), map.rect.top(), map.rect.bottom())) {
        const QRectF room = picture.rowLabelRect(hovered.query);
        for (const int place : picture.drawnRowLabels())
            if (picture.rowLabelRect(place).intersects(room))
                painter.drawRect(picture.rowLabelRect(place));
        const MapLabel& label = picture.labels[static_cast<size_t>(hovered.query)];
        paintLabel(painter, picture, label, label.rowBold,
                   {room.left(), room.center().y() - metrics.height() / 2}, true);
    }
    if (hovered.key >= 0 && hovered.key != picture.columnOf(picture.markedKey()) &&
        seen(map.column(hovered.key).center().x(), map.rect.left(), map.rect.right())) {
        const QPolygonF room = picture.columnLabelShape(hovered.key);
        painter.setPen(Qt::NoPen);
        for (const int place : picture.drawnColumnLabels())
            if (picture.columnLabelShape(place).intersects(room))
                painter.drawPolygon(picture.columnLabelShape(place));
        const MapLabel& label = picture.labels[static_cast<size_t>(hovered.key)];
        painter.save();
        painter.translate(picture.columnLabelFoot(hovered.key));
        painter.rotate(-picture.slant);
        paintLabel(painter, picture, label, label.columnBold, {0, -metrics.ascent()}, true);
        painter.restore();
    }
}
} // namespace

QCPRange HeatmapCells::getKeyRange(bool& found, QCP::SignDomain) const {
    found = m_picture.map.columns > 0;
    return {0, static_cast<double>(m_picture.map.columns)};
}

QCPRange HeatmapCells::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    found = m_picture.map.rows > 0;
    return {0, static_cast<double>(m_picture.map.rows)};
}

void HeatmapCells::draw(QCPPainter* painter) {
    painter->save();
    painter->setAntialiasing(false);
    paintMapCells(*painter, m_picture.map, m_picture.cells, m_picture.theme.palette.canvas,
                  painter->modes().testFlag(QCPPainter::pmVectorized));
    painter->restore();
}

void HeatmapLayerable::draw(QCPPainter* painter) {
    if (m_picture.trace)
        m_paint(*painter, m_picture, QRectF(mParentPlot->viewport()));
}

void paintLabelsAndMarks(QCPPainter& painter, const HeatmapPicture& picture, QRectF viewport) {
    painter.setAntialiasing(true);
    if (picture.map.rows <= 0) {
        painter.setFont(picture.theme.body);
        painter.setPen(picture.theme.palette.mutedText);
        if (!picture.content.message.isEmpty())
            painter.drawText(viewport.adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap,
                             picture.content.message);
        else if (picture.site())
            painter.drawText(viewport, Qt::AlignCenter, translated("Every token of this text is hidden."));
        return;
    }
    paintUnknownRows(painter, picture);
    paintRowLabels(painter, picture);
    paintColumnLabels(painter, picture);
    paintTitles(painter, picture);
    paintScaleBar(painter, picture.theme, picture.scaleBar, picture.scale, picture.ticks,
                  picture.content.numbers ? picture.content.numbers->name : QString());
    paintNotes(painter, picture, viewport);
    paintOverview(painter, picture);
    paintPairDivider(painter, picture);
    paintMarks(painter, picture);
    paintEditMarks(painter, picture);
}

namespace {
void paintHoverCard(QCPPainter& painter, const HeatmapPicture& picture, MapCell cell,
                    const QRectF& viewport) {
    const MapGeometry& map = picture.map;
    const CellCard card = picture.card(cell);
    if (card.pair.isEmpty())
        return;
    const QFont titleFont = picture.theme.heading;
    const QFontMetricsF titleMetrics(titleFont);
    const QString pair = titleMetrics.elidedText(card.pair, Qt::ElideMiddle, 280);
    const double pairWidth = titleMetrics.horizontalAdvance(pair);
    const double titleWidth = pairWidth + 14 + titleMetrics.horizontalAdvance(card.weight);
    const double detailWidth = QFontMetricsF(picture.theme.small).horizontalAdvance(card.detail);
    const QSizeF size(std::max(titleWidth, detailWidth) + 28, 54);
    const QRectF target = map.cell(cell.query, cell.key) & map.rect;
    if (target.isEmpty())
        return;
    QRectF box(QPointF(target.left() + 12, target.top() - size.height() - 8), size);
    if (box.top() < viewport.top() + 4)
        box.moveTop(target.bottom() + 8);
    if (box.right() > viewport.right() - 4)
        box.moveRight(viewport.right() - 4);
    painter.setAntialiasing(true);
    painter.setPen(QPen(picture.theme.palette.hairline, 1.5));
    painter.setBrush(picture.theme.palette.panel);
    painter.drawRoundedRect(box, 7, 7);
    painter.setFont(titleFont);
    painter.setPen(picture.theme.palette.text);
    painter.drawText(box.topLeft() + QPointF(14, 22), pair);
    painter.drawText(box.topLeft() + QPointF(14 + pairWidth + 14, 22), card.weight);
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    painter.drawText(box.topLeft() + QPointF(14, 42), card.detail);
}

} // namespace

void paintHover(QCPPainter& painter, const HeatmapPicture& picture, QRectF viewport) {
    const MapCell hovered{picture.rowOf(picture.hover.query), picture.columnOf(picture.hover.key)};
    const MapGeometry& map = picture.map;
    if (map.rows <= 0 || (hovered.query < 0 && hovered.key < 0))
        return;
    const QColor quiet = picture.theme.palette.mutedText;
    painter.setAntialiasing(true);
    paintHoverLabels(painter, picture, hovered);
    const bool byColumn = picture.axis == ReadAxis::key;
    if (byColumn && hovered.key >= 0 && hovered.key != picture.columnOf(picture.column))
        paintFrame(painter, picture, map.column(hovered.key), quiet, 1);
    else if (!byColumn && hovered.query >= 0 && hovered.query != picture.rowOf(picture.query))
        paintFrame(painter, picture, map.row(hovered.query), quiet, 1);
    if (map.has(hovered))
        paintFrame(painter, picture, map.cell(hovered.query, hovered.key), quiet, 1.5);
    paintHoverCard(painter, picture, hovered, viewport);
}

} // namespace headlight
