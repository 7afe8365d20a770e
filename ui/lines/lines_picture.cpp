#include "ui/lines/lines_picture.h"

#include "ui/paint/token_labels.h"
#include "ui/theme/pinned_colours.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace headlight {

namespace {
constexpr double margin = 20;
constexpr double widestWord = 130;
constexpr double headingHeight = 26;
constexpr double noteHeight = 20;
constexpr double pointerReach = 5;
constexpr double wordStep =
    20; // widths are rounded up to this, so that columns stand still while a word grows

QString translated(const char* text) {
    return QCoreApplication::translate("Lines", text);
}

/// At least as wide as its heading.
double columnWidth(const std::vector<QString>& labels, const QString& heading, const Theme& theme) {
    const QFontMetricsF metrics(bold(theme.body));
    double widest = QFontMetricsF(bold(theme.small)).horizontalAdvance(heading);
    for (const QString& label : labels)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    return std::ceil(widest / wordStep) * wordStep;
}

std::vector<QString> labelsOf(const Trace& trace, const std::vector<ShownToken>& tokens, const Theme& theme) {
    const QFontMetricsF metrics(bold(theme.body));
    std::vector<QString> labels;
    for (const ShownToken& token : tokens)
        labels.push_back(metrics.elidedText(shownLabel(trace, token), Qt::ElideRight, widestWord));
    return labels;
}

/// Leaves the strongest `mostLines`; the weight from which on lines stayed.
float keepStrongest(std::vector<Line>& lines, float faintest) {
    if (lines.size() <= mostLines)
        return faintest;
    const auto stronger = [](const Line& one, const Line& other) { return one.weight > other.weight; };
    const auto last = lines.begin() + static_cast<std::ptrdiff_t>(mostLines);
    std::nth_element(lines.begin(), last, lines.end(), stronger);
    lines.erase(last, lines.end());
    return std::min_element(lines.begin(), lines.end(),
                            [](const Line& one, const Line& other) { return one.weight < other.weight; })
        ->weight;
}

QString roundedWeight(float weight) {
    return QString::number(static_cast<double>(weight), 'g', 2);
}
} // namespace

double lineStrength(float weight, WeightScale scale, std::span<const float> sorted) {
    if (scale != WeightScale::rank)
        return static_cast<double>(scalePlace(weight, scale));
    const auto smaller = std::lower_bound(sorted.begin(), sorted.end(), weight) - sorted.begin();
    return static_cast<double>(smaller) / std::max(1.0, static_cast<double>(sorted.size()) - 1);
}

QString queryTitle() {
    return translated("query: looks from");
}

QString keyTitle() {
    return translated("key: looks at");
}

QString lineScaleName(WeightScale scale) {
    switch (scale) {
    case WeightScale::linear:
        return translated("linear");
    case WeightScale::squareRoot:
        return translated("square root");
    case WeightScale::logarithmic:
        return translated("log, from 0.0001");
    case WeightScale::rank:
        return translated("rank in map");
    }
    return {};
}

QString shownLabel(const Trace& trace, const ShownToken& token) {
    QString label;
    for (int piece = token.first; piece <= token.last; ++piece)
        label += tokenLabel(trace, piece);
    return label;
}

void LinesPicture::take(const Selection& selection) {
    head = selection.shownHead();
    selectedHead = selection.head();
    axis = selection.axis();
    hover = selection.hover();
    query = axis == ReadAxis::query ? selection.shownQuery() : selection.query();
    key = axis == ReadAxis::key ? selection.shownColumn() : selection.key();
    keySelected = selection.key() >= 0;
}

