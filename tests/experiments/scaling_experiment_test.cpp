#include "engine/core/errors.h"
#include "engine/experiments/scaling_experiment.h"
#include "engine/experiments/scaling_theory.h"

#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace headlight;

namespace {
/// How many of its standard errors a measured mean lies from theory. The quadrature may be off by 0.1 %.
double distance(const MeasuredMean& mean) {
    const double allowed = std::hypot(mean.standardError, 1e-3 * mean.theory);
    return allowed > 0 ? std::abs(mean.value - mean.theory) / allowed
                       : (mean.value == mean.theory ? 0 : INFINITY);
}

/// Scores of one row share |q|: how much a bin's share varies from row to row for that reason.
double shareVariance(int width, const ScoreStatistics& s, size_t bin) {
    const double from = s.lowest + static_cast<double>(bin) * s.binWidth;
    double mean = 0, square = 0;
    for (const ChiSquareNode& node : chiSquareNodes(width)) {
        const double share = dotProductProbability({{node.value, 1}}, s.factor, from, from + s.binWidth);
        mean += node.probability * share;
        square += node.probability * share * share;
    }
    return std::max(0.0, square - mean * mean);
}

double normalDensity(double x, double deviation) {
    return std::exp(-x * x / (2 * deviation * deviation)) / (deviation * std::sqrt(2 * std::numbers::pi));
}
} // namespace

class ScalingExperimentTest : public QObject {
    Q_OBJECT
private slots:
    void widthsDoubleTo1024();
    void measurementAgreesWithTheory_data();
    void measurementAgreesWithTheory();
    void aWrongTheoryIsFound();
    void histogramIsADensity();
    void theoryOfTwoKeys();
    void theoryAtItsEnds();
    void densityOfOneComponent();
    void chiSquareHasItsMoments();
    void scalingKeepsTheGradient();
    void sameSeedSameBits();
    void cancels();
    void badSettingsAreRefused();
};

void ScalingExperimentTest::widthsDoubleTo1024() {
    QCOMPARE(scalingWidths(), (std::vector<int>{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}));
}

void ScalingExperimentTest::measurementAgreesWithTheory_data() {
    QTest::addColumn<int>("width");
    for (const int width : {1, 2, 8, 64, 256})
        QTest::addRow("d_k = %d", width) << width;
}

void ScalingExperimentTest::measurementAgreesWithTheory() {
    QFETCH(int, width);
    ScalingSettings settings;
    settings.rows = 400;
    const ScalingPoint point = scalingPoint(width, settings);
    QCOMPARE(point.headWidth, width);
    for (const ScoreStatistics* s : {&point.unscaled, &point.scaled}) {
        QVERIFY(s->mean.theory == 0);
        QCOMPARE(s->deviation.theory, s->factor * std::sqrt(static_cast<double>(width)));
        const double count = static_cast<double>(settings.rows) * settings.keys;
        // Scores of one row are uncorrelated: the error of their mean is sigma / sqrt(count).
        QVERIFY(std::abs(s->mean.value) < 5 * s->deviation.theory / std::sqrt(count));
        const auto check = [&](const char* name, const MeasuredMean& mean) {
            QVERIFY2(distance(mean) < 5, qPrintable(QString("%1: %2 +- %3, theory %4")
                                                        .arg(name)
                                                        .arg(mean.value)
                                                        .arg(mean.standardError)
                                                        .arg(mean.theory)));
            // The error is that of a sample of this size, not a blank cheque.
            QVERIFY(mean.standardError < 0.25 * mean.theory);
        };
        check("deviation", s->deviation);
        check("largest weight", s->largestWeight);
        check("Jacobian", s->jacobianNorm);
        for (size_t bin = 0; bin < s->density.size(); ++bin) {
            const double share = s->density[bin] * s->binWidth,
                         expected = s->theoryDensity[bin] * s->binWidth;
            const double error = std::sqrt(expected / count + shareVariance(width, *s, bin) / settings.rows);
            QVERIFY2(
                std::abs(share - expected) < 5 * error + 2 / count,
                qPrintable(
                    QString("bin %1: %2 +- %3, theory %4").arg(bin).arg(share).arg(error).arg(expected)));
        }
    }
}

