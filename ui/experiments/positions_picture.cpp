#include "ui/experiments/positions_picture.h"

#include "ui/theme/signed_scale.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlight {

namespace {
constexpr double left = 44;
constexpr double top = 36;
constexpr double strip = 12;
constexpr double stripRoom = 74; ///< with its numbers
constexpr double lineHeight = 16;
constexpr int halfColours = 255;

QString say(const char* text) {
    return QCoreApplication::translate("Positions", text);
}

QString figures(double number, int count) {
    QString text = number == 0 ? QStringLiteral("0") : QString::number(number, 'g', count);
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

/// Ticks at round numbers, at most so many.
int tickStep(int count, int most) {
    for (int step = 1;; step *= 2) {
        if (step >= 8 && step < 16)
            step = 10;
        if (count / step <= std::max(most, 1))
            return step;
    }
}

/// The first and behind the last number that a pixel stands for.
std::pair<int, int> coveredBy(int pixel, int pixels, int numbers) {
    const auto from = static_cast<int>(int64_t{pixel} * numbers / pixels);
    const auto to = static_cast<int>((int64_t{pixel + 1} * numbers + pixels - 1) / pixels);
    return pixels >= numbers ? std::pair(from, from + 1) : std::pair(from, std::max(to, from + 1));
}

void paintTicks(QPainter& painter, const PositionsPicture& picture) {
    const QFontMetricsF metrics(picture.theme.small);
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    const QRectF& map = picture.map;
    const int rowStep = tickStep(picture.rows(), static_cast<int>(map.height() / 40));
    for (int row = 0; row < picture.rows(); row += rowStep)
        painter.drawText(QRectF(0, picture.rowRect(row).center().y() - lineHeight / 2, left - 5, lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(row));
    const int columnStep = tickStep(picture.columns(), static_cast<int>(map.width() / 52));
    for (int column = 0; column < picture.columns(); column += columnStep)
        painter.drawText(
            QRectF(picture.columnRect(column).center().x() - 24, top - lineHeight - 2, 48, lineHeight),
            Qt::AlignCenter, QString::number(column));
    const QString across = picture.showsProducts() ? say("key position →") : say("component →");
    const QString down = picture.showsProducts() ? say("query position ↓") : say("position ↓");
    painter.drawText(QRectF(0, 0, map.right(), lineHeight), Qt::AlignLeft | Qt::AlignTop, down);
    painter.drawText(QRectF(map.left(), 0, map.width(), lineHeight), Qt::AlignRight | Qt::AlignTop, across);
}

void paintScale(QPainter& painter, const PositionsPicture& picture) {
    const QRectF& scale = picture.scale;
    QImage colours(1, 2 * halfColours + 1, QImage::Format_RGB32);
    for (int i = 0; i <= 2 * halfColours; ++i)
        colours.setPixel(0, i,
                         signedColour(static_cast<float>(halfColours - i) / halfColours, 1, picture.theme));
    painter.drawImage(scale, colours);
    painter.setPen(picture.theme.palette.hairline);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(scale);
    painter.setFont(picture.theme.small);
    painter.setPen(picture.theme.palette.mutedText);
    const auto limit = static_cast<double>(picture.limit());
    const std::array<double, 5> ticks{1, 0.5, 0, -0.5, -1};
    for (const double tick : ticks) {
        if (std::abs(tick) == 0.5 && scale.height() < 120)
            continue;
        const double y = scale.center().y() - tick * scale.height() / 2;
        painter.drawText(QRectF(scale.right() + 5, y - lineHeight / 2, stripRoom, lineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, figures(tick * limit, 3));
    }
}

void frame(QPainter& painter, const QRectF& rect, const QColor& colour, Qt::PenStyle style) {
    painter.setPen(QPen(colour, 1, style));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
}
} // namespace

QString fourFigures(double number) {
    return figures(number, 4);
}

const Tensor<float>* PositionsPicture::matrix() const {
    if (!terms)
        return nullptr;
    const Tensor<float>* wanted = view == PositionsView::terms ? &terms->terms
                                  : view == PositionsView::dot ? &terms->dot
                                                               : &terms->cosine;
    return wanted->empty() ? &terms->dot : wanted;
}

bool PositionsPicture::showsProducts() const {
    return terms && matrix() != &terms->terms;
}

int PositionsPicture::rows() const {
    return matrix() ? static_cast<int>(matrix()->dimension(0)) : 0;
}

int PositionsPicture::columns() const {
    return matrix() ? static_cast<int>(matrix()->dimension(1)) : 0;
}

float PositionsPicture::value(const PositionsCell& cell) const {
    return matrix()->at(cell.row, cell.column);
}

QString PositionsPicture::reading(const PositionsCell& cell) const {
    if (!matrix() || cell.row < 0 || cell.row >= rows() || cell.column < 0 || cell.column >= columns())
        return {};
    const QString number = fourFigures(static_cast<double>(value(cell)));
    if (!showsProducts())
        return say("position %1, component %2: %3").arg(cell.row).arg(cell.column).arg(number);
    const QString places =
        say("positions %1 and %2 (distance %3): ").arg(cell.row).arg(cell.column).arg(cell.column - cell.row);
    if (terms->terms.empty())
        return places + say("term %1").arg(number);
    const bool isCosine = matrix() == &terms->cosine;
    return places + (isCosine ? say("cosine %1") : say("dot product %1")).arg(number);
}

void PositionsPicture::read() {
    m_limit = 1;
    if (const Tensor<float>* shownMatrix = matrix(); shownMatrix && shownMatrix != &terms->cosine) {
        float largest = 0;
        for (const float number : shownMatrix->values())
            largest = std::max(largest, std::abs(number));
        m_limit = largest > 0 ? largest : 1;
    }
    selected.row = std::clamp(selected.row, 0, std::max(0, rows() - 1));
    selected.column = std::clamp(selected.column, 0, std::max(0, columns() - 1));
    hovered.reset();
    m_colours.clear();
    for (int i = -halfColours; i <= halfColours; ++i)
        m_colours.push_back(signedColour(static_cast<float>(i) / halfColours, 1, theme));
}

void PositionsPicture::layOut(QSizeF size) {
    map = scale = {};
    if (!matrix())
        return;
    double width = size.width() - left - stripRoom;
    double height = size.height() - top - 6;
    if (width < 20 || height < 20)
        return;
    if (showsProducts())
        width = height = std::min(width, height);
    map = QRectF(left, top, std::floor(width), std::floor(height));
    scale = QRectF(map.right() + 14, map.top(), strip, map.height());
}

QRectF PositionsPicture::rowRect(int row) const {
    const double height = map.height() / std::max(1, rows());
    return {map.left(), map.top() + row * height, map.width(), height};
}

QRectF PositionsPicture::columnRect(int column) const {
    const double width = map.width() / std::max(1, columns());
    return {map.left() + column * width, map.top(), width, map.height()};
}

std::optional<PositionsCell> PositionsPicture::at(QPointF point) const {
    if (!matrix() || !map.contains(point))
        return std::nullopt;
    const PositionsCell cell{static_cast<int>((point.y() - map.top()) / map.height() * rows()),
                             static_cast<int>((point.x() - map.left()) / map.width() * columns())};
    return PositionsCell{std::min(cell.row, rows() - 1), std::min(cell.column, columns() - 1)};
}

QImage PositionsPicture::image(QSize pixels) const {
    const Tensor<float>* numbers = matrix();
    if (!numbers || pixels.isEmpty())
        return {};
    QImage picture(pixels, QImage::Format_RGB32);
    for (int y = 0; y < pixels.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        const auto [firstRow, endRow] = coveredBy(y, pixels.height(), rows());
        for (int x = 0; x < pixels.width(); ++x) {
            const auto [firstColumn, endColumn] = coveredBy(x, pixels.width(), columns());
            float farthest = 0;
            bool notANumber = false;
            for (int row = firstRow; row < endRow; ++row)
                for (int column = firstColumn; column < endColumn; ++column) {
                    const float number = numbers->at(row, column);
                    notANumber = notANumber || std::isnan(number);
                    if (std::abs(number) > std::abs(farthest))
                        farthest = number;
                }
            const float share = std::clamp(farthest / m_limit, -1.0F, 1.0F);
            line[x] = notANumber
                          ? ColourScale::notANumber
                          : m_colours[static_cast<size_t>(std::lround(share * halfColours) + halfColours)];
        }
    }
    return picture;
}

void paintAroundPositions(QPainter& painter, const PositionsPicture& picture) {
    if (picture.map.isEmpty())
        return;
    paintTicks(painter, picture);
    paintScale(painter, picture);
    const Palette& colours = picture.theme.palette;
    frame(painter, picture.rowRect(picture.selected.row), colours.text, Qt::SolidLine);
    frame(painter, picture.columnRect(picture.selected.column), colours.text, Qt::DotLine);
    if (picture.hovered) {
        frame(painter, picture.rowRect(picture.hovered->row), colours.mutedText, Qt::SolidLine);
        frame(painter, picture.columnRect(picture.hovered->column), colours.mutedText, Qt::DotLine);
    }
    if (picture.focused) {
        painter.setPen(QPen(colours.accent, 2));
        painter.drawRect(picture.map.adjusted(-2, -2, 2, 2));
    }
}

} // namespace headlight
