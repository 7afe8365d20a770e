#include "ui/allheads/similarity_picture.h"

#include "ui/paint/token_labels.h"
#include "ui/paint/weight_image.h"
#include "ui/theme/pinned_colours.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlight {

namespace {
constexpr double margin = 12;
constexpr int mostRectangles = 64; ///< heads whose cells a vector file gets as such
constexpr double lineHeight = 18;
constexpr double strip = 10;        ///< of the colour scale
constexpr double markRoom = 10;     ///< for the dots of pinned heads, left of the names
constexpr double smallestName = 11; ///< rows lower than this are not all named

QString say(const char* text) {
    return QCoreApplication::translate("Similarity", text);
}

QString heading() {
    return say("Heads against heads");
}

QString explanation(const SimilarityPicture& picture) {
    const QString over =
        picture.alike && !picture.alike->over.isEmpty() ? picture.alike->over : say("this sentence");
    return say("%1; divergence in bits, 0 = the same pattern").arg(over);
}

QString bits(float divergence) {
    return say("%1 bits").arg(static_cast<double>(divergence), 0, 'f', 3);
}

double widestName(const SimilarityPicture& picture) {
    const QFontMetricsF metrics(picture.theme.small);
    double width = 0;
    for (const HeadAddress& head : picture.alike->similarity.heads)
        width = std::max(width, metrics.horizontalAdvance(headLabel(head)));
    return width;
}

double heightOfExplanation(const SimilarityPicture& picture, double width) {
    return QFontMetricsF(picture.theme.small)
        .boundingRect(QRectF(0, 0, width, 100), Qt::TextWordWrap, explanation(picture))
        .height();
}

void paintText(QPainter& painter, const SimilarityPicture& picture) {
    const Theme& theme = picture.theme;
    QRectF line = picture.text;
    line.setHeight(lineHeight);
    const auto write = [&](const QFont& font, const QColor& colour, const QString& text) {
        painter.setFont(font);
        painter.setPen(colour);
        const double height = QFontMetricsF(font).boundingRect(line, Qt::TextWordWrap, text).height();
        line.setHeight(std::max(lineHeight, height));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text);
        line.moveTop(line.bottom());
    };
    write(bold(theme.small), theme.palette.text, heading());
    write(theme.small, theme.palette.mutedText, explanation(picture));
    write(theme.small, theme.palette.text, picture.reading());
}

void paintNames(QPainter& painter, const SimilarityPicture& picture) {
    const double height = picture.matrix.height() / picture.count();
    const int step = std::max(1, static_cast<int>(std::ceil(smallestName / height)));
    const int selected = picture.placeOf(picture.selected);
    painter.setFont(picture.theme.small);
    for (int place = 0; place < picture.count(); ++place) {
        const HeadAddress head = *picture.head(place);
        const QRectF row = picture.cell({place, 0});
        const bool isNear = selected >= 0 && place != selected && std::abs(place - selected) < step;
        if (place == selected || (place % step == 0 && !isNear)) {
            painter.setPen(place == selected ? picture.theme.palette.text : picture.theme.palette.mutedText);
            painter.drawText(QRectF(picture.names.left() + markRoom, row.center().y() - lineHeight / 2,
                                    picture.names.width() - markRoom - 5, lineHeight),
                             Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, headLabel(head));
        }
        for (const PinnedHead& each : picture.pinned)
            if (each.head == head) {
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(Qt::NoPen);
                painter.setBrush(pinnedColour(each.colour, picture.theme));
                painter.drawEllipse(QPointF(picture.names.left() + 4, row.center().y()), 3.5, 3.5);
                painter.setRenderHint(QPainter::Antialiasing, false);
            }
    }
}

