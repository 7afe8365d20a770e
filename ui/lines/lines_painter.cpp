#include "ui/lines/lines_painter.h"

#include "ui/paint/label_thinning.h"
#include "ui/paint/token_labels.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlight {

namespace {
constexpr int restLevels = 8; // grey lines are painted in batches of equal strength
constexpr double weak = 0.2;  // strength
constexpr double thinnest = 1;
constexpr double thickest = 4;

QString translated(const char* text) {
    return QCoreApplication::translate("Lines", text);
}

QColor withAlpha(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(std::clamp(alpha, 0.0, 1.0)));
    return colour;
}

double alphaOf(double strength) {
    return 0.16 + 0.84 * strength;
}

/// Weak lines are one pixel wide, which Qt strokes ten times as fast as anything wider.
double widthOf(double strength, double widest) {
    return thinnest + (widest - thinnest) * std::max(0.0, (strength - weak) / (1 - weak));
}

void paintRest(QPainter& painter, const LinesPicture& picture) {
    std::array<QPainterPath, restLevels> paths;
    for (const Line& line : picture.rest) {
        if (!picture.geometry.isSeen(line.query, line.key))
            continue;
        const int level = std::clamp(static_cast<int>(line.strength * restLevels), 0, restLevels - 1);
        picture.curve(line).addTo(paths[static_cast<size_t>(level)]);
    }
    painter.setBrush(Qt::NoBrush);
    for (int level = 0; level < restLevels; ++level) {
        if (paths[static_cast<size_t>(level)].isEmpty())
            continue;
        const double alpha = 0.06 + 0.5 * (level + 0.5) / restLevels;
        painter.setPen(QPen(withAlpha(picture.theme.palette.mutedText, alpha), 1));
        painter.drawPath(paths[static_cast<size_t>(level)]);
    }
}