void LinesPicture::readTrace() {
    heads.clear();
    rows.clear();
    columns.clear();
    const bool severalStacks = trace && trace->shape.stacks.size() > 1;
    const auto add = [&](const HeadAddress& address, const QColor& colour, bool pinned) {
        LinesHead each;
        each.address = address;
        each.label = headLabel(address);
        if (severalStacks)
            each.label += QLatin1Char(' ') + QString::fromStdString(std::string(toString(address.stack)));
        each.colour = colour;
        each.selected = address == selectedHead;
        each.shown = address == head;
        each.pinned = pinned;
        // Words of another kind of site are other words: such a head is listed, not drawn.
        if (trace && address.stack == head.stack && trace->shape.has(address))
            each.map = shownMap(*trace, address, choices.tokens);
        each.there = !each.map.rows.empty();
        if (choices.scale == WeightScale::rank) {
            const std::span<const float> weights = std::as_const(each.map.weights).values();
            each.sorted.assign(weights.begin(), weights.end());
            std::erase_if(each.sorted, [](float weight) { return std::isnan(weight); });
            std::sort(each.sorted.begin(), each.sorted.end());
        }
        if (trace && !each.there)
            each.absence =
                trace->shape.has(address) ? translated("not shown") : translated("not in this model");
        heads.push_back(std::move(each));
    };
    const auto isPinned = [&](const HeadAddress& address) {
        return std::any_of(choices.pinned.begin(), choices.pinned.end(),
                           [&](const PinnedHead& each) { return each.head == address; });
    };
    for (const PinnedHead& pinned : choices.pinned)
        add(pinned.head, pinnedColour(pinned.colour, theme), true);
    // A pinned head that is previewed leaves the selected one where it is; another one takes its place.
    const HeadAddress other = isPinned(head) ? selectedHead : head;
    if (trace && !isPinned(other))
        add(other, theme.palette.accent, false);
    for (const LinesHead& each : heads) {
        if (!each.there || !rows.empty())
            continue;
        rows = each.map.rows;
        columns = each.map.columns;
    }
    pairStart = trace ? headlight::pairStart(*trace, rows) : -1;
    rowLabels = trace ? labelsOf(*trace, rows, theme) : std::vector<QString>();
    columnLabels = trace ? labelsOf(*trace, columns, theme) : std::vector<QString>();
}

void LinesPicture::readLines() {
    strong.clear();
    rest.clear();
    readRow = axis == ReadAxis::query ? placeOf(rows, query) : -1;
    readColumn = axis == ReadAxis::key ? placeOf(columns, key) : -1;
    const bool reads = readRow >= 0 || readColumn >= 0;
    for (size_t h = 0; h < heads.size(); ++h) {
        const LinesHead& each = heads[h];
        if (!each.there)
            continue;
        for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
            const std::span<const float> weights = each.map.weights.row(row);
            for (int column = 0; column < static_cast<int>(columns.size()); ++column) {
                const float weight = weights[static_cast<size_t>(column)];
                const bool isRead = !reads || row == readRow || column == readColumn;
                if (isRead ? weight >= faintestLine : each.shown && weight >= faintestGreyLine)
                    (isRead ? strong : rest).push_back({static_cast<int>(h), row, column, weight, 0});
            }
        }
    }
    faintestStrong = keepStrongest(strong, faintestLine);
    faintestRest = keepStrongest(rest, faintestGreyLine);
    for (std::vector<Line>* lines : {&strong, &rest})
        for (Line& line : *lines)
            line.strength =
                lineStrength(line.weight, choices.scale, heads[static_cast<size_t>(line.head)].sorted);
    // The strongest and the shown head are painted last, on top.
    std::stable_sort(strong.begin(), strong.end(), [&](const Line& one, const Line& other) {
        const bool oneShown = heads[static_cast<size_t>(one.head)].shown;
        const bool otherShown = heads[static_cast<size_t>(other.head)].shown;
        return oneShown != otherShown ? otherShown : one.weight < other.weight;
    });
}

void LinesPicture::layOut(QSizeF size, double scroll, double smallestRow) {
    const double width = std::max(1.0, size.width() - 2 * margin);
    std::vector<double> widths;
    std::vector<bool> crosses;
    const QFontMetricsF metrics(theme.small);
    const QFontMetricsF boldMetrics(bold(theme.small));
    for (const LinesHead& each : heads) {
        const double word = boldMetrics.horizontalAdvance(each.label);
        const double absent = each.there ? 0 : 6 + metrics.horizontalAdvance(each.absence);
        widths.push_back(10 + 9 + 7 + word + absent + (each.pinned && releasable ? 22 : 10));
        crosses.push_back(each.pinned && releasable);
    }
    legend = layOutLegend(QPointF(margin, 10), width, widths, crosses);
    const double legendBottom = legend.empty() ? 10 : legend.back().entry.bottom() + 2;
    notes = QRectF(margin, size.height() - 2 * noteHeight - 10, width, 2 * noteHeight);
    const double top = legendBottom + headingHeight + 6;
    const QRectF area(margin, top, width, std::max(20.0, notes.top() - 8 - top));

    LinesNeeds needs;
    needs.queries = static_cast<int>(rows.size());
    needs.keys = static_cast<int>(columns.size());
    needs.queryWidth = columnWidth(rowLabels, queryTitle(), theme);
    needs.keyWidth = columnWidth(columnLabels, keyTitle(), theme);
    needs.barsAtKeys = axis == ReadAxis::query;
    needs.smallestRow = smallestRow;
    geometry = fitLines(area, needs);
    geometry.scroll = std::clamp(scroll, 0.0, geometry.scrollRoom());
    const double headingTop = geometry.top - headingHeight;
    const QRectF queryColumn = geometry.queryWord(0);
    const QRectF keyColumn = geometry.keyWord(0);
    queryHeading = QRectF(queryColumn.left(), headingTop, queryColumn.width(), headingHeight - 4);
    keyHeading = QRectF(keyColumn.left(), headingTop, keyColumn.width(), headingHeight - 4);
}

