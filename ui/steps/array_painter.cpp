#include "ui/steps/array_painter.h"

#include "ui/steps/stage_text.h"
#include "ui/theme/signed_scale.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlight {

namespace {

/// Smallest and largest finite number of an array.
struct Range {
    float low = 0, high = 0;
    float limit() const { return std::max(std::abs(low), std::abs(high)); }
};

Range rangeOf(const StepArray& array) {
    Range range;
    for (int row = 0; row < array.rows; ++row)
        for (int column = 0; column < array.columns; ++column)
            if (const float number = array.at(row, column); std::isfinite(number)) {
                range.low = std::min(range.low, number);
                range.high = std::max(range.high, number);
            }
    return range;
}

/// The colour of an array's numbers, looked up in a table; 0 is the ground of every scale.
class Colours {
public:
    Colours(const StepArray& array, const Range& range, const Theme& theme)
        : m_limit(array.scale == ArrayScale::weights ? 1 : range.limit()) {
        for (int i = 0; i < size; ++i) {
            const float share = static_cast<float>(i - middle) / middle;
            m_table[static_cast<size_t>(i)] = array.scale == ArrayScale::signedNumbers
                                                  ? signedColour(share, 1, theme)
                                                  : theme.weights.colour(share);
        }
    }
    QRgb of(float number) const {
        if (std::isnan(number))
            return ColourScale::notANumber;
        const float share = m_limit > 0 ? std::clamp(number / m_limit, -1.0F, 1.0F) : 0;
        return m_table[static_cast<size_t>(std::lround(share * middle)) + middle];
    }

private:
    static constexpr int middle = 255;
    static constexpr int size = 2 * middle + 1;
    std::array<QRgb, size> m_table{};
    float m_limit;
};

QString rangeText(const StepArray& array, const Range& range) {
    constexpr int digits = 2;
    switch (array.scale) {
    case ArrayScale::weights:
        return QCoreApplication::translate("Steps", "0 to 1");
    case ArrayScale::positive:
        return QCoreApplication::translate("Steps", "0 to %1")
            .arg(shownNumber(static_cast<double>(range.high), digits));
    case ArrayScale::signedNumbers:
        break;
    }
    return QStringLiteral("±") + shownNumber(static_cast<double>(range.limit()), digits);
}

class Drawing {
public:
    Drawing(QPainter& painter, const Stage& stage, const StageGeometry& geometry, const ArrayLook& look,
            const QRectF& clip)
        : m_painter(painter), m_stage(stage), m_geometry(geometry), m_look(look), m_theme(look.theme),
          m_clip(clip) {
        m_ranges.reserve(stage.arrays.size());
        for (const StepArray& each : stage.arrays)
            m_ranges.push_back(rangeOf(each));
        if (!stage.sums.empty())
            m_termCount = static_cast<int>(stage.sums.front().terms.size());
    }

    void draw() {
        for (const ArrayBlock& block : m_geometry.blocks) {
            const QRectF whole =
                block.cells.united(block.title).adjusted(-block.words, -block.columnWords, 0, 0);
            if (!whole.intersects(m_clip))
                continue;
            if (block.kind == ArrayBlock::Kind::table)
                table(block);
            else if (block.kind == ArrayBlock::Kind::stairs)
                stairs(block);
            else
                cells(block);
        }
        frame(m_look.hover, m_theme.palette.mutedText, 1);
        frame(m_look.picked, m_theme.palette.accent, 2);
    }

private:
    const Range& range(int index) const { return m_ranges[static_cast<size_t>(index)]; }
    const StepArray& array(int index) const { return m_stage.arrays[static_cast<size_t>(index)]; }

    /// Of the terms of the sum, the one that a cell belongs to is not there yet.
    bool isAhead(int count, int index) const {
        return m_look.terms >= 0 && m_termCount > 1 && count == m_termCount && index >= m_look.terms;
    }

