#include "engine/explain/readings.h"

#include "engine/text/tokenizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlight {

std::vector<Reading> readings(const Trace& trace, const Tokenizer& tokenizer, int query, int count) {
    const Tensor<float>* logits = trace.recording.logits.get();
    if (!logits || logits->empty() || query < 0 || query >= logits->dimension(0) || count <= 0)
        return {};
    return bestReadings(logits->row(query), tokenizer, count);
}

std::vector<Reading> bestReadings(std::span<const float> row, const Tokenizer& tokenizer, int count) {
    const double largest = *std::max_element(row.begin(), row.end());
    const double sum = std::accumulate(row.begin(), row.end(), 0.0, [largest](double total, float logit) {
        return total + std::exp(static_cast<double>(logit) - largest);
    });

    std::vector<int> best(row.size());
    std::iota(best.begin(), best.end(), 0);
    const auto end = best.begin() + std::clamp<std::ptrdiff_t>(count, 0, std::ssize(best));
    std::partial_sort(best.begin(), end, best.end(), [row](int a, int b) {
        const float left = row[static_cast<size_t>(a)], right = row[static_cast<size_t>(b)];
        return left > right || (left == right && a < b);
    });
    std::vector<Reading> result;
    for (auto id = best.begin(); id != end; ++id) {
        const double logit = row[static_cast<size_t>(*id)];
        result.push_back({*id, std::string(tokenizer.piece(*id)), std::exp(logit - largest) / sum});
    }
    return result;
}

std::vector<RowKey> strongestKeys(const Trace& trace, const HeadAddress& head, int query) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || head.head < 0 || head.head >= site->weights.dimension(0) || query < 0 ||
        query >= site->weights.dimension(1))
        return {};
    const std::span<const float> weights = site->weights.row(head.head, query); // (m)
    // A trace made elsewhere may hold weights alone.
    const bool hasScores = site->scores.shape() == site->weights.shape();
    std::vector<RowKey> keys(weights.size());
    for (size_t key = 0; key < keys.size(); ++key)
        keys[key] = {static_cast<int>(key), weights[key],
                     hasScores ? std::optional(site->scores.row(head.head, query)[key]) : std::nullopt};
    std::stable_sort(keys.begin(), keys.end(),
                     [](const RowKey& a, const RowKey& b) { return a.weight > b.weight; });
    return keys;
}

double entropyBits(std::span<const float> weights) {
    double bits = 0;
    for (const float weight : weights)
        if (weight > 0)
            bits -= weight * std::log2(static_cast<double>(weight));
    return bits;
}

double sumOfWeights(std::span<const float> weights) {
    return std::accumulate(weights.begin(), weights.end(), 0.0);
}

} // namespace headlight
