#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/models/bert_network.h"
#include "engine/models/registry.h"
#include "tests/support/compare.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
const std::string golden = std::string(HEADLIGHT_GOLDEN) + "/bert-mlm";

ModelInput someInput(int tokens) {
    ModelInput input;
    for (int i = 0; i < tokens; ++i)
        input.ids.push_back((i * 37 + 11) % 456);
    return input;
}

/// A copy of the golden folder with one text replaced in config.json.
std::string messageFor(const QByteArray& before, const QByteArray& after) {
    QTemporaryDir folder;
    QFile::copy(QString::fromStdString(golden + "/model.safetensors"), folder.filePath("model.safetensors"));
    QFile original(QString::fromStdString(golden + "/config.json"));
    if (!original.open(QIODevice::ReadOnly))
        return {};
    QByteArray text = original.readAll();
    if (!text.contains(before))
        return {};
    QFile changed(folder.filePath("config.json"));
    if (!changed.open(QIODevice::WriteOnly))
        return {};
    changed.write(text.replace(before, after));
    changed.close();
    try {
        loadModel(ModelFolder::open(folder.path().toStdString()));
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}
} // namespace

class BertTest : public QObject {
    Q_OBJECT
private slots:
    void rowsSumToOne();
    void recordingOrNotGivesTheSameLogits();
    void partialRecordingsGrow();
    void stopRequestCancels();
    void badInputIsRefused();
    void badFoldersAreRefused_data();
    void badFoldersAreRefused();
    void plannedBytesAreWhatIsTaken();
};

void BertTest::rowsSumToOne() {
    const auto model = loadModel(ModelFolder::open(golden));
    const Recording recording = model->run(someInput(40), RecordPlan::everything(), {});
    for (const auto& site : recording.stacks[0].sites)
        for (int head = 0; head < 4; ++head)
            for (int i = 0; i < 40; ++i) {
                double sum = 0;
                for (float weight : site->weights.row(head, i))
                    sum += static_cast<double>(weight);
                QVERIFY(std::abs(sum - 1) < 1e-6);
            }
}

void BertTest::recordingOrNotGivesTheSameLogits() {
    const auto model = loadModel(ModelFolder::open(golden));
    RecordPlan little = RecordPlan::weightsOnly();
    little.logits = true;
    const Recording all = model->run(someInput(21), RecordPlan::everything(), {});
    const Recording few = model->run(someInput(21), little, {});
    QVERIFY(std::ranges::equal(all.logits->values(), few.logits->values()));
    QVERIFY(few.stacks[0].sites[0]->queries.empty());
    QVERIFY(few.stacks[0].hidden.empty());
    QVERIFY(!all.stacks[0].sites[0]->queries.empty());
}

void BertTest::partialRecordingsGrow() {
    const auto model = loadModel(ModelFolder::open(golden));
    std::vector<size_t> sites;
    RunControl control;
    control.layerFinished = [&](const Recording& recording, int done, int of) {
        QCOMPARE(of, 3);
        QCOMPARE(recording.stacks[0].sites.size(), static_cast<size_t>(done));
        sites.push_back(recording.stacks[0].sites.size());
    };
    model->run(someInput(5), RecordPlan::everything(), control);
    QCOMPARE(sites, (std::vector<size_t>{1, 2, 3}));
}

void BertTest::stopRequestCancels() {
    const auto model = loadModel(ModelFolder::open(golden));
    std::stop_source source;
    RunControl control{source.get_token(), [&](const Recording&, int done, int) {
                           QCOMPARE(done, 1);
                           source.request_stop();
                       }};
    QVERIFY_THROWS_EXCEPTION(Cancelled, model->run(someInput(5), RecordPlan::everything(), control));
}

void BertTest::badInputIsRefused() {
    const auto model = loadModel(ModelFolder::open(golden));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run({}, {}, {}));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run(someInput(161), {}, {}));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run({{456}, {}}, {}, {}));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run({{-1}, {}}, {}, {}));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run({{1, 2}, {0, 2}}, {}, {}));
    QVERIFY_THROWS_EXCEPTION(RequestError, model->run({{1, 2}, {0}}, {}, {}));
}

void BertTest::badFoldersAreRefused_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("mentions");
    QTest::newRow("another width") << QByteArray("\"hidden_size\": 48") << QByteArray("\"hidden_size\": 52")
                                   << QByteArray("bert.embeddings.word_embeddings.weight");
    QTest::newRow("heads that do not divide")
        << QByteArray("\"num_attention_heads\": 4") << QByteArray("\"num_attention_heads\": 5")
        << QByteArray("num_attention_heads");
    QTest::newRow("more layers than there are")
        << QByteArray("\"num_hidden_layers\": 3") << QByteArray("\"num_hidden_layers\": 4")
        << QByteArray("bert.encoder.layer.3");
    QTest::newRow("absurd layers") << QByteArray("\"num_hidden_layers\": 3")
                                   << QByteArray("\"num_hidden_layers\": 3000000000")
                                   << QByteArray("num_hidden_layers");
    // Would take 16 GB, were memory taken before the weight file is looked at.
    QTest::newRow("a vocabulary that is not there")
        << QByteArray("\"vocab_size\": 456") << QByteArray("\"vocab_size\": 10000000")
        << QByteArray("word_embeddings.weight");
    QTest::newRow("a feed-forward block that is not there")
        << QByteArray("\"intermediate_size\": 80") << QByteArray("\"intermediate_size\": 1000000")
        << QByteArray("intermediate.dense.weight");
    QTest::newRow("negative width") << QByteArray("\"hidden_size\": 48") << QByteArray("\"hidden_size\": -48")
                                    << QByteArray("hidden_size");
    QTest::newRow("unknown activation")
        << QByteArray("\"gelu\"") << QByteArray("\"mish\"") << QByteArray("mish");
    QTest::newRow("unknown family") << QByteArray("\"model_type\": \"bert\"")
                                    << QByteArray("\"model_type\": \"mamba\"") << QByteArray("mamba");
    QTest::newRow("relative positions")
        << QByteArray("\"absolute\"") << QByteArray("\"relative_key\"") << QByteArray("relative_key");
}

void BertTest::badFoldersAreRefused() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, mentions);
    const std::string message = messageFor(before, after);
    QVERIFY2(message.find(mentions.toStdString()) != std::string::npos, message.c_str());
}

void BertTest::plannedBytesAreWhatIsTaken() {
    const auto model = loadModel(ModelFolder::open(golden));
    const Recording recording = model->run(someInput(30), RecordPlan::everything(), {});
    size_t numbers = recording.logits->size();
    for (const auto& hidden : recording.stacks[0].hidden)
        numbers += hidden->size();
    for (const auto& site : recording.stacks[0].sites)
        numbers += site->queries.size() + site->keys.size() + site->values.size() + site->scores.size() +
                   site->weights.size() + site->context.size();
    QCOMPARE(plannedBytes(RecordPlan::everything(), model->shape(), 30),
             static_cast<int64_t>(numbers * sizeof(float)));
}

QTEST_APPLESS_MAIN(BertTest)
#include "bert_test.moc"
