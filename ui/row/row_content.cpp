#include "ui/row/row_content.h"

#include "engine/explain/shown_reading.h"
#include "ui/paint/token_labels.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
RowContent content(const Trace& trace, const ShownReading& reading, ReadAxis axis, RowOrder order) {
    RowContent content;
    content.axis = axis;
    if (!reading.of)
        return content;
    content.of = reading.of->first;
    content.ofLast = reading.of->last;
    content.ofLabel = tokenLabel(trace, *reading.of);
    content.merged = reading.of->first != reading.of->last;
    content.sum = reading.sum;
    content.hidden = reading.hidden;
    QHash<QString, int> occurrences;
    for (const ShownCell& cell : reading.cells) {
        const QString label = tokenLabel(trace, cell.token);
        ++occurrences[label];
        content.lines.push_back({cell.token.first,
                                 cell.token.last,
                                 label,
                                 {},
                                 cell.token.special,
                                 cell.score,
                                 cell.weight,
                                 {},
                                 {}});
        content.merged = content.merged || cell.token.first != cell.token.last;
        content.hasScores = content.hasScores || cell.score.has_value();
        if (cell.score && std::isfinite(*cell.score)) {
            content.lowestScore = std::min(content.lowestScore, *cell.score);
            content.highestScore = std::max(content.highestScore, *cell.score);
        }
    }
    // "animal"; where several are spelled alike, with the position: "the (1)".
    for (RowLine& line : content.lines)
        if (occurrences.value(line.label) > 1) {
            line.ending = QStringLiteral(" (%1)").arg(line.token);
            line.label += line.ending;
        }
    if (order == RowOrder::position)
        std::sort(content.lines.begin(), content.lines.end(),
                  [](const RowLine& one, const RowLine& other) { return one.token < other.token; });
    return content;
}

/// The same reading of the unchanged pass, beside.
void addBaseline(RowContent& content, const ShownReading& before) {
    QHash<int, float> weights;
    for (const ShownCell& cell : before.cells)
        weights.insert(cell.token.first, cell.weight);
    for (RowLine& line : content.lines)
        if (const auto found = weights.constFind(line.token); found != weights.constEnd()) {
            line.before = *found;
            content.edited = true;
        }
}
} // namespace

RowContent rowContent(const Trace& trace, const HeadAddress& head, int query, RowOrder order,
                      const ShownTokens& tokens) {
    RowContent result = content(trace, shownRow(trace, head, tokens, query), ReadAxis::query, order);
    if (trace.baseline)
        addBaseline(result, shownRow(*trace.baseline, head, tokens, query));
    return result;
}

RowContent columnContent(const Trace& trace, const HeadAddress& head, int key, RowOrder order,
                         const ShownTokens& tokens) {
    RowContent result = content(trace, shownColumn(trace, head, tokens, key), ReadAxis::key, order);
    if (trace.baseline)
        addBaseline(result, shownColumn(*trace.baseline, head, tokens, key));
    return result;
}

void addTruth(RowContent& content, const TruthColumn* truth) {
    content.truth = truth ? TruthState::shown : TruthState::waiting;
    if (!truth)
        return;
    for (RowLine& line : content.lines)
        for (const EdgeTruth& edge : truth->edges)
            if (edge.key == line.token && line.last == line.token)
                line.truth = edge;
}

BarSpan scoreBar(std::optional<float> score, float lowest, float highest) {
    const double range = static_cast<double>(highest) - static_cast<double>(lowest);
    if (range <= 0 || !score || !std::isfinite(*score))
        return {};
    const double zero = -static_cast<double>(lowest) / range;
    const double place = (static_cast<double>(*score) - static_cast<double>(lowest)) / range;
    return {std::min(zero, place), std::max(zero, place)};
}

} // namespace headlight