void ScalingExperimentTest::aWrongTheoryIsFound() {
    ScalingPoint point = scalingPoint(16);
    point.unscaled.deviation.theory = 1;
    QVERIFY(distance(point.unscaled.deviation) > 50);
    point.scaled.largestWeight.theory *= 1.2;
    QVERIFY(distance(point.scaled.largestWeight) > 5);
    point.scaled.jacobianNorm.theory *= 1.2;
    QVERIFY(distance(point.scaled.jacobianNorm) > 5);
}

void ScalingExperimentTest::histogramIsADensity() {
    const ScalingPoint point = scalingPoint(32);
    for (const ScoreStatistics* s : {&point.unscaled, &point.scaled}) {
        const double inside = std::accumulate(s->density.begin(), s->density.end(), 0.0) * s->binWidth;
        QVERIFY(std::abs(inside + s->outside - 1) < 1e-9);
        QVERIFY(s->outside < 0.01);
        QCOMPARE(s->density.size(), size_t{61});
        QCOMPARE(s->theoryDensity.size(), size_t{61});
        QVERIFY(std::abs(s->lowest + 30.5 * s->binWidth) < 1e-9); // symmetric
    }
    // The same scores, on another axis.
    QVERIFY(std::abs(point.unscaled.deviation.value / point.scaled.deviation.value - std::sqrt(32.0)) < 1e-9);
}

void ScalingExperimentTest::theoryOfTwoKeys() {
    // Two keys: the larger weight is 1 / (1 + e^-|x|) with x of N(0, 2 sigma^2), the Jacobian's norm 2 w (1 -
    // w).
    for (const double sigma : {0.01, 0.3, 1.0, 4.0, 30.0}) {
        const double deviation = std::numbers::sqrt2 * sigma, step = deviation / 4000;
        double largest = 0, square = 0;
        for (double x = -8 * deviation; x < 8 * deviation; x += step) {
            const double weight = 1 / (1 + std::exp(-std::abs(x)));
            largest += step * normalDensity(x, deviation) * weight;
            square += step * normalDensity(x, deviation) * 4 * std::pow(weight * (1 - weight), 2);
        }
        const NormalSoftmax theory = normalSoftmax(sigma, 2);
        QVERIFY2(std::abs(theory.largestWeight / largest - 1) < 1e-3,
                 qPrintable(QString("sigma %1: %2, %3").arg(sigma).arg(theory.largestWeight).arg(largest)));
        QVERIFY2(
            std::abs(theory.jacobianMeanSquare / square - 1) < 1e-3,
            qPrintable(QString("sigma %1: %2, %3").arg(sigma).arg(theory.jacobianMeanSquare).arg(square)));
    }
}

void ScalingExperimentTest::theoryAtItsEnds() {
    // Equal scores: every weight 1/m, the squared norm (m - 1) / m^2. Far apart: one key takes all.
    for (const int keys : {2, 64, 500}) {
        const NormalSoftmax equal = normalSoftmax(1e-4, keys), apart = normalSoftmax(2000, keys);
        QVERIFY(std::abs(equal.largestWeight * keys - 1) < 2e-3);
        QVERIFY(std::abs(equal.jacobianMeanSquare * keys * keys / (keys - 1) - 1) < 1e-3);
        QVERIFY(apart.largestWeight > 0.98 && apart.largestWeight < 1.001);
        QVERIFY(apart.jacobianMeanSquare < 0.01);
    }
    const NormalSoftmax alone = normalSoftmax(1, 1);
    QVERIFY(std::abs(alone.largestWeight - 1) < 1e-3);
    QVERIFY(alone.jacobianMeanSquare < 1e-9);
}

void ScalingExperimentTest::densityOfOneComponent() {
    // d_k = 1: the product of two normal variables has the density K_0(|s|) / pi.
    const std::vector<ChiSquareNode> nodes = chiSquareNodes(1);
    for (const double from : {0.2, 0.5, 1.0, 2.5}) {
        constexpr int steps = 2000;
        const double to = from + 0.25;
        double expected = 0;
        for (int i = 0; i < steps; ++i)
            expected += std::cyl_bessel_k(0.0, from + (i + 0.5) * (to - from) / steps) / std::numbers::pi *
                        (to - from) / steps;
        QVERIFY(std::abs(dotProductProbability(nodes, 1, from, to) / expected - 1) < 1e-4);
        QVERIFY(std::abs(dotProductProbability(nodes, 3, 3 * from, 3 * to) / expected - 1) < 1e-4);
    }
}