/// Each join as far from the matrix as its two sides differ.
void paintTree(QPainter& painter, const SimilarityPicture& picture) {
    const ClusterTree& tree = picture.alike->tree;
    if (tree.merges.empty())
        return;
    const double highest = std::max(tree.merges.back().height, 1e-9);
    std::vector<QPointF> joints(static_cast<size_t>(picture.count()));
    for (int place = 0; place < picture.count(); ++place)
        joints[static_cast<size_t>(tree.order[static_cast<size_t>(place)])] = {
            picture.tree.left(), picture.cell({place, 0}).center().y()};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(picture.theme.palette.mutedText, 1));
    for (const ClusterMerge& merge : tree.merges) {
        const QPointF one = joints[static_cast<size_t>(merge.first)];
        const QPointF other = joints[static_cast<size_t>(merge.second)];
        const double x = picture.tree.left() + merge.height / highest * picture.tree.width();
        painter.drawLine(one, {x, one.y()});
        painter.drawLine(other, {x, other.y()});
        painter.drawLine(QPointF(x, one.y()), QPointF(x, other.y()));
        joints.emplace_back(x, (one.y() + other.y()) / 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintScale(QPainter& painter, const SimilarityPicture& picture) {
    const bool upright = picture.scaleIsUpright;
    const QRectF& scale = picture.scale;
    const int size = ColourScale::size;
    QImage colours(upright ? 1 : size, upright ? size : 1, QImage::Format_RGB32);
    for (int i = 0; i < size; ++i) {
        const QRgb colour =
            picture.theme.weights.colour(static_cast<float>(i) / static_cast<float>(size - 1));
        colours.setPixel(upright ? 0 : i, upright ? size - 1 - i : 0, colour);
    }
    painter.drawImage(scale, colours);
    painter.setPen(picture.theme.palette.hairline);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(scale);
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    const std::array<double, 3> ticks{0, 0.5, 1};
    for (const double tick : ticks) {
        const QString label = tick == ticks.back() ? say("%1 bit").arg(tick) : QString::number(tick);
        if (upright)
            painter.drawText(QRectF(scale.right() + 5,
                                    scale.bottom() - tick * scale.height() - lineHeight / 2, 40, lineHeight),
                             Qt::AlignLeft | Qt::AlignVCenter, label);
        else
            painter.drawText(
                QRectF(scale.left() + tick * scale.width() - 20, scale.bottom() + 2, 40, lineHeight),
                Qt::AlignHCenter | Qt::AlignTop, label);
    }
}

void paintMarks(QPainter& painter, const SimilarityPicture& picture) {
    painter.setBrush(Qt::NoBrush);
    const int count = picture.count();
    if (const int place = picture.placeOf(picture.selected); place >= 0) {
        painter.setPen(QPen(picture.theme.palette.accent, picture.focused ? 3 : 2));
        const QRectF row = picture.cell({place, 0}).united(picture.cell({place, count - 1}));
        const QRectF column = picture.cell({0, place}).united(picture.cell({count - 1, place}));
        painter.drawRect(row.adjusted(-1, -1, 1, 1));
        painter.drawRect(column.adjusted(-1, -1, 1, 1));
    }
    if (picture.hovered) {
        painter.setPen(QPen(picture.theme.palette.text, 1));
        painter.drawRect(picture.cell(*picture.hovered));
    }
}
} // namespace

int SimilarityPicture::count() const {
    return alike ? static_cast<int>(alike->tree.order.size()) : 0;
}

std::optional<HeadAddress> SimilarityPicture::head(int place) const {
    if (place < 0 || place >= count())
        return std::nullopt;
    return alike->similarity.heads[static_cast<size_t>(alike->tree.order[static_cast<size_t>(place)])];
}

int SimilarityPicture::placeOf(const HeadAddress& head) const {
    for (int place = 0; place < count(); ++place)
        if (this->head(place) == head)
            return place;
    return -1;
}

float SimilarityPicture::divergence(const SimilarityCell& places) const {
    const std::vector<int>& order = alike->tree.order;
    return alike->similarity.divergence.at(order[static_cast<size_t>(places.row)],
                                           order[static_cast<size_t>(places.column)]);
}

void SimilarityPicture::read() {
    m_image = {};
    if (count() == 0)
        return;
    Tensor<float> ordered({count(), count()});
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column)
            ordered.at(row, column) = divergence({row, column});
    m_image = weightImage(ordered, theme.weights, WeightScale::linear);
    if (hovered && (hovered->row >= count() || hovered->column >= count()))
        hovered.reset();
}

