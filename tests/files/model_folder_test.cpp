#include "engine/files/model_folder.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <filesystem>
#include <sys/stat.h>

using namespace headlight;
using namespace headlight::testing;
namespace fs = std::filesystem;

namespace {

constexpr const char* config =
    R"({"model_type": "bert", "hidden_size": 8, "layer_norm_eps": 1e-12, "hidden_act": "gelu", "pad_token_id": null,
        "large": 18446744073709551615, "half": 2.5})";

std::string weights() {
    SafetensorsWriter writer;
    writer.add("a", {2}, std::array{1.0F, 2.0F});
    const std::vector<std::byte> bytes = writer.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

class ModelFolderTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_root;
    fs::path root() const { return m_root->path().toStdString(); }

    static void put(const fs::path& file, const std::string& content) {
        fs::create_directories(file.parent_path());
        writePlainFile(QString::fromStdString(file.string()), content);
    }
    /// A good folder of the name "tiny".
    fs::path tiny() const {
        const fs::path folder = root() / "tiny";
        put(folder / "config.json", config);
        put(folder / "model.safetensors", weights());
        return folder;
    }
    static std::string refusalOf(const fs::path& folder) {
        return refusal([&] { ModelFolder::open(folder); });
    }

private slots:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }

    void aGoodFolderOpens() {
        const ModelFolder folder = ModelFolder::open(tiny());
        QCOMPARE(folder.name(), std::string("tiny"));
        QCOMPARE(folder.weights().read("a", {2}).at(1), 2.0F);
        QCOMPARE(folder.text("model_type", ""), std::string("bert"));
        QVERIFY(folder.file("vocab.txt").empty());
        QCOMPARE(folder.file("config.json"), tiny() / "config.json");
        QCOMPARE(ModelFolder::open(tiny() / "").name(), std::string("tiny"));
        QCOMPARE(ModelFolder::open(tiny() / ".." / "tiny" / ".").name(), std::string("tiny"));
        fs::create_directory_symlink("tiny", root() / "other name");
        QCOMPARE(ModelFolder::open(root() / "other name").name(), std::string("other name"));
    }

    void theConfigIsChecked() {
        const ModelFolder folder = ModelFolder::open(tiny());
        QCOMPARE(folder.integer("hidden_size", 1, 100), int64_t{8});
        QCOMPARE(folder.integer("absent", 1, 100, 7), int64_t{7});
        QCOMPARE(folder.integer("pad_token_id", 0, 100, 3), int64_t{3}); // null counts as absent
        QCOMPARE(folder.number("layer_norm_eps", 0, 1, 0.5), 1e-12);
        QCOMPARE(folder.number("hidden_size", 0, 100, 0.5), 8.0);
        QCOMPARE(folder.number("absent", 0, 1, 0.5), 0.5);
        QCOMPARE(folder.text("absent", "default"), std::string("default"));
        const std::string file = (tiny() / "config.json").string();
        QCOMPARE(refusal([&] { folder.integer("hidden_size", 16, 100); }),
                 file + ": \"hidden_size\" is 8, expected is a whole number from 16 to 100");
        QCOMPARE(refusal([&] { folder.integer("absent", 1, 100); }), file + ": \"absent\" is missing");
        QVERIFY(
            isSentenceAbout(refusal([&] { folder.integer("large", 1, INT64_MAX); }), "18446744073709551615"));
        QVERIFY(isSentenceAbout(refusal([&] { folder.integer("half", 1, 100); }), "2.5"));
        QVERIFY(isSentenceAbout(refusal([&] { folder.integer("hidden_act", 1, 100); }), "gelu"));
        QVERIFY(isSentenceAbout(refusal([&] { folder.number("hidden_act", 1, 100, 1); }), "gelu"));
        QVERIFY(isSentenceAbout(refusal([&] { folder.number("half", 3, 100, 1); }), "2.5"));
        QVERIFY(isSentenceAbout(refusal([&] { folder.text("half", ""); }), "2.5"));
    }

    void everyTruncationIsRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("config") << "config.json";
        QTest::newRow("weights") << "model.safetensors";
    }
    void everyTruncationIsRefused() {
        QFETCH(QString, name);
        const fs::path folder = tiny();
        const fs::path file = folder / name.toStdString();
        const std::string whole = readPlainFile(QString::fromStdString(file.string()));
        for (size_t length = 0; length < whole.size(); ++length) {
            put(file, whole.substr(0, length));
            const std::string said = refusalOf(folder);
            if (!isSentenceAbout(said, file.string()))
                QFAIL(qPrintable(QString("cut to %1 bytes: \"%2\"").arg(length).arg(said.c_str())));
        }
        put(file, whole);
        QCOMPARE(refusalOf(folder), std::string());
    }

    void whatIsMissingIsNamed() {
        QVERIFY(isSentenceAbout(refusalOf(root() / "none"), "no such model folder"));
        put(root() / "file", "x");
        QVERIFY(isSentenceAbout(refusalOf(root() / "file"), "is a file"));
        fs::create_directory(root() / "empty");
        QVERIFY(isSentenceAbout(refusalOf(root() / "empty"), "no config.json"));
        QVERIFY(isSentenceAbout(refusalOf(""), "needs a name"));
        put(root() / "list" / "config.json", "[1]");
        QVERIFY(isSentenceAbout(refusalOf(root() / "list"), "not a JSON object"));
        put(root() / "bare" / "config.json", config);
        QVERIFY(isSentenceAbout(refusalOf(root() / "bare"), "there is no model.safetensors"));
        put(root() / "bare" / "model.safetensors.index.json", "{}");
        QVERIFY(isSentenceAbout(refusalOf(root() / "bare"), "split over several files"));
        put(root() / "long" / "config.json", "{\"a\": \"" + std::string(4'000'000, 'x') + "\"}");
        QVERIFY(isSentenceAbout(refusalOf(root() / "long"), "at most 4000000"));
    }

    void pickleFilesAreNeverOpened() {
        put(root() / "old" / "config.json", config);
        put(root() / "old" / "pytorch_model.bin", "\x80\x02");
        const std::string said = refusalOf(root() / "old");
        QVERIFY2(isSentenceAbout(said, "pytorch_model.bin"), said.c_str());
        QVERIFY(said.find("pickle") != std::string::npos &&
                said.find("save_pretrained") != std::string::npos);
    }

    void linksMayNotLeaveTheFolder() {
        const fs::path folder = tiny();
        put(root() / "secret" / "vocab.txt", "secret");
        put(root() / "tiny-2" / "vocab.txt", "a folder whose name begins alike");
        put(folder / "inner" / "real.txt", "inside");
        fs::create_symlink("inner/real.txt", folder / "inside");
        fs::create_symlink(folder / "inner" / "real.txt", folder / "absolute");
        fs::create_symlink("../secret/vocab.txt", folder / "outside");
        fs::create_symlink("../tiny-2/vocab.txt", folder / "alike");
        fs::create_symlink("/etc/passwd", folder / "system");
        fs::create_symlink("nowhere", folder / "dangling");
        fs::create_symlink("loop", folder / "loop");
        fs::create_directory_symlink("../secret", folder / "door");
        const ModelFolder model = ModelFolder::open(folder);
        QCOMPARE(model.file("inside"), folder / "inside");
        QCOMPARE(model.file("absolute"), folder / "absolute");
        for (const char* name :
             {"outside", "alike", "system", "door", "door/vocab.txt", "../secret/vocab.txt"}) {
            const std::string said = refusal([&] { model.file(name); });
            QVERIFY2(said.find("leads out of") != std::string::npos && isSentenceAbout(said, name),
                     said.c_str());
        }
        QVERIFY(isSentenceAbout(refusal([&] { model.file("dangling"); }), "leads nowhere"));
        QVERIFY(isSentenceAbout(refusal([&] { model.file("loop"); }), "leads nowhere"));

        fs::rename(folder / "config.json", root() / "secret" / "config.json");
        fs::create_symlink("../secret/config.json", folder / "config.json");
        QVERIFY(isSentenceAbout(refusalOf(folder), "leads out of"));
    }

    void linksIntoTheBlobsOfAHuggingFaceCacheAreFollowed() {
        const fs::path cache = root() / "models--org--tiny-bert";
        const fs::path folder = cache / "snapshots" / "0123456789abcdef";
        fs::create_directories(folder);
        put(cache / "blobs" / "aaaa", config);
        put(cache / "blobs" / "bbbb", weights());
        put(cache / "refs" / "main", "0123456789abcdef");
        put(root() / "models--org--other" / "blobs" / "cccc", config);
        fs::create_symlink("../../blobs/aaaa", folder / "config.json");
        fs::create_symlink("../../blobs/bbbb", folder / "model.safetensors");
        fs::create_symlink("../../refs/main", folder / "reference");
        fs::create_symlink("../../../models--org--other/blobs/cccc", folder / "other");
        const ModelFolder model = ModelFolder::open(folder);
        QCOMPARE(model.name(), std::string("tiny-bert"));
        QVERIFY(isSentenceAbout(refusal([&] { model.file("reference"); }), "leads out of"));
        QVERIFY(isSentenceAbout(refusal([&] { model.file("other"); }), "leads out of"));
        QVERIFY(isSentenceAbout(refusalOf(cache), "snapshots"));
        // The same layout under another name is no cache.
        fs::rename(cache, root() / "tiny");
        QVERIFY(
            isSentenceAbout(refusalOf(root() / "tiny" / "snapshots" / "0123456789abcdef"), "leads out of"));
    }

    /// A pipe must be refused at once, not waited for.
    void onlyRegularFilesAreRead_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("config") << "config.json";
        QTest::newRow("weights") << "model.safetensors";
    }
    void onlyRegularFilesAreRead() {
        QFETCH(QString, name);
        const fs::path folder = tiny();
        const fs::path file = folder / name.toStdString();
        fs::remove(file);
        QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
        QVERIFY(isSentenceAbout(refusalOf(folder), "not a regular file"));
        fs::remove(file);
        fs::create_directory(file);
        QVERIFY(isSentenceAbout(refusalOf(folder), "is a folder"));
    }
};

QTEST_APPLESS_MAIN(ModelFolderTest)
#include "model_folder_test.moc"
