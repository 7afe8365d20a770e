// BERT against the reference implementation: tests/golden/bert-mlm, made as its README says.
#include "engine/core/tensor_view.h"
#include "engine/files/model_folder.h"
#include "engine/models/bert_network.h"
#include "tests/support/compare.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
const std::string golden = std::string(HEADLIGHT_GOLDEN) + "/bert-mlm";

QJsonObject readJson(const char* name) {
    QFile file(QString::fromStdString(golden + "/" + name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot open %s", name);
    return QJsonDocument::fromJson(file.readAll()).object();
}

std::vector<int> integers(const QJsonArray& array) {
    std::vector<int> result;
    for (const QJsonValue& value : array)
        result.push_back(value.toInt());
    return result;
}

/// How a pass is computed: the scalar, the backend, and the share of the suggested tolerance that it must
/// keep.
struct Way {
    const char* name;
    bool inDouble;
    bool packed;
    double share;
};
} // namespace

class BertOracleTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyCase_data();
    void everyCase();
    void comparatorFindsOneWrongCell();

private:
    template <class T>
    void compare(const BertNetwork<T>& network, int number, double share);
    double tolerance(const char* kind, double share) const {
        return m_tolerance[kind].toObject()["suggested_atol"].toDouble() * share;
    }

    std::unique_ptr<BertNetwork<float>> m_plain, m_packed;
    std::unique_ptr<BertNetwork<double>> m_double;
    std::shared_ptr<const SafetensorsFile> m_expected;
    QJsonArray m_cases;
    QJsonObject m_tolerance;
};

void BertOracleTest::initTestCase() {
    const ModelFolder folder = ModelFolder::open(golden);
    const BertConfig config = BertConfig::from(folder);
    m_plain = std::make_unique<BertNetwork<float>>(config);
    m_packed = std::make_unique<BertNetwork<float>>(config);
    m_double = std::make_unique<BertNetwork<double>>(config);
    m_plain->read(folder.weights());
    m_packed->read(folder.weights());
    m_packed->pack();
    m_double->read(folder.weights());
    m_expected = SafetensorsFile::open(golden + "/expected.safetensors");
    m_cases = readJson("cases.json")["cases"].toArray();
    m_tolerance = readJson("tolerance.json")["tensors"].toObject();
    QCOMPARE(m_cases.size(), 8);
    qInfo("plain: %s; packed: %s", plainBackendName().c_str(), packedBackendName().c_str());
}

void BertOracleTest::everyCase_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("inDouble");
    QTest::addColumn<bool>("packed");
    QTest::addColumn<double>("share");
    // Half of the suggested tolerance in float. In double only the reference's own float noise is left, an
    // eighth of it.
    for (const Way& way : {Way{"float, plain", false, false, 0.5}, Way{"float, packed", false, true, 0.5},
                           Way{"double", true, false, 0.25}})
        for (int number = 0; number < m_cases.size(); ++number)
            QTest::addRow("%s, %s", way.name, qPrintable(m_cases[number].toObject()["name"].toString()))
                << number << way.inDouble << way.packed << way.share;
}

void BertOracleTest::everyCase() {
    QFETCH(int, number);
    QFETCH(bool, inDouble);
    QFETCH(bool, packed);
    QFETCH(double, share);
    if (inDouble)
        compare(*m_double, number, share);
    else
        compare(packed ? *m_packed : *m_plain, number, share);
}

template <class T>
void BertOracleTest::compare(const BertNetwork<T>& network, int number, double share) {
    const QJsonObject oracle = m_cases[number].toObject();
    const ModelInput input{integers(oracle["input_ids"].toArray()),
                           integers(oracle["token_type_ids"].toArray())};
    const auto recording = network.run(input, RecordPlan::everything(), {});
    const std::string prefix = "case" + std::to_string(number) + ".";
    const BasicStackRecord<T>& stack = recording.stacks.at(0);
    const int layers = network.config().layers;

    // Stage by stage: the first difference is where the bug is.
    const Tensor<float> hidden = m_expected->read(prefix + "hidden_states");
    const Tensor<float> attentions = m_expected->read(prefix + "attentions");
    const Tensor<float> logits = m_expected->read(prefix + "logits");
    QCOMPARE(std::ssize(stack.hidden), layers + 1);
    QCOMPARE(std::ssize(stack.sites), layers);
    const auto slice = [](const Tensor<float>& tensor, int index) {
        const size_t size = tensor.size() / static_cast<size_t>(tensor.dimension(0));
        return tensor.values().subspan(static_cast<size_t>(index) * size, size);
    };
    for (int layer = 0; layer <= layers; ++layer) {
        QString found = differences(std::as_const(*stack.hidden[static_cast<size_t>(layer)]).values(),
                                    slice(hidden, layer), tolerance("hidden_states", share));
        QVERIFY2(found.isEmpty(), qPrintable(QString("hidden %1: %2").arg(layer).arg(found)));
        if (layer == layers)
            break;
        found = differences(std::as_const(stack.sites[static_cast<size_t>(layer)]->weights).values(),
                            slice(attentions, layer), tolerance("attentions", share));
        QVERIFY2(found.isEmpty(), qPrintable(QString("attention %1: %2").arg(layer).arg(found)));
    }
    const QString found =
        differences(std::as_const(*recording.logits).values(), logits.values(), tolerance("logits", share));
    QVERIFY2(found.isEmpty(), qPrintable("logits: " + found));
}

void BertOracleTest::comparatorFindsOneWrongCell() {
    const QJsonObject oracle = m_cases[0].toObject();
    const ModelInput input{integers(oracle["input_ids"].toArray()), {}};
    const auto recording = m_plain->run(input, RecordPlan::everything(), {});
    Tensor<float> expected = m_expected->read("case0.logits");
    QVERIFY(differences(std::as_const(*recording.logits).values(), std::as_const(expected).values(),
                        tolerance("logits", 0.5))
                .isEmpty());
    expected.at(3, 17) += 4e-4F;
    QVERIFY(!differences(std::as_const(*recording.logits).values(), std::as_const(expected).values(),
                         tolerance("logits", 0.5))
                 .isEmpty());
}

QTEST_APPLESS_MAIN(BertOracleTest)
#include "bert_oracle_test.moc"
