#include "engine/attention/hard_normaliser.h"
#include "engine/attention/sparsemax.h"
#include "engine/attention/temperature_softmax.h"
#include "engine/core/errors.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <limits>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr double masked = -std::numeric_limits<double>::infinity();
using Kind = std::unique_ptr<Normaliser<double>>;

std::vector<Kind> all() {
    std::vector<Kind> kinds;
    kinds.push_back(std::make_unique<Softmax<double>>());
    kinds.push_back(std::make_unique<TemperatureSoftmax<double>>(0.3));
    kinds.push_back(std::make_unique<TemperatureSoftmax<double>>(4));
    kinds.push_back(std::make_unique<Sparsemax<double>>());
    kinds.push_back(std::make_unique<Hard<double>>());
    kinds.push_back(std::make_unique<SampledHard<double>>(7));
    return kinds;
}

/// The nearest point of the simplex to s, by trying every set of keys that may have weight: on such a set the
/// nearest point of the plane sum = 1 is s - (sum s - 1) / size; of those without a negative weight, the
/// nearest.
RowVector<double> nearestBySearch(const RowVector<double>& s) {
    RowVector<double> best;
    double least = std::numeric_limits<double>::infinity();
    for (unsigned set = 1; set < (1U << s.size()); ++set) {
        double sum = 0, count = 0;
        for (Index j = 0; j < s.size(); ++j)
            if (set >> j & 1U) {
                sum += s(j);
                ++count;
            }
        RowVector<double> point = RowVector<double>::Zero(s.size());
        for (Index j = 0; j < s.size(); ++j)
            if (set >> j & 1U)
                point(j) = s(j) - (sum - 1) / count;
        if (point.minCoeff() >= 0 && (point - s).squaredNorm() < least) {
            least = (point - s).squaredNorm();
            best = point;
        }
    }
    return best;
}
} // namespace

class NormalisersTest : public QObject {
    Q_OBJECT
private slots:
    void rowsSumToOneAndMaskedCellsAreZero();
    void wholeRowMaskedGivesZeros();
    void aRowWithNaNIsNaN();
    void weightsMayBeScores();
    void sparsemaxIsTheNearestPoint();
    void sparsemaxOfLargeScores();
    void gradientsAgreeWithDifferences();
    void hardTakesTheFirstOfEqualScores();
    void hardHasNoGradient();
    void drawsFollowTheSoftmax();
    void drawsAreRepeatable();
    void temperatureOneIsTheSoftmax();
    void temperaturesThatAreNone();
};

void NormalisersTest::rowsSumToOneAndMaskedCellsAreZero() {
    Matrix<double> scores = randomMatrix<double>(40, 9, 1) * 3;
    for (Index i = 0; i < scores.rows(); ++i)
        scores(i, i % 9) = masked;
    for (const Kind& kind : all()) {
        Matrix<double> weights = Matrix<double>::Constant(40, 9, 99);
        kind->weights(scores, weights);
        for (Index i = 0; i < scores.rows(); ++i) {
            QVERIFY(std::abs(weights.row(i).sum() - 1) < 1e-14);
            QVERIFY(weights.row(i).minCoeff() >= 0);
            QCOMPARE(weights(i, i % 9), 0.0);
        }
    }
}

void NormalisersTest::wholeRowMaskedGivesZeros() {
    Matrix<double> scores = randomMatrix<double>(3, 4, 2);
    scores.row(1).setConstant(masked);
    for (const Kind& kind : all()) {
        Matrix<double> weights(3, 4), gradScores(3, 4);
        kind->weights(scores, weights);
        QVERIFY((weights.row(1).array() == 0.0).all());
        QVERIFY(std::abs(weights.row(2).sum() - 1) < 1e-14);
        kind->backward(weights, randomMatrix<double>(3, 4, 3), gradScores);
        QVERIFY((gradScores.row(1).array() == 0.0).all());
    }
}

void NormalisersTest::aRowWithNaNIsNaN() {
    Matrix<double> scores = randomMatrix<double>(2, 40, 2);
    scores(0, 3) = std::numeric_limits<double>::quiet_NaN();
    Matrix<double> weights(2, 40);
    Sparsemax<double>().weights(scores, weights);
    QVERIFY(weights.row(0).array().isNaN().all());
    QVERIFY(std::abs(weights.row(1).sum() - 1) < 1e-14);
    Hard<double>().weights(scores, weights);
    QVERIFY(weights.row(0).array().isNaN().all());
    QCOMPARE(weights.row(1).sum(), 1.0);
}

void NormalisersTest::weightsMayBeScores() {
    const Matrix<double> scores = randomMatrix<double>(6, 8, 4) * 2;
    for (const Kind& kind : all()) {
        Matrix<double> apart(6, 8), inPlace = scores;
        kind->weights(scores, apart);
        kind->weights(inPlace, inPlace);
        QVERIFY(inPlace == apart);
    }
}

void NormalisersTest::sparsemaxIsTheNearestPoint() {
    Index zeros = 0;
    for (uint32_t seed = 0; seed < 60; ++seed) {
        const Matrix<double> scores = randomMatrix<double>(1, 8, 100 + seed) * (0.2 + 0.05 * seed);
        Matrix<double> weights(1, 8);
        Sparsemax<double>().weights(scores, weights);
        Matrix<double> expected = nearestBySearch(scores.row(0));
        QString found = differences(cells(weights), cells(expected), 1e-14);
        QVERIFY2(found.isEmpty(), qPrintable(found));
        expected(0, 5) += 1e-9; // negative control
        QVERIFY(!differences(cells(weights), cells(expected), 1e-14).isEmpty());
        zeros += (weights.array() == 0.0).count();
    }
    QVERIFY(zeros > 60); // sparse it is
    Matrix<double> equal = Matrix<double>::Constant(1, 8, 0.7), weights(1, 8);
    Sparsemax<double>().weights(equal, weights);
    QVERIFY((weights.array() - 0.125).abs().maxCoeff() < 1e-15);
}

