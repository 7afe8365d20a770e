// GRU against torch.nn.GRU (tests/golden/gru-bahdanau) and against its definition in double.
#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/files/safetensors.h"
#include "engine/layers/gru.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace headlight;
using namespace headlight::testing;

namespace {
const std::string golden = std::string(HEADLIGHT_GOLDEN) + "/gru-bahdanau";

template <class T>
Matrix<T> read(const SafetensorsFile& file, const std::string& name) {
    Tensor<float> tensor = file.read(name);
    if (tensor.shape().size() == 1)
        tensor = Tensor<float>({1, tensor.dimension(0)}, std::as_const(tensor).values());
    return matrixOf(std::as_const(tensor)).template cast<T>();
}

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}
} // namespace

class GruTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void agreesWithTorch_data();
    void agreesWithTorch();
    void agreesWithItsDefinition();
    void stopsBetweenSteps();

private:
    template <class T>
    QString compare(int number, bool reversed, double share, T damage = 0) const;
    std::shared_ptr<const SafetensorsFile> m_weights, m_expected;
    QJsonObject m_about;
};

void GruTest::initTestCase() {
    m_weights = SafetensorsFile::open(golden + "/model.safetensors");
    m_expected = SafetensorsFile::open(golden + "/expected.safetensors");
    QFile file(QString::fromStdString(golden + "/cases.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject models = QJsonDocument::fromJson(file.readAll()).object()["models"].toObject();
    m_about = models["gru-bahdanau"].toObject();
    QCOMPARE(m_about["cases"].toArray().size(), 4);
}

/// One direction of the encoder over the source of a case.
template <class T>
QString GruTest::compare(int number, bool reversed, double share, T damage) const {
    const QJsonArray ids = m_about["cases"].toArray()[number].toObject()["source_ids"].toArray();
    const Matrix<T> table = read<T>(*m_weights, "src_embed.weight");
    Matrix<T> x(ids.size(), table.cols());
    for (int i = 0; i < ids.size(); ++i)
        x.row(i) = table.row(ids[i].toInt());
    const std::string end = reversed ? "_l0_reverse" : "_l0";
    const Gru<T> gru(
        {read<T>(*m_weights, "encoder.weight_ih" + end), read<T>(*m_weights, "encoder.weight_hh" + end),
         read<T>(*m_weights, "encoder.bias_ih" + end), read<T>(*m_weights, "encoder.bias_hh" + end)});
    Matrix<T> y(x.rows(), gru.hidden());
    typename Gru<T>::Tape tape;
    gru.forward(x, y, tape, reversed);
    y(0, 1) += damage;
    const Matrix<T> both = read<T>(*m_expected, "case" + std::to_string(number) + ".encoder_outputs");
    const Matrix<T> expected = reversed ? both.rightCols(gru.hidden()) : both.leftCols(gru.hidden());
    const double noise = m_about["f32_vs_f64_max_abs"].toObject()["encoder_outputs"].toDouble();
    return differences(cells(y), cells(expected), 8 * share * noise);
}

void GruTest::agreesWithTorch_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("reversed");
    for (int number = 0; number < 4; ++number)
        for (const bool reversed : {false, true})
            QTest::addRow("case %d, %s", number, reversed ? "backward" : "forward") << number << reversed;
}

void GruTest::agreesWithTorch() {
    QFETCH(int, number);
    QFETCH(bool, reversed);
    QString found = compare<float>(number, reversed, 0.5);
    QVERIFY2(found.isEmpty(), qPrintable("float: " + found));
    found = compare<double>(number, reversed, 0.25);
    QVERIFY2(found.isEmpty(), qPrintable("double: " + found));
    QVERIFY(!compare<float>(number, reversed, 0.5, 1e-5F).isEmpty()); // negative control
}

void GruTest::agreesWithItsDefinition() {
    constexpr Index n = 9, in = 5, d = 4;
    const Gru<double>::Parameters p{randomMatrix<double>(3 * d, in, 1), randomMatrix<double>(3 * d, d, 2),
                                    randomMatrix<double>(1, 3 * d, 3), randomMatrix<double>(1, 3 * d, 4)};
    const Matrix<double> x = randomMatrix<double>(n, in, 5) * 2, start = randomMatrix<double>(1, d, 6);
    Matrix<double> y(n, d), expected(n, d);
    Gru<double>::Tape tape;
    Gru<double>(p).forward(x, y, tape, false, start);
    std::vector<double> h(start.data(), start.data() + d);
    for (Index t = 0; t < n; ++t) {
        const std::vector<double> before = h;
        const auto input = [&](Index gate, Index i) {
            double sum = p.inputBias(0, gate * d + i);
            for (Index j = 0; j < in; ++j)
                sum += p.inputMatrix(gate * d + i, j) * x(t, j);
            return sum;
        };
        const auto state = [&](Index gate, Index i) {
            double sum = p.hiddenBias(0, gate * d + i);
            for (Index j = 0; j < d; ++j)
                sum += p.hiddenMatrix(gate * d + i, j) * before[static_cast<size_t>(j)];
            return sum;
        };
        for (Index i = 0; i < d; ++i) {
            const double r = sigmoid(input(0, i) + state(0, i)), z = sigmoid(input(1, i) + state(1, i));
            const double c = std::tanh(input(2, i) + r * state(2, i));
            h[static_cast<size_t>(i)] = (1 - z) * c + z * before[static_cast<size_t>(i)];
            expected(t, i) = h[static_cast<size_t>(i)];
        }
    }
    const QString found = differences(cells(y), cells(expected), 1e-13);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    QCOMPARE(tape.gates.rows(), n);
    QCOMPARE(tape.gates.cols(), 3 * d);
}

void GruTest::stopsBetweenSteps() {
    const Gru<float> gru({Matrix<float>::Zero(6, 2), Matrix<float>::Zero(6, 2), Matrix<float>::Zero(1, 6),
                          Matrix<float>::Zero(1, 6)});
    Matrix<float> y(3, 2);
    Gru<float>::Tape tape;
    std::stop_source source;
    source.request_stop();
    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             gru.forward(Matrix<float>::Zero(3, 2), y, tape, false, {}, source.get_token()));
}

QTEST_APPLESS_MAIN(GruTest)
#include "gru_test.moc"
