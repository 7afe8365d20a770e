#include "ui/formula/substituted_line.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace headlight {

namespace {
constexpr int mostTerms = 64; ///< of a sum on the screen

/// Something that stays on one row. What is placed in it counts from the left end of its baseline.
struct Box {
    double width = 0;
    double ascent = 0;
    double descent = 0;
    double leftSpace = 0; ///< before it, unless it begins a row
    double rightSpace = 0;
    bool mayBreakBefore = false;
    std::vector<PlacedMath> placed;
};

void append(std::vector<PlacedMath>& all, const std::vector<PlacedMath>& more, QPointF by) {
    for (PlacedMath each : more) {
        each.rect.translate(by);
        each.baseline += by.y();
        all.push_back(std::move(each));
    }
}

Box joined(const std::vector<Box>& boxes) {
    Box all;
    for (const Box& each : boxes) {
        const bool first = all.placed.empty() && all.width == 0;
        all.width += first ? 0 : each.leftSpace;
        append(all.placed, each.placed, {all.width, 0});
        all.width += each.width + each.rightSpace;
        all.ascent = std::max(all.ascent, each.ascent);
        all.descent = std::max(all.descent, each.descent);
    }
    return all;
}

/// Makes boxes of pieces with at most `terms` terms a sum.
class BoxBuilder {
public:
    BoxBuilder(const QFont& font, int terms) : m_metrics(font), m_terms(terms) {
        m_space = 0.55 * m_metrics.horizontalAdvance(QLatin1Char('0'));
        m_axis = 0.5 * m_metrics.capHeight();
        m_gap = std::max(2.0, 0.14 * m_metrics.height());
    }

    int leftOut() const { return m_leftOut; }

    std::vector<Box> boxes(const MathLine& line, bool afterOperator = false) {
        std::vector<Box> result;
        for (const MathPiece& piece : line) {
            addPiece(result, piece, afterOperator);
            afterOperator = isOperator(piece);
        }
        return result;
    }

private:
    void addPiece(std::vector<Box>& result, const MathPiece& piece, bool afterOperator) {
        const auto part = [&](size_t i) {
            return joined(i < piece.parts.size() ? boxes(piece.parts[i]) : std::vector<Box>());
        };
        switch (piece.kind) {
        case MathPiece::Kind::number:
        case MathPiece::Kind::word: {
            const bool inParentheses = needsParentheses(piece, afterOperator);
            std::vector<Box> all;
            if (inParentheses)
                all.push_back(textBox(QStringLiteral("(")));
            all.push_back(textBox(piece.text, piece.role));
            if (inParentheses)
                all.push_back(textBox(QStringLiteral(")")));
            result.push_back(joined(all));
            break;
        }
        case MathPiece::Kind::operation:
            result.push_back(operation(piece.text));
            break;
        case MathPiece::Kind::sum:
            addSum(result, piece);
            break;
        case MathPiece::Kind::fraction:
            result.push_back(fraction(part(0), part(1)));
            break;
        case MathPiece::Kind::root:
            result.push_back(root(part(0)));
            break;
        case MathPiece::Kind::group:
            addGroup(result, piece);
            break;
        }
    }

    Box textBox(const QString& text, SymbolRole role = SymbolRole::neutral, bool muted = false) const {
        Box box;
        box.width = m_metrics.horizontalAdvance(text);
        box.ascent = m_metrics.ascent();
        box.descent = m_metrics.descent();
        const QRectF rect(0, -box.ascent, box.width, box.ascent + box.descent);
        box.placed.push_back({PlacedMath::Kind::text, text, role, muted, rect, 0});
        return box;
    }

    Box operation(const QString& sign) const {
        Box box = textBox(sign);
        box.leftSpace = box.rightSpace = m_space;
        // A product stays together.
        box.mayBreakBefore = sign != QString(QChar(0x00d7)) && sign != QString(QChar(0x00b7));
        return box;
    }