    /// The sum so far after each term, as steps up and down from 0.
    void stairs(const ArrayBlock& block) {
        title(block);
        const StepArray& of = array(block.first);
        const Range& limits = range(block.first);
        const double span =
            std::max(1e-30, static_cast<double>(limits.high) - static_cast<double>(limits.low));
        const auto place = [&](double number) {
            return block.cells.top() + 4 +
                   (static_cast<double>(limits.high) - number) / span * (block.cells.height() - 8);
        };
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        m_painter.fillRect(QRectF(block.cells.left(), place(0), block.cells.width(), 1),
                           m_theme.palette.hairline);
        double before = 0;
        int shown = 0;
        for (int column = 0; column < of.columns && !isAhead(of.columns, column); ++column, ++shown) {
            const auto now = static_cast<double>(of.at(0, column));
            const QRectF cell = block.cell(0, column);
            const double top = std::min(place(before), place(now));
            m_painter.fillRect(QRectF(cell.left(), top, std::max(1.0, cell.width() - 1),
                                      std::max(1.5, std::abs(place(before) - place(now)))),
                               now < before ? negativeColour(m_theme) : positiveColour(m_theme));
            before = now;
        }
        marks(block, of);
        if (shown == 0)
            return;
        // What the last step reaches, on the side of 0, which is free there.
        m_painter.setFont(m_theme.heading);
        m_painter.setPen(m_theme.palette.text);
        const QRectF last = block.cell(0, shown - 1);
        const double y = before >= 0 ? place(before) + 4 : place(before) - 24;
        const bool atLeft = last.right() - block.cells.left() > 90;
        m_painter.drawText(QRectF(atLeft ? last.right() - 90 : last.left(),
                                  std::clamp(y, block.cells.top(), block.cells.bottom() - 20), 90, 20),
                           (atLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                           shownNumber(before, m_look.digits));
    }

    void title(const ArrayBlock& block) {
        const StepArray& of = array(block.first);
        const QString name = stepWords(of.name.c_str());
        m_painter.setFont(bold(m_theme.small));
        m_painter.setPen(m_theme.palette.text);
        const QRectF room = block.title.adjusted(0, 0, 0, -4);
        m_painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                           QFontMetricsF(m_painter.font()).elidedText(name, Qt::ElideRight, room.width()));
        const double after = QFontMetricsF(m_painter.font()).horizontalAdvance(name) + 8;
        m_painter.setFont(m_theme.small);
        m_painter.setPen(m_theme.palette.mutedText);
        QString rest = rangeText(of, range(block.first));
        if (of.rows > 1)
            rest = QStringLiteral("%1 × %2  ·  ").arg(of.rows).arg(of.columns) + rest;
        else if (of.columns > 1)
            rest = QCoreApplication::translate("Steps", "%1 numbers").arg(of.columns) +
                   QStringLiteral("  ·  ") + rest;
        if (after + QFontMetricsF(m_theme.small).horizontalAdvance(rest) > room.width())
            return;
        m_painter.drawText(room.adjusted(after, 0, 0, 0),
                           Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine, rest);
    }

    void cells(const ArrayBlock& block) {
        title(block);
        const StepArray& of = array(block.first);
        const Colours colours(of, range(block.first), m_theme);
        const bool isMatrix = block.kind == ArrayBlock::Kind::matrix;
        constexpr int64_t mostVectors = 4096; // 64 x 64
        constexpr double hairline = 6;        // narrower cells have none between them
        const bool asImage = isMatrix && !m_look.numbers &&
                             (int64_t{of.rows} * of.columns > mostVectors ||
                              (!m_look.vectors && block.cellWidth < hairline && m_look.terms < 0));
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        if (asImage)
            image(block, of, colours);
        else
            for (int line = 0; line < block.lines; ++line)
                for (int place = 0; place < block.perLine; ++place)
                    cell(block, of, colours, line, place);
        if (isMatrix)
            words(block, of);
        marks(block, of);
    }

    void cell(const ArrayBlock& block, const StepArray& of, const Colours& colours, int line, int place) {
        const bool isMatrix = block.kind == ArrayBlock::Kind::matrix;
        const int row = isMatrix ? line : 0;
        const int column = isMatrix ? place : line * block.perLine + place;
        const QRectF rect = block.cell(line, place);
        if (column >= of.columns || !rect.intersects(m_clip))
            return;
        const float number = of.at(row, column);
        const bool ahead = isMatrix ? isAhead(of.rows, row) : isAhead(of.columns, column);
        const QColor ground = ahead ? m_theme.palette.canvas : QColor::fromRgb(colours.of(number));
        // A hair between cells where there is room for it, whole pixels everywhere.
        const double hair = rect.width() >= 6 && rect.height() >= 6 ? 1 : 0;
        const double left = std::round(rect.left()), top = std::round(rect.top());
        const QRectF inner(left, top, std::max(1.0, std::round(rect.right()) - left - hair),
                           std::max(1.0, std::round(rect.bottom()) - top - hair));
        m_painter.fillRect(inner, ground);
        if (m_look.numbers && !ahead) {
            QFont font = m_theme.small;
            font.setPixelSize(10);
            m_painter.setFont(font);
            const bool onDark = contrastRatio(ground, Qt::white) >= contrastRatio(ground, Qt::black);
            m_painter.setPen(onDark ? Qt::white : Qt::black);
            m_painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine,
                               shownNumber(static_cast<double>(number), 3));
        }
    }

