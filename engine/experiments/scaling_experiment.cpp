#include "engine/experiments/scaling_experiment.h"

#include "engine/attention/normaliser.h"
#include "engine/attention/score_function.h"
#include "engine/core/random.h"
#include "engine/experiments/scaling_theory.h"
#include "engine/experiments/stopwatch.h"
#include "engine/ops/dropout.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace headlight {

namespace {
void check(int headWidth, const ScalingSettings& settings) {
    if (headWidth < 1 || headWidth > 4096)
        throw RequestError("d_k is " + std::to_string(headWidth) + "; choose 1 to 4096");
    if (settings.rows < 2 || settings.keys < 1 || settings.bins < 2)
        throw RequestError("the experiment needs at least 2 rows, 1 key and 2 bins");
    if (int64_t{settings.rows} * settings.keys > (int64_t{1} << 24) || settings.bins > 4096)
        throw RequestError("the experiment takes at most 16,777,216 scores and 4096 bins");
}

void fillNormal(Matrix<double>& matrix, Random& random) {
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = random.normal();
}

/// Mean over rows with its standard error.
MeasuredMean meanOf(const std::vector<double>& rows) {
    const double count = static_cast<double>(rows.size());
    double sum = 0, squares = 0;
    for (const double row : rows)
        sum += row;
    const double mean = sum / count;
    for (const double row : rows)
        squares += (row - mean) * (row - mean);
    return {mean, std::sqrt(squares / (count - 1) / count), 0};
}

/// The root of a mean of squares; its standard error by d sqrt(x) = dx / (2 sqrt(x)).
MeasuredMean rootOf(const MeasuredMean& square) {
    const double root = std::sqrt(std::max(0.0, square.value));
    return {root, root > 0 ? square.standardError / (2 * root) : 0, 0};
}

/// ||diag(w) - w w^T||^2 = sum w^2 (1 - w)^2 + sum over i != j of w_i^2 w_j^2
double jacobianSquare(const RowVector<double>& weights) {
    const double squares = weights.squaredNorm();
    const double fourths = weights.array().square().square().sum();
    return (weights.array() * (1 - weights.array())).square().sum() +
           std::max(0.0, squares * squares - fourths);
}

/// What the rows of one way to score have shown so far.
class Collector {
public:
    Collector(double factor, int headWidth, const ScalingSettings& settings)
        : m_score(factor), m_count(static_cast<double>(settings.rows) * settings.keys) {
        const double deviation = factor * std::sqrt(static_cast<double>(headWidth));
        m_statistics.factor = factor;
        m_statistics.lowest = -4 * deviation;
        m_statistics.binWidth = 8 * deviation / settings.bins;
        m_statistics.density.assign(static_cast<size_t>(settings.bins), 0);
    }

    /// query: (1, d), keys: (m, d)
    void add(const Matrix<double>& query, const Matrix<double>& keys) {
        Matrix<double> scores(1, keys.rows()), weights(1, keys.rows());
        m_score.scores(query, keys, scores);
        m_normaliser.weights(scores, weights);
        m_means.push_back(scores.mean());
        m_squares.push_back(scores.squaredNorm() / static_cast<double>(scores.size()));
        m_largest.push_back(weights.maxCoeff());
        m_jacobians.push_back(jacobianSquare(weights.row(0)));
        const double bins = static_cast<double>(m_statistics.density.size());
        for (Index j = 0; j < scores.size(); ++j) {
            const double bin = std::floor((scores(0, j) - m_statistics.lowest) / m_statistics.binWidth);
            if (bin >= 0 && bin < bins)
                m_statistics.density[static_cast<size_t>(bin)] += 1 / (m_count * m_statistics.binWidth);
            else
                m_statistics.outside += 1 / m_count;
        }
    }

    ScoreStatistics statistics(int headWidth, int keys) {
        ScoreStatistics& s = m_statistics;
        s.mean = meanOf(m_means);
        // Around the mean that theory gives, 0: a row's squares are then independent of other rows'.
        s.deviation = rootOf(meanOf(m_squares));
        s.deviation.theory = s.factor * std::sqrt(static_cast<double>(headWidth));
        const NormalSoftmax theory = dotProductSoftmax(headWidth, s.factor, keys);
        s.largestWeight = meanOf(m_largest);
        s.largestWeight.theory = theory.largestWeight;
        s.jacobianNorm = rootOf(meanOf(m_jacobians));
        std::sort(m_jacobians.begin(), m_jacobians.end());
        s.jacobianMedian = std::sqrt(medianOf(m_jacobians));
        s.jacobianNorm.theory = std::sqrt(theory.jacobianMeanSquare);
        const std::vector<ChiSquareNode> nodes = chiSquareNodes(headWidth);
        for (size_t bin = 0; bin < s.density.size(); ++bin) {
            const double from = s.lowest + static_cast<double>(bin) * s.binWidth;
            s.theoryDensity.push_back(dotProductProbability(nodes, s.factor, from, from + s.binWidth) /
                                      s.binWidth);
        }
        return s;
    }

private:
    DotProduct<double> m_score;
    Softmax<double> m_normaliser;
    double m_count;
    ScoreStatistics m_statistics;
    std::vector<double> m_means, m_squares, m_largest, m_jacobians; // one a row
};
} // namespace

std::vector<int> scalingWidths() {
    std::vector<int> widths;
    for (int width = 1; width <= 1024; width *= 2)
        widths.push_back(width);
    return widths;
}

ScalingPoint scalingPoint(int headWidth, const ScalingSettings& settings, const JobControl& control) {
    check(headWidth, settings);
    Random random(dropoutStream(settings.seed, static_cast<uint64_t>(headWidth)));
    Collector unscaled(1, headWidth, settings);
    Collector scaled(1 / std::sqrt(static_cast<double>(headWidth)), headWidth, settings);
    Matrix<double> query(1, headWidth), keys(settings.keys, headWidth);
    for (int row = 0; row < settings.rows; ++row) {
        pauseOf(control);
        fillNormal(query, random);
        fillNormal(keys, random);
        unscaled.add(query, keys);
        scaled.add(query, keys);
    }
    pauseOf(control);
    ScalingPoint point{headWidth, unscaled.statistics(headWidth, settings.keys), {}};
    pauseOf(control);
    point.scaled = scaled.statistics(headWidth, settings.keys);
    return point;
}

std::vector<ScalingPoint> scalingExperiment(const ScalingSettings& settings, const JobControl& control,
                                            const std::function<void(const ScalingPoint&)>& finished) {
    std::vector<ScalingPoint> points;
    const std::vector<int> widths = scalingWidths();
    for (const int width : widths) {
        points.push_back(scalingPoint(width, settings, control));
        finished(points.back());
        control.report({static_cast<double>(points.size()) / static_cast<double>(widths.size()), -1,
                        "d_k = " + std::to_string(width)});
    }
    return points;
}

} // namespace headlight