LineCurve LinesPicture::curve(const Line& line) const {
    const bool reads = readRow >= 0 || readColumn >= 0;
    if (reads && line.query != readRow && line.key != readColumn)
        return {geometry.queryEnd(line.query), geometry.keyEnd(line.key)};
    const int count = static_cast<int>(heads.size());
    return {geometry.queryEnd(line.query, line.head, count), geometry.keyEnd(line.key, line.head, count)};
}

const Line* LinesPicture::lineAt(QPointF point) const {
    if (!geometry.area.contains(point) || point.x() <= geometry.queryEdge || point.x() >= geometry.keyEdge)
        return nullptr;
    for (const std::vector<Line>* lines : {&strong, &rest}) {
        const Line* nearest = nullptr;
        double distance = pointerReach;
        for (const Line& line : *lines) {
            const double away =
                geometry.isSeen(line.query, line.key) ? curve(line).distanceTo(point) : distance;
            if (away < distance || (nearest && away == distance && line.weight > nearest->weight)) {
                nearest = &line;
                distance = away;
            }
        }
        if (nearest)
            return nearest;
    }
    return nullptr;
}

const LinesHead* LinesPicture::shownHead() const {
    for (const LinesHead& each : heads)
        if (each.shown && each.there)
            return &each;
    return nullptr;
}

float LinesPicture::weightAt(const LinesHead& head, int row, int column) {
    const bool inside = head.there && row >= 0 && column >= 0 && row < head.map.weights.dimension(0) &&
                        column < head.map.weights.dimension(1);
    return inside ? head.map.weights.at(row, column) : 0;
}

std::vector<int> LinesPicture::strongestPlaces() const {
    const LinesHead* shown = shownHead();
    if (!shown || (readRow < 0 && readColumn < 0))
        return {};
    std::vector<int> places(readRow >= 0 ? columns.size() : rows.size());
    std::iota(places.begin(), places.end(), 0);
    const auto weight = [&](int place) {
        return readRow >= 0 ? weightAt(*shown, readRow, place) : weightAt(*shown, place, readColumn);
    };
    std::stable_sort(places.begin(), places.end(),
                     [&](int one, int other) { return weight(one) > weight(other); });
    return places;
}

QString LinesPicture::faintNote() const {
    return translated("weights below %1 are not drawn").arg(roundedWeight(faintestStrong));
}

QString LinesPicture::greyNote() const {
    const LinesHead* shown = shownHead();
    return shown && !rest.empty()
               ? translated("grey: other words in %1, from %2").arg(shown->label, roundedWeight(faintestRest))
               : QString();
}

QString LinesPicture::hiddenNote() const {
    if (!trace || trace->tokens().empty())
        return {};
    const int token = axis == ReadAxis::query ? query : key;
    if (heads.empty() || rows.empty())
        return translated("all tokens are hidden");
    if (token >= 0 && readRow < 0 && readColumn < 0)
        return translated("“%1” is hidden").arg(tokenLabel(*trace, token));
    if (choices.tokens.special && choices.tokens.first)
        return {};
    const LinesHead* shown = shownHead();
    if (!shown || readRow < 0)
        return translated("some tokens are hidden");
    const double share = shown->map.hidden[static_cast<size_t>(readRow)];
    return translated("%1 of the weight of “%2” lies on hidden tokens (%3)")
        .arg(weightText(static_cast<float>(share)), rowLabels[static_cast<size_t>(readRow)], shown->label);
}

} // namespace headlight