    /// Large matrices: one pixel a number, each pixel on the screen the number furthest from 0 beneath it, so
    /// that none that stands out is lost.
    void image(const ArrayBlock& block, const StepArray& of, const Colours& colours) {
        const double ratio = m_painter.device() ? m_painter.device()->devicePixelRatioF() : 1;
        const int wide = std::min(of.columns, std::max(1, static_cast<int>(block.cells.width() * ratio)));
        const int high = std::min(of.rows, std::max(1, static_cast<int>(block.cells.height() * ratio)));
        QImage picture(wide, high, QImage::Format_RGB32);
        std::vector<float> line(static_cast<size_t>(wide));
        for (int y = 0; y < high; ++y) {
            std::fill(line.begin(), line.end(), 0.0F);
            const int end = std::max(y * of.rows / high + 1, (y + 1) * of.rows / high);
            for (int row = y * of.rows / high; row < end; ++row)
                for (int column = 0; column < of.columns; ++column) {
                    float& furthest = line[static_cast<size_t>(int64_t{column} * wide / of.columns)];
                    if (const float number = of.at(row, column); std::abs(number) >= std::abs(furthest))
                        furthest = number;
                }
            auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
            for (int x = 0; x < wide; ++x)
                pixels[x] = colours.of(line[static_cast<size_t>(x)]);
        }
        m_painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        m_painter.drawImage(block.cells, picture);
    }

    void words(const ArrayBlock& block, const StepArray& of) {
        m_painter.setFont(m_theme.small);
        const QFontMetricsF metrics(m_theme.small);
        if (block.words > 0)
            for (int row = 0; row < block.lines && static_cast<size_t>(row) < of.rowLabels.size(); ++row) {
                const bool marked = row == of.markedRow;
                if (block.cellHeight < 12 && !marked)
                    continue;
                const QRectF rect = block.cell(row, 0);
                word(QRectF(block.cells.left() - block.words, rect.center().y() - 10, block.words - 8, 20),
                     of.rowLabels[static_cast<size_t>(row)], marked, Qt::AlignRight);
            }
        if (block.columnWords <= 0)
            return;
        for (int column = 0; column < block.perLine && static_cast<size_t>(column) < of.columnLabels.size();
             ++column) {
            const QRectF rect = block.cell(0, column);
            m_painter.save();
            m_painter.translate(rect.center().x(), block.cells.top() - 4);
            m_painter.rotate(-55);
            word(QRectF(0, -10, block.columnWords * 1.15, 20), of.columnLabels[static_cast<size_t>(column)],
                 column == of.markedColumn, Qt::AlignLeft);
            m_painter.restore();
        }
    }

    void word(const QRectF& room, const std::string& text, bool marked, Qt::Alignment side) {
        const QFont font = marked ? bold(m_theme.small) : m_theme.small;
        m_painter.setFont(font);
        m_painter.setPen(marked ? m_theme.palette.text : m_theme.palette.mutedText);
        m_painter.drawText(
            room, side | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetricsF(font).elidedText(QString::fromStdString(text), Qt::ElideRight, room.width()));
    }

    /// The row, column or cell that the question is about.
    void marks(const ArrayBlock& block, const StepArray& of) {
        QRectF rect;
        if (block.kind == ArrayBlock::Kind::strip || block.kind == ArrayBlock::Kind::stairs) {
            const int marked = m_look.terms >= 0 && of.columns == m_termCount && m_termCount > 1
                                   ? std::min(m_look.terms, m_termCount) - 1
                                   : of.markedColumn;
            if (marked >= 0 && marked < of.columns)
                rect = block.cell(marked / block.perLine, marked % block.perLine);
        } else if (of.markedRow >= 0 && of.markedColumn >= 0) {
            rect = block.cell(of.markedRow, of.markedColumn);
        } else if (of.markedRow >= 0) {
            rect = block.cell(of.markedRow, 0).united(block.cell(of.markedRow, block.perLine - 1));
        } else if (of.markedColumn >= 0) {
            rect = block.cell(0, of.markedColumn).united(block.cell(block.lines - 1, of.markedColumn));
        }
        outline(rect, m_theme.palette.accent, 2);
        if (block.kind == ArrayBlock::Kind::matrix && of.markedRow >= 0 && of.markedColumn >= 0)
            outline(block.cell(of.markedRow, 0).united(block.cell(of.markedRow, block.perLine - 1)),
                    m_theme.palette.accent, 1);
    }

