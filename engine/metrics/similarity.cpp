#include "engine/metrics/similarity.h"

#include "engine/core/divergence.h"
#include "engine/core/errors.h"
#include "engine/core/matrix.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

namespace headlight {

namespace {
double sumOf(std::span<const float> row) {
    double sum = 0;
    for (const float weight : row)
        sum += static_cast<double>(weight);
    return sum;
}
} // namespace

std::optional<double> rowDivergence(std::span<const float> a, std::span<const float> b) {
    const double sumA = sumOf(a), sumB = sumOf(b);
    if (a.size() != b.size() || sumA <= 0 || sumB <= 0)
        return std::nullopt;
    double divergence = 0;
    for (size_t key = 0; key < a.size(); ++key) {
        const double p = static_cast<double>(a[key]) / sumA, q = static_cast<double>(b[key]) / sumB;
        divergence += divergencePart(p, q);
    }
    return std::clamp(divergence, 0.0, 1.0);
}

double distanceOf(double divergence) {
    return std::sqrt(std::max(divergence, 0.0));
}

HeadDivergence divergenceOf(const HeadPattern& a, const HeadPattern& b) {
    if (a.queries() != b.queries() || a.keys() != b.keys())
        throw RequestError("Two heads can be compared over as many tokens only: one has " +
                           std::to_string(a.queries()) + " queries and " + std::to_string(a.keys()) +
                           " keys, the other " + std::to_string(b.queries()) + " and " +
                           std::to_string(b.keys()) + ".");
    HeadDivergence result;
    double sum = 0;
    int counted = 0;
    for (int query = 0; query < a.queries(); ++query) {
        result.rows.push_back(rowDivergence(a.row(query), b.row(query)));
        if (result.rows.back()) {
            sum += *result.rows.back();
            ++counted;
        }
    }
    if (counted > 0)
        result.mean = sum / counted;
    return result;
}

std::optional<HeadDistance> nearestHead(const Trace& trace, const HeadAddress& head) {
    const std::optional<HeadPattern> own = HeadPattern::of(trace, head);
    if (!own)
        return std::nullopt;
    std::optional<HeadDistance> best;
    for (const HeadAddress& address : headsOf(trace)) {
        if (address.stack != head.stack || address == head)
            continue;
        const HeadPattern other = *HeadPattern::of(trace, address);
        if (other.queries() != own->queries() || other.keys() != own->keys())
            continue;
        const std::optional<double> bits = divergenceOf(*own, other).mean;
        if (bits && (!best || *bits < best->bits))
            best = HeadDistance{address, *bits};
    }
    return best;
}

namespace {
/// x log2(x) for 0 <= x <= 1, to about 1e-7; 0 for 0. Written so that the compiler can do many at a time: x =
/// 2^e f with f in [0.71, 1.42), log2(f) by the series of 2 artanh((f - 1) / (f + 1)). What is added to x
/// leaves no branch for 0.
inline float timesLog2(float x) {
    constexpr int32_t mantissa = 0x007FFFFF, root = 0x3F3504F3; // sqrt(1/2)
    constexpr auto scale = static_cast<float>(2 / std::numbers::ln2);
    const int32_t shifted = std::bit_cast<int32_t>(x + std::numeric_limits<float>::min()) - root;
    const auto exponent = static_cast<float>(shifted >> 23);
    const auto fraction = std::bit_cast<float>((shifted & mantissa) + root);
    const float t = (fraction - 1) / (fraction + 1);
    const float s = t * t;
    const float series = scale + s * (scale / 3 + s * (scale / 5 + s * (scale / 7)));
    return x * (exponent + t * series);
}

/// The sum of `cell(i)` for i < count. Cells are computed block by block into a buffer, a loop without a sum,
/// which the compiler turns into vector instructions; sums are in float within a block, in double beyond.
template <class Cell>
inline double sumOver(size_t count, Cell cell) {
    constexpr size_t block = 512;
    alignas(64) std::array<float, block> buffer;
    double total = 0;
    for (size_t begin = 0; begin < count; begin += block) {
        const size_t length = std::min(block, count - begin);
        for (size_t i = 0; i < length; ++i)
            buffer[i] = cell(begin + i);
        const Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64> cells(buffer.data(),
                                                                       static_cast<Index>(length));
        total += static_cast<double>(cells.sum());
    }
    return total;
}

double negatedEntropy(const float* p, size_t count) {
    return sumOver(count, [p](size_t i) { return timesLog2(p[i]); });
}
double negatedEntropyOfMean(const float* p, const float* q, size_t count) {
    return sumOver(count, [p, q](size_t i) { return timesLog2(0.5F * (p[i] + q[i])); });
}

/// The rows of one head, scaled to sum 1, one after another; rows that look at nothing are zeros.
struct Rows {
    const float* weights = nullptr;
    std::vector<float> scaled; // where a row had another sum
    std::vector<bool> looks;
    bool allLook = true;
    std::vector<double> negatedEntropies; // of each row
    double wholeNegatedEntropy = 0;       // of all of them, added up as it is for a pair of heads
};

Rows rowsOf(const HeadPattern& pattern, size_t queries, size_t keys) {
    constexpr double rounding = 1e-4; // of a softmax in float
    Rows rows;
    rows.weights = pattern.row(0).data();
    for (size_t query = 0; query < queries; ++query) {
        const double sum = sumOf(pattern.row(static_cast<int>(query)));
        rows.looks.push_back(sum > 0);
        rows.allLook = rows.allLook && sum > 0;
        if (sum <= 0 || std::abs(sum - 1) <= rounding)
            continue;
        if (rows.scaled.empty()) {
            rows.scaled.assign(rows.weights, rows.weights + queries * keys);
            rows.weights = rows.scaled.data();
        }
        for (size_t key = 0; key < keys; ++key)
            rows.scaled[query * keys + key] =
                static_cast<float>(static_cast<double>(rows.scaled[query * keys + key]) / sum);
    }
    for (size_t query = 0; query < queries; ++query)
        rows.negatedEntropies.push_back(negatedEntropy(rows.weights + query * keys, keys));
    rows.wholeNegatedEntropy = negatedEntropy(rows.weights, queries * keys);
    return rows;
}

/// JS(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2, mean over the rows where both look at something.
float meanDivergence(const Rows& a, const Rows& b, size_t queries, size_t keys) {
    double sum = 0;
    size_t counted = 0;
    if (a.allLook && b.allLook) {
        counted = queries;
        sum = (a.wholeNegatedEntropy + b.wholeNegatedEntropy) / 2 -
              negatedEntropyOfMean(a.weights, b.weights, queries * keys);
    } else {
        for (size_t query = 0; query < queries; ++query) {
            if (!a.looks[query] || !b.looks[query])
                continue;
            ++counted;
            const size_t at = query * keys;
            sum += (a.negatedEntropies[query] + b.negatedEntropies[query]) / 2 -
                   negatedEntropyOfMean(a.weights + at, b.weights + at, keys);
        }
    }
    const double mean = counted > 0 ? sum / static_cast<double>(counted) : 0;
    return static_cast<float>(std::clamp(mean, 0.0, 1.0));
}
} // namespace

HeadSimilarity similarityOf(const Trace& trace, Stack stack, const JobControl& control) {
    HeadSimilarity result;
    std::vector<HeadPattern> patterns;
    for (const HeadAddress& head : headsOf(trace))
        if (head.stack == stack) {
            result.heads.push_back(head);
            patterns.push_back(*HeadPattern::of(trace, head));
        }
    if (patterns.empty())
        throw RequestError("This recording has no " + std::string(toString(stack)) + " heads to compare.");
    const int queries = patterns.front().queries(), keys = patterns.front().keys();
    for (const HeadPattern& pattern : patterns)
        if (pattern.queries() != queries || pattern.keys() != keys)
            throw RequestError(
                "The heads of this recording are not over the same tokens: " + toString(pattern.head()) +
                " has another shape than " + toString(patterns.front().head()) + ".");
    const auto n = static_cast<size_t>(queries), m = static_cast<size_t>(keys);
    std::vector<Rows> rows;
    for (const HeadPattern& pattern : patterns)
        rows.push_back(n * m > 0 ? rowsOf(pattern, n, m) : Rows());
    const auto heads = static_cast<int64_t>(patterns.size());
    result.divergence = Tensor<float>({heads, heads});
    for (int64_t a = 0; a < heads && n * m > 0; ++a) {
        control.stepAside();
        if (control.stop.stop_requested())
            throw Cancelled();
        for (int64_t b = a + 1; b < heads; ++b) {
            const float value =
                meanDivergence(rows[static_cast<size_t>(a)], rows[static_cast<size_t>(b)], n, m);
            result.divergence.at(a, b) = value;
            result.divergence.at(b, a) = value;
        }
    }
    return result;
}

Tensor<float> HeadSimilarity::distances() const {
    Tensor<float> result = divergence;
    for (float& each : result.values())
        each = std::sqrt(each);
    return result;
}

std::optional<HeadAddress> HeadSimilarity::mostSimilar(const HeadAddress& head) const {
    const auto found = std::find(heads.begin(), heads.end(), head);
    if (found == heads.end() || heads.size() < 2)
        return std::nullopt;
    const auto own = static_cast<size_t>(found - heads.begin());
    const std::span<const float> row = divergence.row(own);
    size_t nearest = own == 0 ? 1 : 0;
    for (size_t other = 0; other < heads.size(); ++other)
        if (other != own && row[other] < row[nearest])
            nearest = other;
    return heads[nearest];
}

void SimilarityMean::add(const Trace& trace) {
    const HeadSimilarity one = similarityOf(trace, m_stack);
    const std::span<const float> values = one.divergence.values();
    if (m_texts == 0) {
        m_heads = one.heads;
        m_sums.assign(values.size(), 0);
    }
    if (one.heads != m_heads)
        throw RequestError("Similarity is averaged over texts that one model read; this recording has " +
                           std::to_string(one.heads.size()) + " heads, those before it " +
                           std::to_string(m_heads.size()) + ".");
    for (size_t i = 0; i < values.size(); ++i)
        m_sums[i] += static_cast<double>(values[i]);
    ++m_texts;
}

HeadSimilarity SimilarityMean::mean() const {
    HeadSimilarity result;
    result.heads = m_heads;
    const auto heads = static_cast<int64_t>(m_heads.size());
    result.divergence = Tensor<float>({heads, heads});
    for (size_t i = 0; i < m_sums.size(); ++i)
        result.divergence.values()[i] = static_cast<float>(m_sums[i] / m_texts);
    return result;
}

} // namespace headlight
