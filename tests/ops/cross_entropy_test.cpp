#include "engine/ops/cross_entropy.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <array>

using namespace headlight;
using namespace headlight::testing;

class CrossEntropyTest : public QObject {
    Q_OBJECT
private slots:
    void uniformLogitsGiveLogV();
    void gradientAgreesWithDifferences();
};

void CrossEntropyTest::uniformLogitsGiveLogV() {
    const Matrix<float> logits = Matrix<float>::Constant(2, 8, 3.0F);
    const std::array answers{1, 7};
    const std::array weights{1.0F, 0.5F};
    Matrix<float> none;
    const double loss = crossEntropy<float>(logits, answers, weights, none);
    QVERIFY(std::abs(loss - 1.5 * std::log(8.0)) < 1e-6);
}

void CrossEntropyTest::gradientAgreesWithDifferences() {
    Matrix<double> logits = randomMatrix<double>(3, 5, 1) * 4.0;
    const std::array answers{0, 4, 2};
    const std::array weights{1.0F, 0.25F, 2.0F};
    Matrix<double> gradient(3, 5), none;
    crossEntropy<double>(logits, answers, weights, gradient);
    const auto loss = [&] { return crossEntropy<double>(logits, answers, weights, none); };
    const QString found = gradientDifferences(logits, gradient, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    gradient(2, 2) += 1e-4; // negative control
    QVERIFY(!gradientDifferences(logits, gradient, loss, 1e-6).isEmpty());
}

QTEST_APPLESS_MAIN(CrossEntropyTest)
#include "cross_entropy_test.moc"