    void addSum(std::vector<Box>& result, const MathPiece& sum) {
        const int given = static_cast<int>(sum.parts.size());
        const int shown = std::min(given, m_terms);
        const int hidden = given - shown + sum.notGiven;
        const int head = hidden > 0 ? (shown + 1) / 2 : shown;
        bool first = true;
        const auto plus = [&] {
            if (!first)
                result.push_back(operation(QStringLiteral("+")));
            first = false;
        };
        const auto term = [&](int i) {
            const bool follows = !first;
            plus();
            const std::vector<Box> more = boxes(sum.parts[static_cast<size_t>(i)], follows);
            result.insert(result.end(), more.begin(), more.end());
        };
        for (int i = 0; i < head; ++i)
            term(i);
        if (hidden > 0) {
            plus();
            result.push_back(textBox(omittedTerms(hidden), SymbolRole::neutral, true));
            m_leftOut += hidden;
        }
        for (int i = given - (shown - head); i < given; ++i)
            term(i);
    }

    Box fraction(const Box& above, const Box& below) const {
        Box box;
        box.width = std::max(above.width, below.width) + 2 * m_gap;
        box.leftSpace = box.rightSpace = m_gap / 2;
        const double up = -m_axis - m_gap - above.descent;
        const double down = -m_axis + m_gap + below.ascent;
        append(box.placed, above.placed, {(box.width - above.width) / 2, up});
        append(box.placed, below.placed, {(box.width - below.width) / 2, down});
        box.placed.push_back({PlacedMath::Kind::bar,
                              {},
                              SymbolRole::neutral,
                              false,
                              QRectF(0, -m_axis - 0.5, box.width, 1),
                              0});
        box.ascent = above.ascent - up;
        box.descent = below.descent + down;
        return box;
    }

    Box root(const Box& inside) const {
        Box box;
        const double sign = 0.6 * m_metrics.height();
        box.width = sign + inside.width + m_gap / 2;
        box.ascent = inside.ascent + m_gap / 2;
        box.descent = inside.descent;
        append(box.placed, inside.placed, {sign, 0});
        const QRectF rect(0, -box.ascent, box.width, box.ascent + box.descent);
        box.placed.push_back({PlacedMath::Kind::root, {}, SymbolRole::neutral, false, rect, 0});
        return box;
    }

    void addGroup(std::vector<Box>& result, const MathPiece& group) {
        std::vector<Box> inside = boxes(group.parts.empty() ? MathLine() : group.parts[0]);
        const Box all = joined(inside);
        const bool tall = all.ascent + all.descent > 1.4 * m_metrics.height();
        Box opening =
            tall ? parenthesis(PlacedMath::Kind::opening, all) : textBox(group.text + QLatin1Char('('));
        if (tall && !group.text.isEmpty())
            opening = joined({textBox(group.text), opening});
        const Box closing = tall ? parenthesis(PlacedMath::Kind::closing, all) : textBox(QStringLiteral(")"));
        // The parentheses stay with what they touch.
        if (inside.empty())
            inside.push_back(Box());
        inside.front() = joined({opening, inside.front()});
        const bool mayBreak = inside.back().mayBreakBefore;
        const double left = inside.back().leftSpace;
        inside.back() = joined({inside.back(), closing});
        inside.back().mayBreakBefore = inside.size() > 1 && mayBreak;
        inside.back().leftSpace = inside.size() > 1 ? left : 0;
        result.insert(result.end(), inside.begin(), inside.end());
    }

    Box parenthesis(PlacedMath::Kind kind, const Box& around) const {
        Box box;
        box.width = 0.5 * m_metrics.height();
        box.ascent = around.ascent;
        box.descent = around.descent;
        const QRectF rect(0, -box.ascent, box.width, box.ascent + box.descent);
        box.placed.push_back({kind, {}, SymbolRole::neutral, false, rect, 0});
        return box;
    }

