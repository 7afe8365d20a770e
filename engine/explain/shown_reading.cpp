#include "engine/explain/shown_reading.h"

#include <algorithm>

namespace headlight {

namespace {
const SiteRecord* siteOf(const Trace& trace, const HeadAddress& head) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    return site && head.head >= 0 && head.head < site->weights.dimension(0) ? site : nullptr;
}

/// Weights of a key's pieces summed, those of a query's pieces averaged.
double merged(const SiteRecord& site, int head, const ShownToken& query, const ShownToken& key) {
    double sum = 0;
    for (int q = query.first; q <= query.last; ++q)
        for (int k = key.first; k <= key.last; ++k)
            sum += static_cast<double>(site.weights.at(head, q, k));
    return sum / (query.last - query.first + 1);
}

std::optional<float> scoreOf(const SiteRecord& site, int head, const ShownToken& query,
                             const ShownToken& key) {
    const bool one = query.first == query.last && key.first == key.last;
    if (!one || site.scores.shape() != site.weights.shape())
        return std::nullopt;
    return site.scores.at(head, query.first, key.first);
}

/// Reads along one axis: `cell(other)` gives query and key of the cell at another token.
template <class Cell>
ShownReading read(const Trace& trace, const SiteRecord& site, int head, const ShownTokens& choice, int token,
                  int64_t extent, Cell cell) {
    ShownReading reading;
    const std::vector<ShownToken> shown = shownTokens(trace, choice);
    const int place = placeOf(shown, token);
    if (place < 0)
        return reading;
    const ShownToken of = shown[static_cast<size_t>(place)];
    ShownTokens everything = choice;
    everything.special = everything.first = true;
    for (const ShownToken& other : shownTokens(trace, everything)) {
        if (other.last >= extent || of.last >= extent)
            return {};
        const auto [query, key] = cell(of, other);
        const double weight = merged(site, head, query, key);
        reading.sum += weight;
        if (placeOf(shown, other.first) < 0)
            reading.hidden += weight;
        else
            reading.cells.push_back({other, static_cast<float>(weight), scoreOf(site, head, query, key)});
    }
    reading.of = of;
    std::stable_sort(reading.cells.begin(), reading.cells.end(),
                     [](const ShownCell& a, const ShownCell& b) { return a.weight > b.weight; });
    return reading;
}
} // namespace

ShownReading shownRow(const Trace& trace, const HeadAddress& head, const ShownTokens& choice, int query) {
    const SiteRecord* site = siteOf(trace, head);
    if (!site)
        return {};
    return read(trace, *site, head.head, choice, query, site->weights.dimension(1),
                [](const ShownToken& of, const ShownToken& other) { return std::pair(of, other); });
}

ShownReading shownColumn(const Trace& trace, const HeadAddress& head, const ShownTokens& choice, int key) {
    const SiteRecord* site = siteOf(trace, head);
    if (!site)
        return {};
    return read(trace, *site, head.head, choice, key, site->weights.dimension(2),
                [](const ShownToken& of, const ShownToken& other) { return std::pair(other, of); });
}

} // namespace headlight