void SimilarityPicture::layOut(QSizeF size) {
    constexpr double besideFrom = 1.7; // times as wide as high
    constexpr double widestBeside = 186;
    const bool beside = size.width() > besideFrom * size.height();
    text = QRectF(margin, margin - 4, beside ? widestBeside : size.width() - 2 * margin, 0);
    const double below = strip + 2 + lineHeight; // the scale with its numbers
    if (beside)
        text.setBottom(std::max(text.top(), size.height() - below - 12));
    else
        text.setHeight(2 * lineHeight + std::max(lineHeight, heightOfExplanation(*this, text.width())) + 4);
    matrix = {};
    if (count() == 0)
        return;
    const double left = beside ? text.right() + margin : margin;
    const double top = beside ? margin : text.bottom() + 4;
    const double nameRoom = markRoom + widestName(*this) + 5;
    scaleIsUpright = !beside && size.width() > size.height();
    const double atRight = scaleIsUpright ? 18 + strip + 44 : 0;
    const double under = beside ? 0 : scaleIsUpright ? 6 : 8 + below;
    constexpr double treeShare = 0.22; // of the matrix
    const double wide = (size.width() - left - margin - nameRoom - atRight - 6) / (1 + treeShare);
    double side = std::max(0.0, std::min(wide, size.height() - top - under - 4));
    // Whole pixels for each cell, as long as that costs little.
    if (const double cell = std::floor(side / count()); cell >= 4)
        side = cell * count();
    matrix = QRectF(left + nameRoom, top, side, side);
    names = QRectF(left, top, nameRoom, side);
    tree = QRectF(matrix.right() + 4, top, side * treeShare, side);
    scale = beside           ? QRectF(text.left(), text.bottom() + 8, widestBeside - 34, strip)
            : scaleIsUpright ? QRectF(tree.right() + 18, top + 8, strip, std::max(0.0, side - 16))
                             : QRectF(matrix.left(), matrix.bottom() + 8, side, strip);
}

QRectF SimilarityPicture::cell(const SimilarityCell& places) const {
    const double side = matrix.width() / std::max(1, count());
    return {matrix.left() + places.column * side, matrix.top() + places.row * side, side, side};
}

std::optional<SimilarityCell> SimilarityPicture::at(QPointF point) const {
    // Names and the tree belong to their row: there a head is against itself.
    const QRectF rows(names.left(), matrix.top(), tree.right() - names.left(), matrix.height());
    if (matrix.isEmpty() || !rows.contains(point))
        return std::nullopt;
    const double side = matrix.width() / count();
    const auto place = [&](double along) {
        return std::clamp(static_cast<int>(std::floor(along / side)), 0, count() - 1);
    };
    const int row = place(point.y() - matrix.top());
    return SimilarityCell{row, matrix.contains(point) ? place(point.x() - matrix.left()) : row};
}

QString SimilarityPicture::reading() const {
    if (!alike)
        return {};
    if (!alike->problem.isEmpty())
        return alike->problem;
    if (busy)
        return say("computing…");
    if (hovered && hovered->row != hovered->column)
        return say("%1 and %2: %3")
            .arg(headLabel(*head(hovered->row)), headLabel(*head(hovered->column)),
                 bits(divergence(*hovered)));
    const std::optional<HeadAddress> from = hovered ? head(hovered->row) : std::optional(selected);
    const std::optional<HeadAddress> like = alike->similarity.mostSimilar(*from);
    if (!like)
        return {};
    return say("most like %1: %2, %3")
        .arg(headLabel(*from), headLabel(*like), bits(divergence({placeOf(*from), placeOf(*like)})));
}

void paintSimilarity(QPainter& painter, const SimilarityPicture& picture) {
    paintText(painter, picture);
    if (picture.matrix.isEmpty())
        return;
    if (picture.count() <= mostRectangles) {
        for (int row = 0; row < picture.count(); ++row)
            for (int column = 0; column < picture.count(); ++column)
                painter.fillRect(picture.cell({row, column}), QColor(picture.m_image.pixel(column, row)));
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(picture.matrix, picture.m_image);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(picture.theme.palette.hairline);
    painter.drawRect(picture.matrix);
    paintNames(painter, picture);
    paintTree(painter, picture);
    paintScale(painter, picture);
    paintMarks(painter, picture);
}

} // namespace headlight