void paintStrong(QPainter& painter, const LinesPicture& picture) {
    const bool reads = picture.readRow >= 0 || picture.readColumn >= 0;
    const auto heads = static_cast<double>(picture.heads.size());
    const double widest = std::clamp(picture.geometry.rowHeight / heads, 1.6, reads ? thickest : 2.4);
    painter.setBrush(Qt::NoBrush);
    for (const Line& line : picture.strong) {
        if (!picture.geometry.isSeen(line.query, line.key))
            continue;
        const QColor colour = picture.heads[static_cast<size_t>(line.head)].colour;
        QPainterPath path;
        picture.curve(line).addTo(path);
        painter.setPen(QPen(withAlpha(colour, alphaOf(line.strength) * (reads ? 1 : 0.7)),
                            widthOf(line.strength, widest), Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(path);
    }
}

struct WordLook {
    bool selected = false; ///< framed in the accent
    bool previewed = false;
    bool special = false;
};

void paintWord(QPainter& painter, const LinesPicture& picture, const QRectF& room, const QString& label,
               Qt::Alignment side, const WordLook& look) {
    const Palette& palette = picture.theme.palette;
    const bool dense = room.height() < 17;
    QFont font = dense ? picture.theme.small : picture.theme.body;
    if (look.selected || look.previewed)
        font = bold(font);
    if (look.selected || look.previewed) {
        const double width = QFontMetricsF(font).horizontalAdvance(label);
        const double left = side == Qt::AlignRight ? room.right() - width : room.left();
        const double inset = room.height() > 22 ? 1.5 : 0;
        painter.setPen(look.selected ? QPen(palette.accent, picture.focused ? 2 : 1.4)
                                     : QPen(palette.hairline, 1));
        painter.setBrush(look.selected ? palette.accentSoft : palette.panel);
        painter.drawRoundedRect(QRectF(left - 7, room.top() + inset, width + 14, room.height() - 2 * inset),
                                5, 5);
    }
    painter.setFont(font);
    painter.setPen(look.special && !look.selected ? palette.mutedText : palette.text);
    painter.drawText(room.adjusted(-2, -4, 2, 4), side | Qt::AlignVCenter | Qt::TextSingleLine, label);
}

/// Every word that is seen; in a low figure, as many as can be read.
std::vector<int> wordsToDraw(const LinesGeometry& geometry, int count, double needed, int always) {
    if (geometry.rowHeight < needed)
        return labelsToDraw(count, geometry.rowHeight, needed, always);
    std::vector<int> words;
    for (int row = 0; row < count; ++row)
        if (geometry.isRowSeen(row))
            words.push_back(row);
    return words;
}

void paintWords(QPainter& painter, const LinesPicture& picture) {
    const LinesGeometry& geometry = picture.geometry;
    const int hoverRow = picture.hover.query >= 0 ? placeOf(picture.rows, picture.hover.query) : -1;
    const int hoverColumn = picture.hover.key >= 0 ? placeOf(picture.columns, picture.hover.key) : -1;
    const int row = placeOf(picture.rows, picture.query);
    const int column = placeOf(picture.columns, picture.key);
    const double needed = QFontMetricsF(picture.theme.small).height() - 4;
    for (const int each : wordsToDraw(geometry, geometry.queries, needed, row))
        paintWord(painter, picture, geometry.queryWord(each), picture.rowLabels[static_cast<size_t>(each)],
                  Qt::AlignRight,
                  {each == row, each == hoverRow, picture.rows[static_cast<size_t>(each)].special});
    for (const int each : wordsToDraw(geometry, geometry.keys, needed, column))
        paintWord(painter, picture, geometry.keyWord(each), picture.columnLabels[static_cast<size_t>(each)],
                  Qt::AlignLeft,
                  {each == column, each == hoverColumn, picture.columns[static_cast<size_t>(each)].special});
}

/// Between the two sentences of a pair, at both columns of words.
void paintPairDivider(QPainter& painter, const LinesPicture& picture) {
    if (picture.pairStart <= 0 || !picture.geometry.isRowSeen(picture.pairStart))
        return;
    painter.setPen(QPen(picture.theme.palette.mutedText, 1, Qt::SolidLine, Qt::FlatCap));
    for (const QRectF& word :
         {picture.geometry.queryWord(picture.pairStart), picture.geometry.keyWord(picture.pairStart)}) {
        const double y = std::round(word.top()) + 1.5; // clear of the brackets of the word above
        painter.drawLine(QPointF(word.left() - 6, y), QPointF(word.right() + 6, y));
    }
}

/// One thin bar a head, and in figures the weight of the selected one.
void paintBars(QPainter& painter, const LinesPicture& picture) {
    const LinesGeometry& geometry = picture.geometry;
    const bool atKeys = geometry.barsAtKeys;
    const int rows = atKeys ? geometry.keys : geometry.queries;
    if (picture.readRow < 0 && picture.readColumn < 0)
        return;
    std::vector<const LinesHead*> heads;
    for (const LinesHead& each : picture.heads)
        if (each.there)
            heads.push_back(&each);
    if (heads.empty())
        return;
    const double room = std::max(2.0, geometry.rowHeight - 5);
    const double lane = std::min(8.0, room / static_cast<double>(heads.size()));
    for (int row = 0; row < rows; ++row) {
        if (!geometry.isRowSeen(row))
            continue;
        const QRectF bars = geometry.bars(row);
        double top = bars.center().y() - lane * static_cast<double>(heads.size()) / 2;
        painter.fillRect(QRectF(atKeys ? bars.left() - 1 : bars.right(), bars.top(), 1, bars.height()),
                         picture.theme.palette.hairline);
        float strongest = 0;
        QColor colour;
        for (const LinesHead* each : heads) {
            const float weight = atKeys ? LinesPicture::weightAt(*each, picture.readRow, row)
                                        : LinesPicture::weightAt(*each, row, picture.readColumn);
            const double length = std::clamp(static_cast<double>(weight), 0.0, 1.0) * bars.width();
            painter.fillRect(QRectF(atKeys ? bars.left() : bars.right() - length, top, length,
                                    std::max(1.0, lane - (lane > 2.5 ? 1 : 0))),
                             each->colour);
            top += lane;
            if (weight > strongest) {
                strongest = weight;
                colour = each->colour;
            }
        }
        if (geometry.rowHeight < 14 || strongest < faintestLine)
            continue;
        // One number a word: of the head that looks hardest, in its colour where there are several.
        painter.setFont(picture.theme.small);
        painter.setPen(heads.size() > 1 ? colour : picture.theme.palette.text);
        painter.drawText(geometry.number(row).adjusted(0, -4, 0, 4),
                         (atKeys ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, weightText(strongest));
    }
}

void paintHeadings(QPainter& painter, const LinesPicture& picture) {
    const LinesGeometry& geometry = picture.geometry;
    const bool byKey = picture.axis == ReadAxis::key;
    const auto heading = [&](const QRectF& room, Qt::Alignment side, const QString& text, bool isRead) {
        painter.setFont(isRead ? bold(picture.theme.small) : picture.theme.small);
        painter.setPen(isRead ? picture.theme.palette.text : picture.theme.palette.mutedText);
        painter.drawText(room, side | Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    heading(picture.queryHeading, Qt::AlignRight, queryTitle(), !byKey);
    heading(picture.keyHeading, Qt::AlignLeft, keyTitle(), byKey);
    if (picture.readRow < 0 && picture.readColumn < 0)
        return;
    const QRectF bars = geometry.bars(0).united(geometry.number(0));
    heading(QRectF(bars.left(), picture.keyHeading.top(), bars.width(), picture.keyHeading.height()),
            geometry.barsAtKeys ? Qt::AlignLeft : Qt::AlignRight, translated("weight, 0 to 1"), false);
}

void paintLegend(QPainter& painter, const LinesPicture& picture) {
    const Palette& palette = picture.theme.palette;
    for (size_t i = 0; i < picture.legend.size() && i < picture.heads.size(); ++i) {
        const LinesHead& head = picture.heads[i];
        const LegendPlace& place = picture.legend[i];
        const bool under = picture.hover.head && *picture.hover.head == head.address;
        if (head.selected || under) {
            painter.setPen(head.selected ? QPen(palette.accent, 1) : QPen(Qt::NoPen));
            painter.setBrush(palette.accentSoft);
            painter.drawRoundedRect(place.entry.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QRectF dot(place.entry.left() + 10, place.entry.center().y() - 4.5, 9, 9);
        painter.setPen(head.there ? QPen(Qt::NoPen) : QPen(palette.mutedText, 1.2));
        painter.setBrush(head.there ? QBrush(head.colour) : QBrush(Qt::NoBrush));
        painter.drawEllipse(dot);
        painter.setFont(head.selected ? bold(picture.theme.small) : picture.theme.small);
        painter.setPen(head.there ? palette.text : palette.mutedText);
        const QString text = head.there ? head.label : head.label + QLatin1Char(' ') + head.absence;
        painter.drawText(place.entry.adjusted(26, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        if (place.cross.isEmpty())
            continue;
        const QPointF middle = place.cross.center() - QPointF(1, 0);
        painter.setPen(QPen(palette.mutedText, 1.3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(middle + QPointF(-3, -3), middle + QPointF(3, 3));
        painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3));
    }
}

/// A few strokes as the lines are drawn, from 0.01 to 1, and what is left out.
void paintNotes(QPainter& painter, const LinesPicture& picture) {
    const Palette& palette = picture.theme.palette;
    const QFontMetricsF metrics(picture.theme.small);
    const double height = picture.notes.height() / 2;
    double left = picture.notes.left();
    const double middle = picture.notes.top() + height / 2;
    painter.setFont(picture.theme.small);
    const auto write = [&](const QString& text) {
        painter.setPen(palette.mutedText);
        painter.drawText(QRectF(left, middle - height / 2, picture.notes.right() - left, height),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, picture.notes.right() - left));
        left += metrics.horizontalAdvance(text);
    };
    write(translated("weight"));
    left += 10;
    const QColor colour = picture.shownHead() ? picture.shownHead()->colour : palette.accent;
    for (const float sample : {0.1F, 0.3F, 1.0F}) {
        // A row of its own: the rank of a sample among samples would say nothing.
        const double strength = lineStrength(
            sample, picture.choices.scale == WeightScale::rank ? WeightScale::linear : picture.choices.scale,
            {});
        painter.setPen(QPen(withAlpha(colour, alphaOf(strength)), widthOf(strength, thickest), Qt::SolidLine,
                            Qt::RoundCap));
        painter.drawLine(QPointF(left, middle), QPointF(left + 22, middle));
        left += 29;
        if (picture.choices.scale != WeightScale::rank)
            write(QString::number(static_cast<double>(sample)));
        left += 12;
    }
    write(lineScaleName(picture.choices.scale) + QStringLiteral("  ·  ") + picture.faintNote());
    QStringList others{picture.hiddenNote(), picture.greyNote()};
    others.removeAll(QString());
    const QString hidden = others.join(QStringLiteral("  ·  "));
    painter.drawText(
        QRectF(picture.notes.left(), picture.notes.top() + height, picture.notes.width(), height),
        Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(hidden, Qt::ElideRight, picture.notes.width()));
}
} // namespace

void paintLines(QPainter& painter, const LinesPicture& picture) {
    if (!picture.trace || picture.heads.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    paintLegend(painter, picture);
    paintNotes(painter, picture);
    if (picture.rows.empty())
        return;
    paintHeadings(painter, picture);
    painter.save();
    painter.setClipRect(picture.geometry.area.adjusted(-20, -2, 20, 2));
    paintRest(painter, picture);
    paintStrong(painter, picture);
    paintPairDivider(painter, picture);
    paintWords(painter, picture);
    paintBars(painter, picture);
    painter.restore();
}

LinesCard linesCard(const LinesPicture& picture, int row, int column) {
    LinesCard card;
    if (row < 0 || column < 0 || row >= static_cast<int>(picture.rows.size()) ||
        column >= static_cast<int>(picture.columns.size()))
        return card;
    const ShownToken& query = picture.rows[static_cast<size_t>(row)];
    const ShownToken& key = picture.columns[static_cast<size_t>(column)];
    card.pair =
        QStringLiteral("%1 → %2").arg(shownLabel(*picture.trace, query), shownLabel(*picture.trace, key));
    const auto add = [&](const LinesHead& head) {
        card.weights.push_back(
            {head.label, exactWeightText(LinesPicture::weightAt(head, row, column)), head.colour});
    };
    if (const LinesHead* shown = picture.shownHead())
        add(*shown);
    for (const LinesHead& each : picture.heads)
        if (each.there && !each.shown)
            add(each);
    if (query.first != query.last && key.first != key.last)
        card.remark = translated("summed over the key's pieces, averaged over the query's");
    else if (key.first != key.last)
        card.remark = translated("summed over the key's pieces");
    else if (query.first != query.last)
        card.remark = translated("averaged over the query's pieces");
    return card;
}

void paintLinesCard(QPainter& painter, const LinesPicture& picture, QSizeF size) {
    if (!picture.trace || picture.hover.key < 0)
        return;
    const int row = placeOf(picture.rows, picture.axis == ReadAxis::query ? picture.query
                                          : picture.hover.query >= 0      ? picture.hover.query
                                                                          : -1);
    const int column = placeOf(picture.columns, picture.hover.key);
    const LinesCard card = linesCard(picture, row, column);
    if (card.pair.isEmpty() || card.weights.empty())
        return;
    constexpr double lineHeight = 19;
    const QFontMetricsF title(picture.theme.heading);
    const QFontMetricsF small(picture.theme.small);
    const QString pair = title.elidedText(card.pair, Qt::ElideMiddle, 240);
    double width = std::max(title.horizontalAdvance(pair), small.horizontalAdvance(card.remark));
    double labels = 0;
    for (const LinesCard::Weight& each : card.weights)
        labels = std::max(labels, small.horizontalAdvance(each.head));
    for (const LinesCard::Weight& each : card.weights)
        width = std::max(width, 16 + labels + 14 + small.horizontalAdvance(each.weight));
    const double lines = static_cast<double>(card.weights.size()) + (card.remark.isEmpty() ? 0 : 1);
    QRectF box(0, 0, width + 28, 34 + lines * lineHeight + 6);
    // Beside the words of the other side, over the bars of the next rows: the lines stay free.
    const LinesGeometry& geometry = picture.geometry;
    const int place = geometry.barsAtKeys ? column : row;
    if (geometry.barsAtKeys)
        box.moveRight(std::min(size.width() - 6,
                               std::max(geometry.number(0).right(), geometry.bars(0).left() + box.width())));
    else
        box.moveLeft(std::max(6.0, geometry.number(0).left()));
    box.moveTop(geometry.bars(place).bottom() + 6);
    if (box.bottom() > size.height() - 6)
        box.moveBottom(geometry.bars(place).top() - 6);
    box.moveTop(std::max(6.0, box.top()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(picture.theme.palette.hairline, 1.5));
    painter.setBrush(picture.theme.palette.panel);
    painter.drawRoundedRect(box, 7, 7);
    painter.setFont(picture.theme.heading);
    painter.setPen(picture.theme.palette.text);
    painter.drawText(box.topLeft() + QPointF(14, 22), pair);
    painter.setFont(picture.theme.small);
    double top = box.top() + 32;
    for (const LinesCard::Weight& each : card.weights) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(each.colour);
        painter.drawEllipse(QRectF(box.left() + 14, top + lineHeight / 2 - 4, 8, 8));
        painter.setPen(picture.theme.palette.mutedText);
        painter.drawText(QRectF(box.left() + 30, top, labels + 4, lineHeight), Qt::AlignVCenter, each.head);
        painter.setPen(picture.theme.palette.text);
        painter.drawText(QRectF(box.left() + 30 + labels + 14, top, width, lineHeight), Qt::AlignVCenter,
                         each.weight);
        top += lineHeight;
    }
    painter.setPen(picture.theme.palette.mutedText);
    if (!card.remark.isEmpty())
        painter.drawText(QRectF(box.left() + 14, top, width + 8, lineHeight), Qt::AlignVCenter, card.remark);
}

} // namespace headlight
