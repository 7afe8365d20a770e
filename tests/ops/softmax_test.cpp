#include "engine/ops/mask.h"
#include "engine/ops/softmax.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <limits>

using namespace headlight;
using namespace headlight::testing;

class SoftmaxTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithLongDouble();
    void rowsSumToOneAndMaskedCellsAreZero();
    void hugeScoresDoNotOverflow();
    void wholeRowMaskedGivesZeros();
    void causalMaskHidesLaterKeys();
    void localWindowHidesDistantKeys();
    void gradientAgreesWithDifferences();
    void gradientCheckFindsAWrongGradient();
};

void SoftmaxTest::agreesWithLongDouble() {
    const Matrix<float> scores =
        randomMatrix<float>(7, 33, 1) * 3.5F; // differences below 8: half an ulp is 2e-7
    Matrix<float> weights(7, 33);
    softmaxRows<float>(scores, weights);
    Matrix<double> expected(7, 33);
    for (Index i = 0; i < 7; ++i) {
        long double sum = 0;
        for (Index j = 0; j < 33; ++j)
            sum += std::exp(static_cast<long double>(scores(i, j)));
        for (Index j = 0; j < 33; ++j)
            expected(i, j) = static_cast<double>(std::exp(static_cast<long double>(scores(i, j))) / sum);
    }
    const QString found = differences(cells(weights), cells(expected), 0, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    expected(3, 4) *= 1.0 + 1e-5; // negative control
    QVERIFY(!differences(cells(weights), cells(expected), 0, 1e-6).isEmpty());
}

void SoftmaxTest::rowsSumToOneAndMaskedCellsAreZero() {
    Matrix<float> scores = randomMatrix<float>(9, 20, 2) * 30.0F;
    for (Index i = 0; i < scores.rows(); ++i)
        for (Index j = i; j < scores.cols() - 1; j += 3)
            scores(i, j) = -std::numeric_limits<float>::infinity();
    Matrix<float> weights(9, 20);
    softmaxRows<float>(scores, weights);
    for (Index i = 0; i < scores.rows(); ++i) {
        QVERIFY(std::abs(weights.row(i).cast<double>().sum() - 1.0) < 1e-6);
        for (Index j = 0; j < scores.cols(); ++j)
            if (std::isinf(scores(i, j)))
                QCOMPARE(weights(i, j), 0.0F);
    }
}

void SoftmaxTest::hugeScoresDoNotOverflow() {
    Matrix<float> scores(1, 3), weights(1, 3);
    scores << 3e38F, 3e38F, -3e38F;
    softmaxRows<float>(scores, weights);
    QCOMPARE(weights(0, 0), 0.5F);
    QCOMPARE(weights(0, 1), 0.5F);
    QVERIFY(weights(0, 2) < 1e-37F);
}

void SoftmaxTest::wholeRowMaskedGivesZeros() {
    Matrix<float> scores = Matrix<float>::Constant(1, 4, -std::numeric_limits<float>::infinity()),
                  weights(1, 4);
    softmaxRows<float>(scores, weights);
    QVERIFY((weights.array() == 0.0F).all());
}

void SoftmaxTest::causalMaskHidesLaterKeys() {
    Matrix<float> scores = Matrix<float>::Zero(3, 5); // two cached keys before the three queries
    applyMask<float>(Mask::causal, scores);
    for (Index i = 0; i < 3; ++i)
        for (Index j = 0; j < 5; ++j)
            QCOMPARE(std::isinf(scores(i, j)), j > i + 2);
}

void SoftmaxTest::localWindowHidesDistantKeys() {
    const Matrix<double> before = randomMatrix<double>(7, 9, 3);
    for (const Index halfWidth : {0, 2, 100})
        for (const Index first : {0, 2, 5}) {
            Matrix<double> scores = before, weights(7, 9);
            applyLocalWindow<double>(halfWidth, first, scores);
            softmaxRows<double>(scores, weights);
            for (Index i = 0; i < 7; ++i)
                for (Index j = 0; j < 9; ++j)
                    if (std::abs(j - (first + i)) <= halfWidth) {
                        QCOMPARE(scores(i, j), before(i, j));
                    } else {
                        QCOMPARE(scores(i, j), -std::numeric_limits<double>::infinity());
                        QCOMPARE(weights(i, j), 0.0);
                    }
        }
}

void SoftmaxTest::gradientAgreesWithDifferences() {
    Matrix<double> scores = randomMatrix<double>(3, 6, 3) * 2.0;
    const Matrix<double> direction = randomMatrix<double>(3, 6, 4);
    Matrix<double> weights(3, 6), gradient(3, 6);
    const auto loss = [&] {
        softmaxRows<double>(scores, weights);
        return (weights.array() * direction.array()).sum();
    };
    loss();
    softmaxRowsBackward<double>(weights, direction, gradient);
    const QString found = gradientDifferences(scores, gradient, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

void SoftmaxTest::gradientCheckFindsAWrongGradient() {
    Matrix<double> scores = randomMatrix<double>(3, 6, 3);
    const Matrix<double> direction = randomMatrix<double>(3, 6, 4);
    Matrix<double> weights(3, 6), gradient(3, 6);
    const auto loss = [&] {
        softmaxRows<double>(scores, weights);
        return (weights.array() * direction.array()).sum();
    };
    loss();
    softmaxRowsBackward<double>(weights, direction, gradient);
    gradient(1, 2) += 1e-4;
    QVERIFY(!gradientDifferences(scores, gradient, loss, 1e-6).isEmpty());
}

QTEST_APPLESS_MAIN(SoftmaxTest)
#include "softmax_test.moc"