    QFontMetricsF m_metrics;
    int m_terms;
    int m_leftOut = 0;
    double m_space;
    double m_axis; ///< height of a fraction's rule above the baseline
    double m_gap;
};

/// Boxes to rows, each as full as it gets.
SubstitutedLayout inRows(const std::vector<Box>& boxes, double width, double between) {
    SubstitutedLayout layout;
    std::vector<Box> row;
    double rowWidth = 0;
    const auto finish = [&] {
        if (row.empty())
            return;
        const Box all = joined(row);
        const double top = layout.size.height() + (layout.rows > 0 ? between : 0);
        append(layout.placed, all.placed, {0, top + all.ascent});
        layout.size = {std::max(layout.size.width(), all.width), top + all.ascent + all.descent};
        ++layout.rows;
        row.clear();
        rowWidth = 0;
    };
    for (size_t i = 0; i < boxes.size();) {
        size_t end = i + 1;
        while (end < boxes.size() && !boxes[end].mayBreakBefore)
            ++end;
        double more = 0;
        for (size_t j = i; j < end; ++j)
            more += boxes[j].leftSpace + boxes[j].width + boxes[j].rightSpace;
        if (!row.empty() && rowWidth + more > width)
            finish();
        row.insert(row.end(), boxes.begin() + static_cast<std::ptrdiff_t>(i),
                   boxes.begin() + static_cast<std::ptrdiff_t>(end));
        rowWidth += more;
        i = end;
    }
    finish();
    return layout;
}

int mostTermsOf(const MathLine& line) {
    int most = 1;
    for (const MathPiece& piece : line) {
        if (piece.kind == MathPiece::Kind::sum)
            most = std::max(most, static_cast<int>(piece.parts.size()));
        for (const MathLine& part : piece.parts)
            most = std::max(most, mostTermsOf(part));
    }
    return most;
}
} // namespace

SubstitutedLayout layOutLine(const MathLine& line, const QFont& font, double width, int mostRows) {
    const double between = 0.25 * QFontMetricsF(font).height();
    const auto withTerms = [&](int terms) {
        BoxBuilder builder(font, terms);
        std::vector<Box> boxes = builder.boxes(line);
        // A result does not stand alone in its row: "0.83 =" stays together.
        if (boxes.size() > 1)
            boxes[1].mayBreakBefore = false;
        SubstitutedLayout layout = inRows(boxes, width, between);
        layout.leftOut = builder.leftOut();
        return layout;
    };
    const auto fits = [&](const SubstitutedLayout& layout) {
        return layout.rows <= mostRows && layout.size.width() <= width;
    };
    int many = std::min(mostTermsOf(line), mostTerms);
    SubstitutedLayout best = withTerms(many);
    if (fits(best) || many == 1)
        return best;
    int few = 1;
    best = withTerms(few);
    while (many - few > 1) {
        const int middle = (few + many) / 2;
        SubstitutedLayout layout = withTerms(middle);
        if (fits(layout)) {
            best = std::move(layout);
            few = middle;
        } else {
            many = middle;
        }
    }
    return best;
}

void paintLine(QPainter& painter, const SubstitutedLayout& layout, const QFont& font, const Theme& theme,
               QPointF topLeft) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(topLeft);
    painter.setFont(font);
    for (const PlacedMath& each : layout.placed) {
        const QRectF& rect = each.rect;
        const QPen pen(each.isMuted ? theme.palette.mutedText : roleColour(each.role, theme), 1.2);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        switch (each.kind) {
        case PlacedMath::Kind::text:
            painter.drawText(QPointF(rect.left(), each.baseline), each.text);
            break;
        case PlacedMath::Kind::bar:
            painter.fillRect(rect, pen.color());
            break;
        case PlacedMath::Kind::root: {
            const double sign = 0.6 * QFontMetricsF(font).height();
            const double left = rect.left();
            painter.drawPolyline(QPolygonF({QPointF(left + 0.1 * sign, rect.top() + 0.6 * rect.height()),
                                            QPointF(left + 0.3 * sign, rect.top() + 0.55 * rect.height()),
                                            QPointF(left + 0.55 * sign, rect.bottom() - 1),
                                            QPointF(left + 0.85 * sign, rect.top() + 1),
                                            QPointF(rect.right(), rect.top() + 1)}));
            break;
        }
        case PlacedMath::Kind::opening:
        case PlacedMath::Kind::closing: {
            const bool opening = each.kind == PlacedMath::Kind::opening;
            const double ends =
                opening ? rect.right() - 0.25 * rect.width() : rect.left() + 0.25 * rect.width();
            const double belly =
                opening ? rect.left() - 0.1 * rect.width() : rect.right() + 0.1 * rect.width();
            QPainterPath path(QPointF(ends, rect.top() + 1));
            path.cubicTo(QPointF(belly, rect.top() + 0.3 * rect.height()),
                         QPointF(belly, rect.bottom() - 0.3 * rect.height()),
                         QPointF(ends, rect.bottom() - 1));
            painter.drawPath(path);
            break;
        }
        }
    }
    painter.restore();
}

} // namespace headlight
