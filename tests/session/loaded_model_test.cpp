#include "engine/core/errors.h"
#include "engine/session/model_session.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace headlight;
namespace fs = std::filesystem;

namespace {
const fs::path golden = fs::path(HEADLIGHT_GOLDEN) / "bert-mlm";

/// A copy of the golden model that a test may spoil.
struct ModelCopy {
    QTemporaryDir temporary;
    fs::path folder;

    explicit ModelCopy(const std::string& name = "spoiled")
        : folder(fs::path(temporary.path().toStdString()) / name) {
        fs::create_directory(folder);
        for (const char* file : {"config.json", "model.safetensors", "vocab.txt", "tokenizer_config.json"})
            fs::copy_file(golden / file, folder / file);
    }
    void write(const std::string& file, const std::string& content) const {
        std::ofstream(folder / file, std::ios::binary | std::ios::trunc) << content;
    }
};

std::string sentenceOf(const std::string& nameOrFolder) {
    try {
        LoadedModel::load(nameOrFolder);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Sets HEADLIGHT_RESOURCES while it lives.
class Resources {
public:
    explicit Resources(const fs::path& folder) : m_before(qgetenv("HEADLIGHT_RESOURCES")) {
        qputenv("HEADLIGHT_RESOURCES", QByteArray::fromStdString(folder.string()));
    }
    ~Resources() { qputenv("HEADLIGHT_RESOURCES", m_before); }
    Q_DISABLE_COPY_MOVE(Resources)

private:
    QByteArray m_before;
};
} // namespace

class LoadedModelTest : public QObject {
    Q_OBJECT

private slots:
    void folderIsLoadedAndRuns() {
        const auto model = LoadedModel::load(golden.string());
        QCOMPARE(model->name, std::string("bert-mlm"));
        QCOMPARE(model->sha256.size(), size_t{64});
        QVERIFY(model->notes.description.empty());
        RunRequest request;
        request.text = "hello";
        const RunResult result = ModelSession(model).run(request, {});
        QVERIFY2(result.kind == RunResult::Kind::completed, result.message.c_str());
        QCOMPARE(result.trace->layers(Stack::encoder), model->model->shape().find(Stack::encoder)->layers);
    }

    void trailingSlashDoesNotChangeTheName() {
        QCOMPARE(LoadedModel::load(golden.string() + "/")->name, std::string("bert-mlm"));
    }

    void bundledNameWins() {
        QTemporaryDir temporary;
        const fs::path resources = temporary.path().toStdString();
        fs::create_directories(resources / "models" / "empty");
        const ModelCopy copy("second");
        fs::copy(copy.folder, resources / "models" / "second");
        fs::copy(copy.folder, resources / "models" / "first");
        const Resources here(resources);
        QCOMPARE(resourceFolder(), resources);
        QCOMPARE(bundledModels(), (std::vector<std::string>{"first", "second"}));
        QCOMPARE(LoadedModel::load("first")->folder, resources / "models" / "first");
    }

    void unknownNameNamesTheBundledModels() {
        QTemporaryDir temporary;
        const fs::path resources = temporary.path().toStdString();
        const Resources here(resources);
        QVERIFY(bundledModels().empty());
        QVERIFY2(contains(sentenceOf("nothing"), "there are none here"), sentenceOf("nothing").c_str());
        fs::create_directories(resources / "models");
        fs::copy(ModelCopy().folder, resources / "models" / "reader");
        const std::string sentence = sentenceOf("no/such\nmodel");
        QVERIFY2(contains(sentence, "reader") && !contains(sentence, "\n"), sentence.c_str());
        QVERIFY(contains(sentenceOf(""), "reader"));
    }

    void notesAreRead() {
        const ModelCopy copy;
        copy.write("headlight.json",
                   R"({"description": "Reads.", "example_text": "It is.", "example_query": "It",
                                         "example_head": "encoder.1.head.0", "other": [1, 2]})");
        const ModelNotes notes = LoadedModel::load(copy.folder.string())->notes;
        QCOMPARE(notes.description, std::string("Reads."));
        QCOMPARE(notes.exampleText, std::string("It is."));
        QCOMPARE(notes.exampleQuery, std::string("It"));
        QCOMPARE(notes.exampleHead, std::string("encoder.1.head.0"));
    }

    void badNotesAreOneSentence_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("part");
        QTest::newRow("not JSON") << "{"
                                  << "headlight.json";
        QTest::newRow("a list") << "[]"
                                << "not a JSON object";
        QTest::newRow("a number") << R"({"description": 3})"
                                  << "\"description\" is not a string";
        QTest::newRow("no address") << R"({"example_head": "L1 H2"})"
                                    << "\"L1 H2\"";
        QTest::newRow("no such head") << R"({"example_head": "encoder.99.head.0"})"
                                      << "encoder.99.head.0";
    }
    void badNotesAreOneSentence() {
        QFETCH(QString, content);
        QFETCH(QString, part);
        const ModelCopy copy;
        copy.write("headlight.json", content.toStdString());
        const std::string sentence = sentenceOf(copy.folder.string());
        QVERIFY2(contains(sentence, part.toStdString()) && contains(sentence, "headlight.json"),
                 sentence.c_str());
    }

    void tokenizerOfAnotherModelIsRefused() {
        const ModelCopy copy;
        std::string vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
        for (int i = 0; i < 100'000; ++i)
            vocabulary += "word" + std::to_string(i) + "\n";
        copy.write("vocab.txt", vocabulary);
        const std::string sentence = sentenceOf(copy.folder.string());
        QVERIFY2(contains(sentence, "100005 pieces"), sentence.c_str());
    }

    void missingWeightsAndTokenizerAreNamed() {
        const ModelCopy copy;
        fs::remove(copy.folder / "vocab.txt");
        QVERIFY2(contains(sentenceOf(copy.folder.string()), "spoiled"),
                 sentenceOf(copy.folder.string()).c_str());
        fs::remove(copy.folder / "model.safetensors");
        QVERIFY2(contains(sentenceOf(copy.folder.string()), "safetensors"),
                 sentenceOf(copy.folder.string()).c_str());
    }
};

QTEST_GUILESS_MAIN(LoadedModelTest)
#include "loaded_model_test.moc"
