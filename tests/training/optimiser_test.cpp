#include "engine/core/random.h"
#include "engine/training/optimiser.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace headlight;

namespace {
/// AdamW for one number, written out from the paper.
struct ScalarAdamW {
    double beta1, beta2, eps, decay;
    double m = 0, v = 0;
    int t = 0;
    double step(double p, double g, double rate) {
        ++t;
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        const double mHat = m / (1 - std::pow(beta1, t));
        const double vHat = v / (1 - std::pow(beta2, t));
        return p - rate * (mHat / (std::sqrt(vHat) + eps) + decay * p);
    }
};

template <class T>
Parameter<T> parameter(const std::string& name, Index rows, Index columns, bool decay, Random& random) {
    Parameter<T> result{name, Matrix<T>(rows, columns), {rows, columns}, 0, decay};
    for (Index i = 0; i < result.value.size(); ++i)
        result.value.data()[i] = static_cast<T>(2 * random.uniform() - 1);
    return result;
}

/// Largest difference from the scalar reference over some steps, relative to 1.
template <class T>
double differenceFromReference(double referenceDecay) {
    Random random(5);
    const typename AdamW<T>::Constants constants{0.9, 0.95, 1e-8, 0.1};
    std::vector<Parameter<T>> owned{parameter<T>("a", 3, 5, true, random),
                                    parameter<T>("b", 1, 7, false, random)};
    AdamW<T> optimiser({&owned[0], &owned[1]}, constants);
    std::vector<std::vector<double>> values(2);
    std::vector<std::vector<ScalarAdamW>> references(2);
    for (size_t i = 0; i < 2; ++i)
        for (Index j = 0; j < owned[i].value.size(); ++j) {
            values[i].push_back(static_cast<double>(owned[i].value.data()[j]));
            references[i].push_back(
                {constants.beta1, constants.beta2, constants.eps, i == 0 ? referenceDecay : 0.0});
        }
    for (int step = 0; step < 20; ++step) {
        const double rate = 0.01 * (step + 1);
        Gradients<T> gradients;
        for (size_t i = 0; i < 2; ++i) {
            Matrix<T> gradient(owned[i].value.rows(), owned[i].value.cols());
            for (Index j = 0; j < gradient.size(); ++j) {
                gradient.data()[j] = static_cast<T>(2 * random.uniform() - 1);
                const auto at = static_cast<size_t>(j);
                values[i][at] =
                    references[i][at].step(values[i][at], static_cast<double>(gradient.data()[j]), rate);
            }
            gradients.push_back(std::move(gradient));
        }
        optimiser.step(gradients, rate);
    }
    double worst = 0;
    for (size_t i = 0; i < 2; ++i)
        for (Index j = 0; j < owned[i].value.size(); ++j)
            worst = std::max(worst, std::abs(static_cast<double>(owned[i].value.data()[j]) -
                                             values[i][static_cast<size_t>(j)]));
    return worst;
}
} // namespace

class OptimiserTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheScalarReference() {
        QVERIFY2(differenceFromReference<double>(0.1) < 1e-13, "double");
        QVERIFY2(differenceFromReference<float>(0.1) < 1e-5, "float");
        // The comparison can fail: another decay is seen.
        QVERIFY(differenceFromReference<double>(0.11) > 1e-4);
    }

    /// With a constant gradient both moments are exact, so every step is rate x sign(g).
    void constantGradientMovesByTheRate() {
        Random random(1);
        Parameter<double> p = parameter<double>("p", 1, 2, true, random);
        p.value << 1, 1;
        AdamW<double> optimiser({&p}, {0.9, 0.98, 0, 0});
        Gradients<double> gradients{Matrix<double>(1, 2)};
        gradients[0] << 0.3, -40;
        for (int step = 1; step <= 10; ++step) {
            optimiser.step(gradients, 0.01);
            QVERIFY(std::abs(p.value(0, 0) - (1 - 0.01 * step)) < 1e-12);
            QVERIFY(std::abs(p.value(0, 1) - (1 + 0.01 * step)) < 1e-12);
        }
        QCOMPARE(optimiser.steps(), 10);
    }

    /// Without gradients decay alone is left: p = p0 (1 - rate decay)^steps.
    void decayIsDecoupled() {
        Random random(1);
        Parameter<double> decaying = parameter<double>("w", 1, 1, true, random);
        Parameter<double> bias = parameter<double>("b", 1, 1, false, random);
        decaying.value(0, 0) = bias.value(0, 0) = 2;
        AdamW<double> optimiser({&decaying, &bias}, {0.9, 0.98, 1e-8, 0.5});
        const Gradients<double> none{Matrix<double>::Zero(1, 1), Matrix<double>::Zero(1, 1)};
        for (int step = 0; step < 4; ++step)
            optimiser.step(none, 0.1);
        QVERIFY(std::abs(decaying.value(0, 0) - 2 * std::pow(0.95, 4)) < 1e-12);
        QCOMPARE(bias.value(0, 0), 2.0);
    }

    void clippingKeepsTheDirection() {
        Gradients<double> gradients{Matrix<double>(1, 2), Matrix<double>(1, 1)};
        gradients[0] << 3, 0;
        gradients[1] << 4;
        QCOMPARE(globalNorm<double>(gradients), 5.0);
        QCOMPARE(clipGlobalNorm<double>(gradients, 10), 5.0);
        QCOMPARE(gradients[1](0, 0), 4.0);
        QCOMPARE(clipGlobalNorm<double>(gradients, 1), 5.0);
        QVERIFY(std::abs(globalNorm<double>(gradients) - 1) < 1e-15);
        QVERIFY(std::abs(gradients[0](0, 0) - 0.6) < 1e-15);
        QVERIFY(std::abs(gradients[1](0, 0) - 0.8) < 1e-15);
    }

    void scheduleRisesAndFalls() {
        LearningRateSchedule linear{2.0, 4, 12, 0.25, LearningRateSchedule::Decay::linear};
        QCOMPARE(linear.rate(0), 0.5);
        QCOMPARE(linear.rate(3), 2.0);
        QCOMPARE(linear.rate(7), 2.0 * (0.25 + 0.75 * 0.5));
        QCOMPARE(linear.rate(11), 0.5);
        QCOMPARE(linear.rate(100), 0.5);
        LearningRateSchedule cosine{1.0, 0, 10, 0, LearningRateSchedule::Decay::cosine};
        for (int64_t step = 0; step < 10; ++step)
            QVERIFY(std::abs(cosine.rate(step) -
                             0.5 * (1 + std::cos(std::numbers::pi * static_cast<double>(step + 1) / 10))) <
                    1e-15);
    }
};

QTEST_APPLESS_MAIN(OptimiserTest)
#include "optimiser_test.moc"
