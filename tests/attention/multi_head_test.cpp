#include "engine/attention/multi_head.h"
#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/layers/parameter_list.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

#include <array>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr Index width = 12, heads = 3;

template <class T>
struct Block {
    ParameterList<T> parameters;
    MultiHeadAttention<T> attention;

    explicit Block(Mask mask) : attention(projections(), heads, mask) {
        uint32_t seed = 40;
        for (Parameter<T>* parameter : parameters.all())
            parameter->value = randomMatrix<T>(parameter->value.rows(), parameter->value.cols(), ++seed);
    }
    typename MultiHeadAttention<T>::Projections projections() {
        const auto linear = [&](const char* name) {
            Parameter<T>& weight = parameters.matrix(name, width, width);
            return Linear<T>(weight, &parameters.vector(name, width));
        };
        Linear<T> query = linear("q"), key = linear("k"), value = linear("v"), output = linear("o");
        return {std::move(query), std::move(key), std::move(value), std::move(output)};
    }
};
} // namespace

class MultiHeadTest : public QObject {
    Q_OBJECT
private slots:
    void recordHoldsTheDefinition();
    void causalRowsIgnoreLaterTokens();
    void batchEqualsOneByOne();
    void gradientsAgreeWithDifferences_data();
    void gradientsAgreeWithDifferences();
    void stopsBetweenHeads();
};

void MultiHeadTest::recordHoldsTheDefinition() {
    const Block<double> block(Mask::none);
    const Matrix<double> x = randomMatrix<double>(7, width, 1);
    Matrix<double> y(7, width);
    const auto record = block.attention.forwardRecorded(x, y, {});
    const double scale = 1 / std::sqrt(static_cast<double>(width / heads));
    for (Index head = 0; head < heads; ++head) {
        const Matrix<double> q = matrixOf(record->queries, head), k = matrixOf(record->keys, head),
                             v = matrixOf(record->values, head), weights = matrixOf(record->weights, head);
        Matrix<double> expected = scale * (q * k.transpose());
        const Matrix<double> scores = matrixOf(record->scores, head);
        QVERIFY(differences(cells(scores), cells(expected), 1e-12).isEmpty());
        expected = expected.array().exp();
        expected.array().colwise() /= expected.rowwise().sum().array().eval();
        QVERIFY(differences(cells(weights), cells(expected), 1e-12).isEmpty());
        const Matrix<double> context = matrixOf(record->context, head);
        expected = weights * v;
        QVERIFY(differences(cells(context), cells(expected), 1e-12).isEmpty());
        expected(6, 3) += 1e-9; // negative control
        QVERIFY(!differences(cells(context), cells(expected), 1e-12).isEmpty());
    }
}

void MultiHeadTest::causalRowsIgnoreLaterTokens() {
    const Block<float> block(Mask::causal);
    Matrix<float> x = randomMatrix<float>(20, width, 2), before(20, width), after(20, width);
    const auto record = block.attention.forwardRecorded(x, before, {});
    for (Index head = 0; head < heads; ++head)
        for (Index i = 0; i < 20; ++i)
            for (Index j = i + 1; j < 20; ++j)
                QCOMPARE(record->weights.at(head, i, j), 0.0F);
    x.row(13) *= -3.0F;
    block.attention.forwardRecorded(x, after, {});
    QVERIFY(before.topRows(13) == after.topRows(13)); // bit for bit
    QVERIFY(before.row(13) != after.row(13));
}

void MultiHeadTest::batchEqualsOneByOne() {
    const Block<double> block(Mask::none);
    const Matrix<double> x = randomMatrix<double>(9, width, 3);
    const std::array segments{Segment{0, 4}, Segment{4, 1}, Segment{5, 4}};
    MultiHeadAttention<double>::Tape tape;
    Matrix<double> together(9, width);
    block.attention.forward(x, segments, {}, tape, together);
    for (const Segment& segment : segments) {
        Matrix<double> alone(segment.rows, width);
        block.attention.forwardRecorded(x.middleRows(segment.begin, segment.rows), alone, {});
        const Matrix<double> part = together.middleRows(segment.begin, segment.rows);
        QVERIFY(differences(cells(part), cells(alone), 1e-12).isEmpty());
    }
}

void MultiHeadTest::gradientsAgreeWithDifferences_data() {
    QTest::addColumn<bool>("causal");
    QTest::addColumn<double>("rate");
    QTest::newRow("plain") << false << 0.0;
    QTest::newRow("causal") << true << 0.0;
    QTest::newRow("with dropout on the weights") << false << 0.3;
}

void MultiHeadTest::gradientsAgreeWithDifferences() {
    QFETCH(bool, causal);
    QFETCH(double, rate);
    Block<double> block(causal ? Mask::causal : Mask::none);
    Matrix<double> x = randomMatrix<double>(7, width, 4), y(7, width), gradX;
    const Matrix<double> direction = randomMatrix<double>(7, width, 5);
    const std::array segments{Segment{0, 5}, Segment{5, 2}};
    MultiHeadAttention<double>::Tape tape;
    const auto loss = [&] {
        block.attention.forward(x, segments, {rate, 99}, tape, y);
        return (y.array() * direction.array()).sum();
    };
    loss();
    Gradients<double> gradients = block.parameters.zeroGradients();
    block.attention.backward(x, segments, tape, direction, gradX, gradients);
    QString found = gradientDifferences(x, gradX, loss, 1e-6);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    for (Parameter<double>* parameter : block.parameters.all()) {
        found = gradientDifferences(parameter->value, gradients[static_cast<size_t>(parameter->index)], loss,
                                    1e-6);
        QVERIFY2(found.isEmpty(), qPrintable(QString::fromStdString(parameter->name) + ", " + found));
    }
    gradX(2, 2) += 1e-3; // negative control
    QVERIFY(!gradientDifferences(x, gradX, loss, 1e-6).isEmpty());
}

void MultiHeadTest::stopsBetweenHeads() {
    const Block<float> block(Mask::none);
    const Matrix<float> x = randomMatrix<float>(3, width, 6);
    Matrix<float> y(3, width);
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(Cancelled, block.attention.forwardRecorded(x, y, source.get_token()));
}

QTEST_APPLESS_MAIN(MultiHeadTest)
#include "multi_head_test.moc"
