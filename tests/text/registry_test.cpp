#include "engine/core/errors.h"
#include "engine/text/registry.h"
#include "tests/text/expected_tokens.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace headlight;

namespace {

constexpr auto smallVocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nit\nIt\n\u00e9\n";

class Folder {
public:
    Folder() { write("vocab.txt", smallVocabulary); }
    Folder& write(const std::string& name, const std::string& content) {
        std::ofstream(path() / name, std::ios::binary) << content;
        return *this;
    }
    Folder& remove(const std::string& name) {
        std::filesystem::remove(path() / name);
        return *this;
    }
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    std::shared_ptr<const Tokenizer> load() const { return loadTokenizer(path()); }

    /// The sentence that loading this folder ends with.
    std::string problem() const {
        try {
            load();
        } catch (const FileError& error) {
            return error.what();
        }
        return "no problem";
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

#define COMPLAINS_ABOUT(folder, words)                                                                       \
    QVERIFY2((folder).problem().find(words) != std::string::npos, (folder).problem().c_str())

class RegistryTest : public QObject {
    Q_OBJECT
private slots:
    void aVocabularyAloneWillDo() {
        const auto tokenizer = Folder().load();
        QCOMPARE(tokenizer->vocabularySize(), size_t(8));
        QCOMPARE(piecesOf(tokenizer->pieces("It it")), (std::vector<std::string>{"it", "it"}));
    }

    void linesEndAsPythonReadsThem() {
        Folder folder;
        folder.write("vocab.txt", "[UNK]\r\n[CLS]\r[SEP]\n\nx \xE2\x80\xA8y\nlast");
        const auto tokenizer = folder.load();
        QCOMPARE(tokenizer->vocabularySize(), size_t(6));
        QCOMPARE(tokenizer->id("[SEP]"), 2);
        QCOMPARE(tokenizer->id("x \u2028y"), 4);
        QCOMPARE(tokenizer->piece(5), std::string_view("last"));
    }

    void settings() {
        Folder folder;
        folder.write("tokenizer_config.json",
                     R"({"do_lower_case": false, "tokenizer_class": "BertTokenizerFast"})");
        QCOMPARE(piecesOf(folder.load()->pieces("It it")), (std::vector<std::string>{"It", "it"}));
        folder.write("tokenizer_config.json", R"({"strip_accents": false, "tokenizer_class": null})");
        QCOMPARE(piecesOf(folder.load()->pieces("\u00c9")), (std::vector<std::string>{"\u00e9"}));
        folder.write("tokenizer_config.json", R"({"mask_token": {"content": "it", "lstrip": false}})");
        QVERIFY(folder.load()->pieces("it").front().special);
        folder.write("special_tokens_map.json", R"({"mask_token": "It"})");
        QVERIFY(!folder.load()->pieces("it").front().special);
        QVERIFY(folder.load()->pieces("It").front().special);
    }

    void addedTokens() {
        Folder folder;
        folder.write("added_tokens.json", R"({"[E1]": 8, "[E2]": 9})")
            .write("tokenizer_config.json", R"({"additional_special_tokens": ["[E2]"]})");
        const std::vector<Token> tokens = folder.load()->pieces("[E1][E2]");
        QCOMPARE(idsOf(tokens), (std::vector<int>{8, 9}));
        QVERIFY(!tokens[0].special && tokens[1].special);

        folder.remove("added_tokens.json")
            .write(
                "tokenizer_config.json",
                R"({"added_tokens_decoder": {"4": {"content": "[MASK]", "special": true}, "8": {"content": "[E1]"}}})");
        QCOMPARE(idsOf(folder.load()->pieces("[MASK][E1]")), (std::vector<int>{4, 8}));
    }

    void foldersThatCannotBeRead() {
        COMPLAINS_ABOUT(Folder().remove("vocab.txt"), "has no vocab.txt");
        COMPLAINS_ABOUT(Folder().remove("vocab.txt").write("tokenizer.json", "{}"), "tokenizer.json");
        COMPLAINS_ABOUT(Folder().write("vocab.txt", ""), "vocab.txt: is empty");
        COMPLAINS_ABOUT(Folder().write("vocab.txt", "[CLS]\n[SEP]\n"), "has no piece \"[UNK]\"");
        COMPLAINS_ABOUT(Folder().write("vocab.txt", "[UNK]\n[SEP]\n"), "has no piece \"[CLS]\"");
        COMPLAINS_ABOUT(Folder().write("vocab.txt", "[UNK]\n[CLS]\n\xFF\n"), "line 3 is not UTF-8");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", "{"), "tokenizer_config.json");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", "[]"), "is not a JSON object");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"tokenizer_class": "GPT2Tokenizer"})"),
                        "GPT2Tokenizer");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"tokenizer_class": 3})"),
                        "tokenizer_class");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"do_lower_case": "yes"})"),
                        "\"do_lower_case\" must be true or false");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"do_basic_tokenize": false})"),
                        "do_basic_tokenize");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"never_split": "x"})"),
                        "must be a list of words");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"mask_token": 7})"), "\"mask_token\"");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"unk_token": "<unk>"})"),
                        "has no piece \"<unk>\"");
        COMPLAINS_ABOUT(Folder().write("added_tokens.json", R"({"[E1]": 12})"), "[E1]");
        COMPLAINS_ABOUT(Folder().write("added_tokens.json", R"({"[E1]": -1})"), "needs a name and an id");
        COMPLAINS_ABOUT(Folder().write("added_tokens.json", R"({"[E1]": 18446744073709551615})"),
                        "needs a name and an id");
        COMPLAINS_ABOUT(Folder().write("tokenizer_config.json", R"({"added_tokens_decoder": {"x": {}}})"),
                        "needs a name and an id");
        COMPLAINS_ABOUT(
            Folder().write("tokenizer_config.json",
                           R"({"added_tokens_decoder": {"8": {"content": "a", "special": "?"}, "9": 1}})"),
            "needs a name and an id");
        Folder gone;
        QVERIFY_THROWS_EXCEPTION(FileError, loadTokenizer(gone.path() / "nowhere"));
        QVERIFY_THROWS_EXCEPTION(FileError, loadTokenizer(gone.path() / "vocab.txt"));
    }

    void anAbsurdlyLargeVocabularyIsRefusedUnread() {
        Folder folder;
        std::filesystem::resize_file(folder.path() / "vocab.txt", (uintmax_t(64) << 20) + 1);
        COMPLAINS_ABOUT(folder, "67108865 bytes");
    }

    // Every beginning of a good vocabulary either loads or is refused with a sentence.
    void everyTruncationIsLoadedOrRefused() {
        const std::string whole = smallVocabulary;
        for (size_t length = 0; length <= whole.size(); ++length) {
            const std::string problem = Folder().write("vocab.txt", whole.substr(0, length)).problem();
            const bool complete = length >= whole.find("[SEP]") + 5;
            const bool cutsCharacter = length == whole.size() - 2;
            QCOMPARE(problem == "no problem", complete && !cutsCharacter);
        }
    }
};

QTEST_APPLESS_MAIN(RegistryTest)
#include "registry_test.moc"
