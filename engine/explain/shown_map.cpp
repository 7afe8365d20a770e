#include "engine/explain/shown_map.h"

#include "engine/explain/words.h"

#include <algorithm>

namespace headlight {

std::vector<ShownToken> shownTokens(const Trace& trace, const ShownTokens& choice) {
    std::vector<ShownToken> all;
    if (choice.mergeWords) {
        for (const Word& word : wordsOf(trace))
            all.push_back({word.first, word.last, word.special});
    } else {
        for (size_t i = 0; i < trace.tokens().size(); ++i)
            all.push_back({static_cast<int>(i), static_cast<int>(i), trace.tokens()[i].special});
    }
    std::vector<ShownToken> shown;
    for (const ShownToken& each : all)
        if ((choice.special || !each.special) && (choice.first || each.first > 0))
            shown.push_back(each);
    return shown;
}

int placeOf(const std::vector<ShownToken>& shown, int token) {
    for (size_t i = 0; i < shown.size(); ++i)
        if (shown[i].first <= token && token <= shown[i].last)
            return static_cast<int>(i);
    return -1;
}

int pairStart(const Trace& trace, const std::vector<ShownToken>& shown) {
    for (size_t i = 0; i < shown.size(); ++i) {
        const auto first = static_cast<size_t>(shown[i].first);
        if (first < trace.tokens().size() && trace.tokens()[first].text == 1)
            return i > 0 ? static_cast<int>(i) : -1;
    }
    return -1;
}

namespace {
/// `row(query)`: its numbers on all tokens.
template <class Row>
ShownMap mapOf(const Trace& trace, const ShownTokens& choice, Row rowOf) {
    ShownMap map;
    const auto tokens = static_cast<int>(trace.tokens().size());
    map.rows = shownTokens(trace, choice);
    map.columns = map.rows;
    map.weights =
        Tensor<float>({static_cast<int64_t>(map.rows.size()), static_cast<int64_t>(map.columns.size())});
    std::vector<size_t> hidden;
    for (int token = 0; token < tokens; ++token)
        if (placeOf(map.columns, token) < 0)
            hidden.push_back(static_cast<size_t>(token));
    for (size_t r = 0; r < map.rows.size(); ++r) {
        const ShownToken& row = map.rows[r];
        const double pieces = row.last - row.first + 1;
        double unseen = 0;
        std::vector<double> sums(map.columns.size());
        for (int query = row.first; query <= row.last; ++query) {
            const std::span<const float> weights = rowOf(query);
            for (const size_t key : hidden)
                unseen += static_cast<double>(weights[key]);
            for (size_t c = 0; c < sums.size(); ++c)
                for (int key = map.columns[c].first; key <= map.columns[c].last; ++key)
                    sums[c] += static_cast<double>(weights[static_cast<size_t>(key)]);
        }
        map.hidden.push_back(unseen / pieces);
        std::transform(sums.begin(), sums.end(), map.weights.row(r).begin(),
                       [pieces](double sum) { return static_cast<float>(sum / pieces); });
    }
    return map;
}

} // namespace

ShownMap shownMap(const Trace& trace, const HeadAddress& head, const ShownTokens& choice) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    const auto tokens = static_cast<int>(trace.tokens().size());
    if (!site || head.head < 0 || head.head >= site->weights.dimension(0) ||
        site->weights.dimension(1) != tokens || site->weights.dimension(2) != tokens)
        return {};
    return mapOf(trace, choice, [&](int query) { return site->weights.row(head.head, query); });
}

ShownMap shownNumbers(const Trace& trace, const Tensor<float>& numbers, const ShownTokens& choice) {
    const auto tokens = static_cast<int64_t>(trace.tokens().size());
    if (numbers.shape() != std::vector<int64_t>{tokens, tokens})
        return {};
    return mapOf(trace, choice, [&](int query) { return numbers.row(query); });
}

int strongestColumn(const ShownMap& map, int row) {
    if (row < 0 || static_cast<size_t>(row) >= map.rows.size() || map.columns.empty())
        return -1;
    const std::span<const float> numbers = map.weights.row(row);
    return static_cast<int>(std::max_element(numbers.begin(), numbers.end()) - numbers.begin());
}

} // namespace headlight
