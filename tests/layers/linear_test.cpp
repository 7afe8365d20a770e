#include "engine/layers/linear.h"
#include "engine/layers/parameter_list.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
template <class T>
struct Layer {
    ParameterList<T> parameters;
    Parameter<T>& weight;
    Parameter<T>& bias;
    Linear<T> linear;
    Layer(Index in, Index out)
        : weight(parameters.matrix("w", out, in)), bias(parameters.vector("b", out)), linear(weight, &bias) {
        weight.value = randomMatrix<T>(out, in, 11);
        bias.value = randomMatrix<T>(1, out, 12);
    }
};
} // namespace

class LinearTest : public QObject {
    Q_OBJECT
private slots:
    void bothBackendsAgreeWithDouble_data();
    void bothBackendsAgreeWithDouble();
    void aRowDoesNotDependOnHowFewStandBesideIt_data();
    void aRowDoesNotDependOnHowFewStandBesideIt();
    void stridedInput();
    void gradientsAgreeWithDifferences();
};

void LinearTest::bothBackendsAgreeWithDouble_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    for (int rows : {1, 2, 15, 16, 17, 33, 128})
        for (auto [in, out] : {std::pair{128, 512}, std::pair{48, 80}, std::pair{7, 3}})
            QTest::addRow("%d rows, %d to %d", rows, in, out) << rows << in << out;
}

void LinearTest::bothBackendsAgreeWithDouble() {
    QFETCH(int, rows);
    QFETCH(int, in);
    QFETCH(int, out);
    Layer<float> layer(in, out);
    const Matrix<float> x = randomMatrix<float>(rows, in, 13);
    const Matrix<double> expected =
        (x.cast<double>() * layer.weight.value.cast<double>().transpose()).rowwise() +
        layer.bias.value.cast<double>().row(0);
    const double tolerance = 1e-6 * static_cast<double>(in); // |terms| <= 1
    Matrix<float> y(rows, out);
    layer.linear.forward(x, y);
    const QString plain = differences(cells(y), cells(expected), tolerance);
    QVERIFY2(plain.isEmpty(), qPrintable(plain));
    layer.linear.pack();
    QCOMPARE(layer.linear.packed(), !packedBackendName().empty());
    y.setConstant(NAN);
    layer.linear.forward(x, y);
    const QString packed = differences(cells(y), cells(expected), tolerance);
    QVERIFY2(packed.isEmpty(), qPrintable(packed));
    Matrix<double> wrong = expected; // negative control
    wrong(rows - 1, out - 1) += 1e-3;
    QVERIFY(!differences(cells(y), cells(wrong), tolerance).isEmpty());
}

void LinearTest::aRowDoesNotDependOnHowFewStandBesideIt_data() {
    QTest::addColumn<bool>("pack");
    QTest::newRow("plain") << false;
    QTest::newRow("packed") << true;
}

void LinearTest::aRowDoesNotDependOnHowFewStandBesideIt() {
    QFETCH(bool, pack);
    Layer<float> layer(128, 512);
    if (pack)
        layer.linear.pack();
    const Matrix<float> x = randomMatrix<float>(16, 128, 13);
    Matrix<float> all(16, 512);
    layer.linear.forward(x, all);
    for (Index rows = 1; rows < 16; ++rows) {
        Matrix<float> some(rows, 512);
        layer.linear.forward(x.topRows(rows), some);
        QVERIFY2(some == all.topRows(rows), qPrintable(QString("%1 rows").arg(rows)));
    }
}

void LinearTest::stridedInput() {
    Layer<float> layer(32, 24);
    const Matrix<float> wide = randomMatrix<float>(20, 96, 14);
    const Matrix<float> copy = wide.middleCols(32, 32);
    for (int round = 0; round < 2; ++round) {
        Matrix<float> fromBlock(20, 24), fromCopy(20, 24);
        layer.linear.forward(wide.middleCols(32, 32), fromBlock);
        layer.linear.forward(copy, fromCopy);
        QVERIFY(differences(cells(fromBlock), cells(fromCopy), 1e-6).isEmpty());
        layer.linear.pack();
    }
}

void LinearTest::gradientsAgreeWithDifferences() {
    Layer<double> layer(5, 4);
    Matrix<double> x = randomMatrix<double>(3, 5, 15), y(3, 4), gradX;
    const Matrix<double> direction = randomMatrix<double>(3, 4, 16);
    const auto loss = [&] {
        layer.linear.forward(x, y);
        return (y.array() * direction.array()).sum();
    };
    Gradients<double> gradients = layer.parameters.zeroGradients();
    layer.linear.backward(x, direction, &gradX, gradients);
    for (const QString& found : {gradientDifferences(x, gradX, loss, 1e-6),
                                 gradientDifferences(layer.weight.value, gradients[0], loss, 1e-6),
                                 gradientDifferences(layer.bias.value, gradients[1], loss, 1e-6)})
        QVERIFY2(found.isEmpty(), qPrintable(found));
    gradients[0](0, 0) += 1e-4; // negative control
    QVERIFY(!gradientDifferences(layer.weight.value, gradients[0], loss, 1e-6).isEmpty());
}

QTEST_APPLESS_MAIN(LinearTest)
#include "linear_test.moc"
