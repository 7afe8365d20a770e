#include "ui/row/row_content.h"

#include "engine/explain/readings.h"
#include "ui/paint/token_labels.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
/// "animal"; where several tokens are spelled alike, with the position: "animal (2)".
QString labelIn(const Trace& trace, const QHash<QString, int>& occurrences, int index) {
    const QString label = tokenLabel(trace, index);
    return occurrences.value(label) > 1 ? QStringLiteral("%1 (%2)").arg(label).arg(index) : label;
}
} // namespace

RowContent rowContent(const Trace& trace, const HeadAddress& head, int query, RowOrder order) {
    RowContent content;
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || query < 0 || query >= site->weights.dimension(1))
        return content;
    QHash<QString, int> occurrences;
    for (size_t i = 0; i < trace.tokens().size(); ++i)
        ++occurrences[tokenLabel(trace, static_cast<int>(i))];
    for (const RowKey& key : strongestKeys(trace, head, query)) {
        const bool special = static_cast<size_t>(key.key) < trace.tokens().size() &&
                             trace.tokens()[static_cast<size_t>(key.key)].special;
        content.lines.push_back(
            {key.key, labelIn(trace, occurrences, key.key), special, key.score, key.weight});
        if (std::isfinite(key.score)) {
            content.lowestScore = std::min(content.lowestScore, key.score);
            content.highestScore = std::max(content.highestScore, key.score);
        }
    }
    content.sum = sumOfWeights(site->weights.row(head.head, query));
    if (order == RowOrder::position)
        std::sort(content.lines.begin(), content.lines.end(),
                  [](const RowLine& one, const RowLine& other) { return one.key < other.key; });
    return content;
}

BarSpan scoreBar(float score, float lowest, float highest) {
    const double range = static_cast<double>(highest) - static_cast<double>(lowest);
    if (range <= 0 || !std::isfinite(score))
        return {};
    const double zero = -static_cast<double>(lowest) / range;
    const double place = (static_cast<double>(score) - static_cast<double>(lowest)) / range;
    return {std::min(zero, place), std::max(zero, place)};
}

} // namespace headlight
