#include "engine/layers/feed_forward.h"
#include "engine/layers/parameter_list.h"
#include "tests/support/gradient_check.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

class FeedForwardTest : public QObject {
    Q_OBJECT
private slots:
    void gradientsAgreeWithDifferences();
};

void FeedForwardTest::gradientsAgreeWithDifferences() {
    ParameterList<double> parameters;
    Parameter<double>& up = parameters.matrix("up", 6, 4);
    Parameter<double>& upBias = parameters.vector("up bias", 6);
    Parameter<double>& down = parameters.matrix("down", 4, 6);
    Parameter<double>& downBias = parameters.vector("down bias", 4);
    uint32_t seed = 20;
    for (Parameter<double>* parameter : parameters.all())
        parameter->value = randomMatrix<double>(parameter->value.rows(), parameter->value.cols(), ++seed);
    const FeedForward<double> layer(Linear<double>(up, &upBias), Linear<double>(down, &downBias),
                                    Activation::geluErf);

    Matrix<double> x = randomMatrix<double>(3, 4, 30), y(3, 4), gradX;
    const Matrix<double> direction = randomMatrix<double>(3, 4, 31);
    FeedForward<double>::Tape tape;
    const auto loss = [&] {
        layer.forward(x, y, tape);
        return (y.array() * direction.array()).sum();
    };
    loss();
    Gradients<double> gradients = parameters.zeroGradients();
    layer.backward(x, tape, direction, gradX, gradients);
    QString found = gradientDifferences(x, gradX, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    for (Parameter<double>* parameter : parameters.all()) {
        found = gradientDifferences(parameter->value, gradients[static_cast<size_t>(parameter->index)], loss,
                                    1e-6);
        QVERIFY2(found.isEmpty(), qPrintable(QString::fromStdString(parameter->name) + ", " + found));
    }
}

QTEST_APPLESS_MAIN(FeedForwardTest)
#include "feed_forward_test.moc"
