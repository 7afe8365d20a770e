#include "engine/ops/activation.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <numbers>

using namespace headlight;
using namespace headlight::testing;

Q_DECLARE_METATYPE(headlight::Activation)

namespace {
long double reference(Activation activation, long double x) {
    switch (activation) {
    case Activation::geluErf:
        return x * std::erfc(-x / std::numbers::sqrt2_v<long double>) / 2;
    case Activation::geluTanh:
        return x / 2 *
               (1 + std::tanh(std::sqrt(2 / std::numbers::pi_v<long double>) * (x + 0.044715L * x * x * x)));
    case Activation::relu:
        return x > 0 ? x : 0;
    case Activation::silu:
        return x / (1 + std::exp(-x));
    }
    return 0;
}
} // namespace

class ActivationTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheDefinition_data() { rows(); }
    void agreesWithTheDefinition();
    void gradientAgreesWithDifferences_data() { rows(); }
    void gradientAgreesWithDifferences();
    void namesReadBack();

private:
    static void rows() {
        QTest::addColumn<Activation>("activation");
        QTest::newRow("gelu") << Activation::geluErf;
        QTest::newRow("gelu_new") << Activation::geluTanh;
        QTest::newRow("relu") << Activation::relu;
        QTest::newRow("silu") << Activation::silu;
    }
};

void ActivationTest::agreesWithTheDefinition() {
    QFETCH(Activation, activation);
    const Matrix<float> x = randomMatrix<float>(8, 40, 1) * 5.0F;
    Matrix<float> y(8, 40);
    Matrix<double> expected(8, 40);
    activate<float>(activation, x, y);
    for (Index i = 0; i < x.size(); ++i)
        expected.data()[i] =
            static_cast<double>(reference(activation, static_cast<long double>(x.data()[i])));
    // x Phi(x) for x < 0 is a difference near 0: its error is relative to |x|, not to the result.
    const QString found = differences(cells(y), cells(expected), 1e-6, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    expected(2, 3) += 1e-4; // negative control
    QVERIFY(!differences(cells(y), cells(expected), 1e-6, 1e-6).isEmpty());
}

void ActivationTest::gradientAgreesWithDifferences() {
    QFETCH(Activation, activation);
    Matrix<double> x = randomMatrix<double>(3, 11, 5) * 3.0;
    const Matrix<double> direction = randomMatrix<double>(3, 11, 6);
    Matrix<double> y(3, 11), gradient(3, 11);
    const auto loss = [&] {
        activate<double>(activation, x, y);
        return (y.array() * direction.array()).sum();
    };
    activateBackward<double>(activation, x, direction, gradient);
    const QString found = gradientDifferences(x, gradient, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    gradient(0, 0) += 1e-4; // negative control
    QVERIFY(!gradientDifferences(x, gradient, loss, 1e-6).isEmpty());
}

void ActivationTest::namesReadBack() {
    for (const char* name : {"gelu", "gelu_new", "relu", "silu"}) {
        const auto activation = parseActivation(name);
        QVERIFY(activation.has_value());
        QCOMPARE(toString(*activation), std::string_view(name));
    }
    QVERIFY(!parseActivation("softplus").has_value());
}

QTEST_APPLESS_MAIN(ActivationTest)
#include "activation_test.moc"
