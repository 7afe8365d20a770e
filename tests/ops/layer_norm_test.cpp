#include "engine/ops/layer_norm.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
/// The definition, in long double.
Matrix<double> reference(const Matrix<float>& x, const Matrix<float>& gain, const Matrix<float>& bias,
                         long double eps) {
    Matrix<double> y(x.rows(), x.cols());
    for (Index i = 0; i < x.rows(); ++i) {
        long double mean = 0, variance = 0;
        for (Index j = 0; j < x.cols(); ++j)
            mean += static_cast<long double>(x(i, j)) / static_cast<long double>(x.cols());
        for (Index j = 0; j < x.cols(); ++j) {
            const long double centred = static_cast<long double>(x(i, j)) - mean;
            variance += centred * centred / static_cast<long double>(x.cols());
        }
        for (Index j = 0; j < x.cols(); ++j)
            y(i, j) =
                static_cast<double>((static_cast<long double>(x(i, j)) - mean) / std::sqrt(variance + eps) *
                                        static_cast<long double>(gain(0, j)) +
                                    static_cast<long double>(bias(0, j)));
    }
    return y;
}
} // namespace

class LayerNormTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheDefinition_data();
    void agreesWithTheDefinition();
    void gradientsAgreeWithDifferences();
};

void LayerNormTest::agreesWithTheDefinition_data() {
    QTest::addColumn<double>("size");
    QTest::addColumn<double>("eps");
    QTest::newRow("ordinary rows") << 1.0 << 1e-12;
    QTest::newRow("variance near eps 1e-12") << 1.7e-6 << 1e-12;
    QTest::newRow("variance near eps 1e-5") << 5e-3 << 1e-5;
    QTest::newRow("variance far below eps") << 1e-6 << 1e-5;
}

void LayerNormTest::agreesWithTheDefinition() {
    QFETCH(double, size);
    QFETCH(double, eps);
    const Matrix<float> x = randomMatrix<float>(5, 48, 1) * static_cast<float>(size);
    const Matrix<float> gain = randomMatrix<float>(1, 48, 2), bias = randomMatrix<float>(1, 48, 3);
    Matrix<float> y(5, 48);
    layerNorm<float>(x, gain, bias, static_cast<float>(eps), y, nullptr);
    const Matrix<double> expected = reference(x, gain, bias, eps);
    // y is a difference of numbers of order one, so its error is absolute: 1e-6 of the largest cell.
    const double tolerance = 1e-6 * expected.cwiseAbs().maxCoeff();
    const QString found = differences(cells(y), cells(expected), tolerance);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    // Negative control: another eps must show wherever eps matters at all.
    const Matrix<double> wrong = reference(x, gain, bias, eps * 2);
    const bool matters = size * size < 1e4 * eps;
    QCOMPARE(!differences(cells(y), cells(wrong), tolerance).isEmpty(), matters);
}

void LayerNormTest::gradientsAgreeWithDifferences() {
    Matrix<double> x = randomMatrix<double>(3, 7, 1), gain = randomMatrix<double>(1, 7, 2),
                   bias = randomMatrix<double>(1, 7, 3);
    const Matrix<double> direction = randomMatrix<double>(3, 7, 4);
    LayerNormTape<double> tape;
    Matrix<double> y(3, 7);
    const auto loss = [&] {
        layerNorm<double>(x, gain, bias, 1e-5, y, &tape);
        return (y.array() * direction.array()).sum();
    };
    loss();
    Matrix<double> gradX(3, 7), gradGain = Matrix<double>::Zero(1, 7), gradBias = Matrix<double>::Zero(1, 7);
    layerNormBackward<double>(tape, gain, direction, gradX, gradGain, gradBias);
    for (const QString& found :
         {gradientDifferences(x, gradX, loss, 1e-6), gradientDifferences(gain, gradGain, loss, 1e-6),
          gradientDifferences(bias, gradBias, loss, 1e-6)})
        QVERIFY2(found.isEmpty(), qPrintable(found));
    gradX(1, 1) *= 1.001; // negative control
    QVERIFY(!gradientDifferences(x, gradX, loss, 1e-6).isEmpty());
}

QTEST_APPLESS_MAIN(LayerNormTest)
#include "layer_norm_test.moc"