void NormalisersTest::sparsemaxOfLargeScores() {
    Matrix<float> scores(1, 3), weights(1, 3);
    scores << 30000.5F, 30000.25F, -30000.0F;
    Sparsemax<float>().weights(scores, weights);
    QCOMPARE(weights(0, 0), 0.625F);
    QCOMPARE(weights(0, 1), 0.375F);
    QCOMPARE(weights(0, 2), 0.0F);
}

void NormalisersTest::gradientsAgreeWithDifferences() {
    // At these scores no key is so close to the edge of sparsemax's support that h = 1e-5 crosses it.
    Matrix<double> scores = randomMatrix<double>(5, 7, 50) * 1.5;
    const Matrix<double> direction = randomMatrix<double>(5, 7, 51);
    for (const Kind& kind : all()) {
        if (!kind->differentiable())
            continue;
        Matrix<double> weights(5, 7), gradient(5, 7);
        const auto loss = [&] {
            kind->weights(scores, weights);
            return (weights.array() * direction.array()).sum();
        };
        loss();
        kind->backward(weights, direction, gradient);
        QString found = gradientDifferences(scores, gradient, loss, 1e-6);
        QVERIFY2(found.isEmpty(), qPrintable(QString("%1: %2").arg(kind->name().data(), found)));
        Matrix<double> inPlace = direction;
        loss();
        kind->backward(weights, inPlace, inPlace);
        QVERIFY(inPlace == gradient);
        gradient(2, 2) += 1e-4; // negative control
        QVERIFY(!gradientDifferences(scores, gradient, loss, 1e-6).isEmpty());
    }
}

void NormalisersTest::hardTakesTheFirstOfEqualScores() {
    Matrix<double> scores(2, 4), weights(2, 4), expected(2, 4);
    scores << 1, 3, 3, 2, masked, -5, -7, -5;
    expected << 0, 1, 0, 0, 0, 1, 0, 0;
    Hard<double>().weights(scores, weights);
    QVERIFY(weights == expected);
}

void NormalisersTest::hardHasNoGradient() {
    const Matrix<double> scores = randomMatrix<double>(3, 5, 60), direction = randomMatrix<double>(3, 5, 61);
    int without = 0;
    for (const Kind& kind : all()) {
        Matrix<double> weights(3, 5), gradient = Matrix<double>::Constant(3, 5, 99);
        kind->weights(scores, weights);
        kind->backward(weights, direction, gradient);
        QCOMPARE((gradient.array() == 0.0).all(), !kind->differentiable());
        without += kind->differentiable() ? 0 : 1;
    }
    QCOMPARE(without, 2);
}

void NormalisersTest::drawsFollowTheSoftmax() {
    constexpr Index draws = 20000;
    Matrix<double> row(1, 5), expected(1, 5), weights(draws, 5);
    row << 0.5, masked, 2, -1, 1;
    Softmax<double>().weights(row, expected);
    SampledHard<double>(11).weights(row.replicate(draws, 1), weights);
    QVERIFY(((weights.array() == 0.0) || (weights.array() == 1.0)).all());
    for (Index j = 0; j < 5; ++j) {
        const double p = expected(0, j), share = weights.col(j).mean();
        // 5 standard errors of a share of that many draws
        QVERIFY2(std::abs(share - p) <= 5 * std::sqrt(p * (1 - p) / draws),
                 qPrintable(QString("key %1: %2, expected %3").arg(j).arg(share).arg(p)));
    }
}

void NormalisersTest::drawsAreRepeatable() {
    const Matrix<double> scores = randomMatrix<double>(50, 6, 70);
    Matrix<double> first(50, 6), second(50, 6), other(50, 6);
    SampledHard<double>(3).weights(scores, first);
    SampledHard<double>(3).weights(scores, second);
    SampledHard<double>(4).weights(scores, other);
    QVERIFY(first == second);
    QVERIFY(first != other);
}

void NormalisersTest::temperatureOneIsTheSoftmax() {
    const Matrix<float> scores = randomMatrix<float>(7, 33, 80) * 5.0F;
    Matrix<float> expected(7, 33), weights(7, 33);
    Softmax<float>().weights(scores, expected);
    TemperatureSoftmax<float>(1).weights(scores, weights);
    QVERIFY(weights == expected); // bit for bit
    TemperatureSoftmax<float>(1e-30).weights(scores, weights);
    Matrix<float> hard(7, 33);
    Hard<float>().weights(scores, hard);
    QVERIFY(weights == hard);
    TemperatureSoftmax<float>(1e9).weights(scores, weights);
    QVERIFY((weights.array() - 1.0F / 33).abs().maxCoeff() < 1e-7F);
}

void NormalisersTest::temperaturesThatAreNone() {
    for (const double temperature :
         {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        QVERIFY_THROWS_EXCEPTION(RequestError, TemperatureSoftmax<double>{temperature});
}

QTEST_APPLESS_MAIN(NormalisersTest)
#include "normalisers_test.moc"
