#include "engine/experiments/mechanism_bench.h"

#include "engine/core/tensor_view.h"
#include "engine/experiments/mechanism_table.h"
#include "engine/experiments/stopwatch.h"
#include "engine/explain/readings.h"
#include "engine/ops/mask.h"

#include <cmath>
#include <limits>
#include <optional>

namespace headlight {

namespace {
/// Seconds that the repeated calls of one score function or one normaliser may take together.
constexpr double timingBudget = 0.1;

/// One head of a recorded site.
struct RecordedHead {
    const SiteRecord& site;
    Index head, keyHead;

    Eigen::Map<const Matrix<float>> queries() const { return matrixOf(site.queries, head); }
    Eigen::Map<const Matrix<float>> keys() const { return matrixOf(site.keys, keyHead); }
    Eigen::Map<const Matrix<float>> values() const { return matrixOf(site.values, keyHead); }
    Eigen::Map<const Matrix<float>> scores() const { return matrixOf(site.scores, head); }
    Eigen::Map<const Matrix<float>> weights() const { return matrixOf(site.weights, head); }
};

std::optional<RecordedHead> recordedHead(const Trace& trace, const HeadAddress& address) {
    const SiteRecord* site = trace.site(address.stack, address.layer);
    if (!site || address.head < 0 || site->weights.empty() || address.head >= site->weights.dimension(0))
        return std::nullopt;
    const auto threeDimensions = [](const Tensor<float>& tensor) {
        return tensor.shape().size() == 3 && !tensor.empty();
    };
    if (!threeDimensions(site->queries) || !threeDimensions(site->keys) || !threeDimensions(site->values) ||
        !threeDimensions(site->scores))
        return std::nullopt;
    // In grouped-query models several heads share one key head.
    const Index heads = site->queries.dimension(0), keyHeads = site->keys.dimension(0);
    return RecordedHead{*site, address.head, address.head * keyHeads / heads};
}

void check(const BenchSettings& settings) {
    if (settings.innerWidth < 0 || settings.innerWidth > 4096)
        throw RequestError("the inner width is " + std::to_string(settings.innerWidth) +
                           "; choose 1 to 4096, or 0 for that of the head");
    if (settings.localHalfWidth < 0)
        throw RequestError("the local window has a half-width of " + std::to_string(settings.localHalfWidth) +
                           "; choose 0 or more");
    if (settings.repeats < 0 || settings.repeats > 10000)
        throw RequestError("the bench is to time " + std::to_string(settings.repeats) +
                           " calls; choose 0 to 10000");
}

std::vector<float> rowOf(const Matrix<float>& matrix, Index row) {
    const RowVector<float> cells = matrix.row(row);
    return {cells.data(), cells.data() + cells.size()};
}

bool equalsRow(const std::vector<float>& cells, const Eigen::Map<const Matrix<float>>& recorded, Index row) {
    for (Index j = 0; j < recorded.cols(); ++j)
        if (cells[static_cast<size_t>(j)] != recorded(row, j))
            return false;
    return true;
}

/// L2 length of dL/dscores in one row, for L = u . context, u = (1, ..., 1) / sqrt(d).
double gradientLength(const Normaliser<float>& normaliser, const Matrix<float>& weights, Index row,
                      const Eigen::Map<const Matrix<float>>& values) {
    const float component = 1 / std::sqrt(static_cast<float>(values.cols()));
    Matrix<float> gradWeights(1, values.rows()), gradScores(1, values.rows());
    gradWeights.row(0) = component * values.rowwise().sum().transpose(); // V u
    normaliser.backward(weights.middleRows(row, 1), gradWeights, gradScores);
    return gradScores.cast<double>().norm();
}
} // namespace

bool hasVectors(const Trace& trace, const HeadAddress& head) {
    return recordedHead(trace, head).has_value();
}

BenchResult mechanismBench(const Trace& trace, const HeadAddress& address, int query,
                           const BenchSettings& settings, const JobControl& control) {
    check(settings);
    const std::optional<RecordedHead> found = recordedHead(trace, address);
    if (!found)
        throw RequestError("there are no queries, keys and values of " + toString(address) +
                           " in this recording; record the text again with vectors");
    const RecordedHead& recorded = *found;
    const Index n = recorded.queries().rows(), m = recorded.keys().rows(), d = recorded.queries().cols();
    if (query < 0 || query >= n)
        throw RequestError("there is no query " + std::to_string(query) + ": " + toString(address) +
                           " has the queries 0 to " + std::to_string(n - 1));

    BenchResult result{address,  query, static_cast<int>(n), static_cast<int>(m), static_cast<int>(d),
                       settings, {}};
    const Index innerWidth = settings.innerWidth > 0 ? settings.innerWidth : d;
    const Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> masked =
        recorded.scores().array() == -std::numeric_limits<float>::infinity(); // (n, m)
    const size_t all = scoreTable().size() * normaliserTable().size();

    for (size_t s = 0; s < scoreTable().size(); ++s) {
        const ScoreEntry& scoreEntry = scoreTable()[s];
        const std::unique_ptr<ScoreFunction<float>> score = scoreEntry.make(d, innerWidth, settings.seed);
        Matrix<float> raw(n, m);
        const auto scoreAll = [&] {
            score->scores(recorded.queries(), recorded.keys(), raw);
            raw = masked.select(-std::numeric_limits<float>::infinity(), raw);
        };
        scoreAll();
        double scoreSeconds = 0;
        if (settings.repeats > 0)
            scoreSeconds = medianOf(timedCalls(settings.repeats, timingBudget, control, scoreAll));

        for (size_t k = 0; k < normaliserTable().size(); ++k) {
            pauseOf(control);
            const NormaliserEntry& normaliserEntry = normaliserTable()[k];
            const std::unique_ptr<Normaliser<float>> normaliser = normaliserEntry.make();
            Matrix<float> scores(n, m), weights(n, m);
            const auto normaliseAll = [&] {
                scores = raw;
                if (normaliserEntry.window)
                    applyLocalWindow<float>(settings.localHalfWidth, 0, scores);
                normaliser->weights(scores, weights);
            };
            normaliseAll();

            BenchRow row;
            row.scoreFunction = static_cast<int>(s);
            row.normaliser = static_cast<int>(k);
            row.untrained = scoreEntry.info.parameters;
            row.seed = row.untrained ? settings.seed : 0;
            row.scores = rowOf(scores, query);
            row.weights = rowOf(weights, query);
            row.entropy = entropyBits(row.weights);
            row.recorded = equalsRow(row.scores, recorded.scores(), query) &&
                           equalsRow(row.weights, recorded.weights(), query);
            row.multiplyAdds = score->multiplyAdds(n, m, d);
            row.parameterCount = score->parameterCount();
            row.gradientNorm = gradientLength(*normaliser, weights, query, recorded.values());
            row.differentiable = normaliser->differentiable();
            if (settings.repeats > 0)
                row.seconds = scoreSeconds +
                              medianOf(timedCalls(settings.repeats, timingBudget, control, normaliseAll));
            result.rows.push_back(std::move(row));
            const double done = static_cast<double>(result.rows.size());
            control.report({done / static_cast<double>(all), -1,
                            scoreEntry.info.name + ", " + normaliserEntry.info.name});
        }
    }
    return result;
}

} // namespace headlight
