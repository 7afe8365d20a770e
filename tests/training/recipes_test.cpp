#include "corpus_folder.h"
#include "engine/core/errors.h"
#include "engine/files/safetensors.h"
#include "engine/models/registry.h"
#include "engine/text/registry.h"
#include "engine/training/recipes.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace headlight;

class RecipesTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    static QStringList files(const QString& folder) {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }
    static QJsonObject json(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }
    TrainOptions options(const QString& name) const {
        TrainOptions result;
        result.out = m_folder.filePath(name).toStdString();
        result.steps = 4;
        return result;
    }

private slots:
    void unknownRecipesAndOptionsAreRefused() {
        try {
            trainRecipe("writer", options("none"), {});
            QFAIL("an unknown recipe was trained");
        } catch (const RequestError& error) {
            QVERIFY(QString(error.what()).contains("reader"));
        }
        TrainOptions bad = options("none");
        bad.steps = -1;
        QVERIFY_THROWS_EXCEPTION(RequestError, trainRecipe("reader", bad, {}));
        bad = options("none");
        bad.threads = 0;
        QVERIFY_THROWS_EXCEPTION(RequestError, trainRecipe("reader", bad, {}));
        bad = options("none");
        bad.out.clear();
        QVERIFY_THROWS_EXCEPTION(RequestError, trainRecipe("reader", bad, {}));
        bad = options("none");
        bad.data = "/corpora";
        QVERIFY_THROWS_EXCEPTION(FileError, trainRecipe("reader", bad, {})); // no such folder
        QVERIFY(files(m_folder.path()).empty());
    }

    void readerWritesAWholeFolder() {
        trainRecipe("reader", options("straight"), {});
        const QString folder = m_folder.filePath("straight");
        QCOMPARE(files(folder), (QStringList{"README.md", "config.json", "headlight.json", "metrics.json",
                                             "model.safetensors", "special_tokens_map.json",
                                             "tokenizer_config.json", "vocab.txt"}));
        const ModelFolder opened = ModelFolder::open(folder.toStdString());
        const std::shared_ptr<const Model> model = loadModel(opened);
        const std::shared_ptr<const Tokenizer> tokenizer = loadTokenizer(folder.toStdString());
        QCOMPARE(static_cast<size_t>(model->shape().vocabularySize), tokenizer->vocabularySize());
        QCOMPARE(model->shape().maximumTokens, 128);
        QVERIFY(opened.weights().tensors().find("bert.embeddings.word_embeddings.weight")->second.type ==
                ElementType::f16);
        const QJsonObject notes = json(folder + "/headlight.json");
        const std::optional<HeadAddress> head =
            parseHeadAddress(notes["example_head"].toString().toStdString());
        QVERIFY(head && model->shape().has(*head));
        QCOMPARE(notes["example_query"].toString(), QString("it"));
        QCOMPARE(json(folder + "/metrics.json")["heads"].toArray().size(), 12);
        QCOMPARE(json(folder + "/metrics.json")["sample"].toInt(), 40);
    }

    /// With corpora their words are in the vocabulary, and the card names them.
    void readerLearnsFromCorporaToo() {
        CorpusFolder corpora;
        QVERIFY(corpora.write("books-public-domain/fox.txt", CorpusFolder::book()));
        QByteArray lines;
        for (int i = 0; i < 300; ++i)
            lines += "Quokka number " + QByteArray::number(i) + " ate the zucchini.\tOui.\n";
        QVERIFY(corpora.write("fra-eng/fra.txt", lines));
        TrainOptions withData = options("with_data");
        withData.data = corpora.path();
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        control.report = [&](const Progress&) { stop.request_stop(); };
        QVERIFY_THROWS_EXCEPTION(Cancelled, trainRecipe("reader", withData, control));
        // The checkpoint belongs to these corpora.
        QVERIFY(corpora.write("fra-eng/fra.txt", lines + "One more.\tOui.\n"));
        QVERIFY_THROWS_EXCEPTION(FileError, trainRecipe("reader", withData, {}));
        TrainOptions withoutData = options("with_data");
        QVERIFY_THROWS_EXCEPTION(FileError, trainRecipe("reader", withoutData, {}));
        QVERIFY(corpora.write("fra-eng/fra.txt", lines));
        trainRecipe("reader", withData, {});
        const QString folder = m_folder.filePath("with_data");
        const std::shared_ptr<const Tokenizer> tokenizer = loadTokenizer(folder.toStdString());
        QVERIFY(tokenizer->id("quokka") > 0 && tokenizer->id("zucchini") > 0);
        QVERIFY(json(folder + "/metrics.json")["masked_words_real"].toObject()["words"].toInt() > 0);
        QFile card(folder + "/README.md");
        QVERIFY(card.open(QIODevice::ReadOnly));
        const QByteArray text = card.readAll();
        for (const char* said :
             {"fra-eng/fra.txt", "CC-BY 2.0 FR", "books-public-domain/fox.txt", "--data DIR"})
            QVERIFY2(text.contains(said), said);
    }

    void nobodysFilesAreReplaced() {
        QVERIFY_THROWS_EXCEPTION(FileError,
                                 trainRecipe("reader", options("straight"), {})); // trained already
        QVERIFY(QDir(m_folder.path()).mkdir("foreign"));
        QFile mine(m_folder.filePath("foreign/README.md"));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write("mine");
        mine.close();
        QVERIFY_THROWS_EXCEPTION(FileError, trainRecipe("reader", options("foreign"), {}));
        QCOMPARE(files(m_folder.filePath("foreign")), QStringList{"README.md"});
        QVERIFY(mine.open(QIODevice::ReadOnly));
        QCOMPARE(mine.readAll(), QByteArray("mine"));
    }

    void cancelledTrainingGoesOnToTheSameModel_data() {
        QTest::addColumn<double>("stopAt");
        QTest::addColumn<QStringList>("left");
        QTest::newRow("first part") << 0.5 << QStringList{"training.safetensors"};
        QTest::newRow("second part") << 0.7 << QStringList{"finishing.safetensors", "training.safetensors"};
    }

    void cancelledTrainingGoesOnToTheSameModel() {
        QFETCH(double, stopAt);
        QFETCH(QStringList, left);
        const QString name = QString("interrupted at %1").arg(stopAt);
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        control.report = [&](const Progress& progress) {
            if (progress.fraction >= stopAt)
                stop.request_stop();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, trainRecipe("reader", options(name), control));
        const QString folder = m_folder.filePath(name);
        QCOMPARE(files(folder), left);

        TrainOptions other = options(name);
        other.seed = 99;
        QVERIFY_THROWS_EXCEPTION(FileError, trainRecipe("reader", other, {}));
        QCOMPARE(files(folder), left);

        trainRecipe("reader", options(name), {});
        for (const QString& file : left)
            QVERIFY(!files(folder).contains(file));
        const auto weights = [](const QString& path) {
            return SafetensorsFile::open(path.toStdString())->sha256();
        };
        QCOMPARE(weights(folder + "/model.safetensors"),
                 weights(m_folder.filePath("straight") + "/model.safetensors"));
    }
};

QTEST_APPLESS_MAIN(RecipesTest)
#include "recipes_test.moc"