    void outline(const QRectF& rect, const QColor& colour, double width) {
        if (rect.isEmpty())
            return;
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.setPen(QPen(colour, width));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(rect.adjusted(-1.5, -1.5, 0.5, 0.5), 2, 2);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }

    void frame(const std::optional<ArrayPlace>& place, const QColor& colour, double width) {
        if (!place)
            return;
        const ArrayBlock* block = m_geometry.blockOf(place->array);
        if (block && block->kind != ArrayBlock::Kind::table)
            outline(m_geometry.rect(*place), colour, width);
    }

    void table(const ArrayBlock& block) {
        const QFontMetricsF metrics(bold(m_theme.small));
        for (int i = 0; i < block.count; ++i) {
            const StepArray& of = array(block.first + i);
            const QRectF room(block.cells.left() + i * block.cellWidth, block.title.top(),
                              block.cellWidth - 12, block.title.height() - 4);
            m_painter.setFont(bold(m_theme.small));
            m_painter.setPen(m_theme.palette.text);
            m_painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                               metrics.elidedText(stepWords(of.name.c_str()), Qt::ElideRight, room.width()));
        }
        const StepArray& words = array(block.first);
        for (int line = 0; line < block.lines; ++line) {
            const QRectF row(block.cells.left() - block.words, block.tableCell(block.first, line).top(),
                             block.words + block.cells.width(), block.cellHeight);
            if (!row.intersects(m_clip))
                continue;
            const bool marked = line == words.markedColumn;
            const double indent = block.words > 0 ? 8 : 0;
            const bool hovered = m_look.hover && m_geometry.blockOf(m_look.hover->array) == &block &&
                                 m_look.hover->column == line;
            if (marked || hovered) {
                m_painter.setRenderHint(QPainter::Antialiasing, true);
                m_painter.setPen(marked ? QPen(m_theme.palette.accent, 1.4) : QPen(Qt::NoPen));
                m_painter.setBrush(hovered ? QBrush(m_theme.palette.accentSoft) : QBrush(Qt::NoBrush));
                m_painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4);
                m_painter.setRenderHint(QPainter::Antialiasing, false);
            }
            if (block.words > 0 && static_cast<size_t>(line) < words.columnLabels.size())
                word(QRectF(row.left() + indent, row.top(), block.words - 16, row.height()),
                     words.columnLabels[static_cast<size_t>(line)], marked, Qt::AlignLeft);
            for (int i = 0; i < block.count; ++i)
                bar(block.tableCell(block.first + i, line), block.first + i, line, marked);
        }
    }

    void bar(const QRectF& room, int index, int line, bool marked) {
        const StepArray& of = array(index);
        const Range& limits = range(index);
        const double numberRoom = std::min(62.0, room.width() / 2);
        const float number = of.at(0, line);
        const bool ahead = isAhead(of.columns, line);
        const double span =
            of.scale == ArrayScale::weights
                ? 1
                : std::max(1e-30, static_cast<double>(limits.high) - static_cast<double>(limits.low));
        const double low = of.scale == ArrayScale::weights ? 0 : static_cast<double>(limits.low);
        const double width = std::max(0.0, room.width() - numberRoom - 18);
        const auto place = [&](double value) {
            return room.left() + std::clamp((value - low) / span, 0.0, 1.0) * width;
        };
        const double zero = place(0);
        if (std::isfinite(number) && !ahead) {
            const double end = place(static_cast<double>(number));
            m_painter.fillRect(
                QRectF(std::min(zero, end), room.top() + 5, std::abs(end - zero), room.height() - 10),
                number < 0 ? negativeColour(m_theme) : m_theme.palette.accent);
        }
        m_painter.fillRect(QRectF(zero, room.top() + 3, 1, room.height() - 6), m_theme.palette.mutedText);
        m_painter.setFont(marked ? bold(m_theme.small) : m_theme.small);
        m_painter.setPen(marked ? m_theme.palette.text : m_theme.palette.mutedText);
        if (!ahead)
            m_painter.drawText(QRectF(room.left() + width, room.top(), numberRoom + 6, room.height()),
                               Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                               tableNumber(of, number, marked));
    }

    /// Weights that are almost nothing would only distract; the one that is followed is told in full, and so
    /// are all where every number is asked for.
    QString tableNumber(const StepArray& of, float number, bool marked) const {
        constexpr float small = 0.0005F;
        if (of.scale != ArrayScale::signedNumbers && !marked && !m_look.numbers && number > 0)
            return number < small ? QStringLiteral("<0.001") : QString::number(number, 'f', 3);
        return shownNumber(static_cast<double>(number), m_look.digits);
    }

    QPainter& m_painter;
    const Stage& m_stage;
    const StageGeometry& m_geometry;
    const ArrayLook& m_look;
    const Theme& m_theme;
    const QRectF& m_clip;
    std::vector<Range> m_ranges; ///< of the arrays
    int m_termCount = 0;
};

} // namespace