void ScalingExperimentTest::chiSquareHasItsMoments() {
    for (const int degrees : {1, 2, 3, 64, 1024}) {
        double sum = 0, mean = 0, variance = 0;
        for (const ChiSquareNode& node : chiSquareNodes(degrees)) {
            sum += node.probability;
            mean += node.probability * node.value;
            variance += node.probability * std::pow(node.value - degrees, 2);
        }
        QVERIFY(std::abs(sum - 1) < 1e-12);
        QVERIFY(std::abs(mean / degrees - 1) < 1e-3);
        QVERIFY(std::abs(variance / (2 * degrees) - 1) < 1e-3);
    }
}

void ScalingExperimentTest::scalingKeepsTheGradient() {
    // What the experiment is to show: without the factor, the gradient dies and one key takes nearly all.
    const ScalingPoint narrow = scalingPoint(4), wide = scalingPoint(1024);
    QVERIFY(wide.unscaled.largestWeight.value > 0.9);
    QVERIFY(wide.unscaled.jacobianNorm.value < narrow.unscaled.jacobianNorm.value);
    QVERIFY(wide.unscaled.jacobianMedian < 0.01); // of the usual row nearly nothing is left
    QVERIFY(wide.scaled.jacobianMedian > 0.15);
    QVERIFY(wide.scaled.largestWeight.value < 0.2);
    QVERIFY(std::abs(wide.scaled.deviation.value - 1) < 0.05);
    QVERIFY(std::abs(wide.unscaled.deviation.value - 32) < 1.5);
}

void ScalingExperimentTest::sameSeedSameBits() {
    ScalingSettings settings, other;
    other.seed = 2;
    const ScalingPoint first = scalingPoint(16, settings);
    scalingPoint(2, settings);
    const ScalingPoint again = scalingPoint(16, settings), different = scalingPoint(16, other);
    QVERIFY(first.unscaled.density == again.unscaled.density);
    QVERIFY(first.scaled.largestWeight.value == again.scaled.largestWeight.value);
    QVERIFY(first.scaled.jacobianNorm.value == again.scaled.jacobianNorm.value);
    QVERIFY(first.scaled.largestWeight.value != different.scaled.largestWeight.value);
}

void ScalingExperimentTest::cancels() {
    ScalingSettings settings;
    settings.rows = 20;
    std::stop_source source;
    JobControl control;
    control.stop = source.get_token();
    std::vector<int> done;
    double last = 0;
    control.report = [&](const Progress& progress) {
        QVERIFY(progress.fraction > last);
        last = progress.fraction;
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, scalingExperiment(settings, control, [&](const ScalingPoint& point) {
                                 done.push_back(point.headWidth);
                                 if (done.size() == 3)
                                     source.request_stop();
                             }));
    QCOMPARE(done, (std::vector<int>{1, 2, 4}));
    int steps = 0;
    JobControl inside;
    std::stop_source second;
    inside.stop = second.get_token();
    inside.stepAside = [&] {
        if (++steps == 7)
            second.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, scalingPoint(8, settings, inside));
    QCOMPARE(steps, 7);
}

void ScalingExperimentTest::badSettingsAreRefused() {
    QVERIFY_THROWS_EXCEPTION(RequestError, scalingPoint(0));
    QVERIFY_THROWS_EXCEPTION(RequestError, scalingPoint(1 << 20));
    ScalingSettings settings;
    settings.rows = 1;
    QVERIFY_THROWS_EXCEPTION(RequestError, scalingPoint(4, settings));
    settings = {};
    settings.keys = 1 << 30;
    QVERIFY_THROWS_EXCEPTION(RequestError, scalingPoint(4, settings));
    settings = {};
    settings.bins = 0;
    QVERIFY_THROWS_EXCEPTION(RequestError, scalingPoint(4, settings));
}

QTEST_APPLESS_MAIN(ScalingExperimentTest)
#include "scaling_experiment_test.moc"