std::vector<ArrayShape> shapesOf(const Stage& stage) {
    std::vector<ArrayShape> shapes;
    shapes.reserve(stage.arrays.size());
    for (const StepArray& array : stage.arrays)
        shapes.push_back(
            {array.rows, array.columns, array.rows == 1 && !array.columnLabels.empty(),
             array.rows > 1 && !array.rowLabels.empty(), array.rows > 1 && !array.columnLabels.empty(),
             array.held && array.rows == 1 && array.symbol.empty() && array.columnLabels.empty()});
    return shapes;
}

std::optional<ArrayPlace> markedPlace(const Stage& stage) {
    for (size_t i = stage.arrays.size(); i-- > 0;) {
        const StepArray& array = stage.arrays[i];
        const int row = array.rows == 1 ? 0 : array.markedRow;
        if (row >= 0 && array.markedColumn >= 0)
            return ArrayPlace{static_cast<int>(i), row, array.markedColumn};
    }
    return std::nullopt;
}

std::optional<ArrayPlace> placeOf(const Stage& stage, const Cell& cell) {
    for (size_t i = stage.arrays.size(); i-- > 0;) {
        const StepArray& array = stage.arrays[i];
        if (!array.first || array.first->quantity != cell.quantity)
            continue;
        const int row = cell.row - array.first->row;
        const int column = cell.column - array.first->column;
        if (row >= 0 && row < array.rows && column >= 0 && column < array.columns)
            return ArrayPlace{static_cast<int>(i), row, column};
    }
    return std::nullopt;
}

void paintArrays(QPainter& painter, const Stage& stage, const StageGeometry& geometry, const ArrayLook& look,
                 const QRectF& clip) {
    Drawing(painter, stage, geometry, look, clip).draw();
}

QString placeText(const StepArray& array, int row, int column) {
    const auto word = [](const std::vector<std::string>& words, int index) {
        return static_cast<size_t>(index) < words.size()
                   ? QStringLiteral("“") + QString::fromStdString(words[static_cast<size_t>(index)]) +
                         QStringLiteral("”")
                   : QString();
    };
    QString text = stepWords(array.name.c_str());
    if (const QString of = word(array.rowLabels, row); !of.isEmpty() && array.rows > 1)
        text += QStringLiteral(", ") + of;
    else if (array.rows > 1)
        text += QCoreApplication::translate("Steps", ", row %1").arg(row);
    if (const QString of = word(array.columnLabels, column); !of.isEmpty())
        text += QStringLiteral(", ") + of;
    else if (array.columns > 1)
        text += QCoreApplication::translate("Steps", ", component %1").arg(column);
    return text;
}

QString cellText(const Stage& stage, const ArrayPlace& place, int digits) {
    const StepArray& array = stage.arrays[static_cast<size_t>(place.array)];
    const QString number = shownNumber(static_cast<double>(array.at(place.row, place.column)), digits);
    const QString where = placeText(array, place.row, place.column);
    // A product of the sum that is written out: what was multiplied.
    if (array.held && array.rows == 1 && array.symbol == "dot" && !stage.sums.empty() &&
        static_cast<size_t>(place.column) < stage.sums.front().terms.size()) {
        const Term& term = stage.sums.front().terms[static_cast<size_t>(place.column)];
        if (term.count == 2)
            return QStringLiteral("%1: %2 × %3 = %4")
                .arg(where, shownNumber(static_cast<double>(term.factors[0].value), digits),
                     shownNumber(static_cast<double>(term.factors[1].value), digits), number);
    }
    return QStringLiteral("%1: %2").arg(where, number);
}

} // namespace headlight
