#include "engine/text/registry.h"
#include "engine/text/wordpiece.h"
#include "tests/text/expected_tokens.h"

#include <QTest>

#include <cstdio>
#include <filesystem>

using namespace headlight;

/// The vocabulary of bert-base-uncased is not part of this repository: its cases run where HEADLIGHT_SHARED
/// names the folder that holds it.
class OracleVocabularyTest : public QObject {
    Q_OBJECT
private slots:
    void bertBaseUncased() {
        const nlohmann::json golden = readJson(HEADLIGHT_GOLDEN "/tokenizers-bert/cases.json");
        QCOMPARE(golden["cases"].size(), size_t(226));
        QCOMPARE(golden["pairs"].size(), size_t(6));
        const char* shared = std::getenv("HEADLIGHT_SHARED");
        if (!shared) {
            std::printf("%zu cases did not run: HEADLIGHT_SHARED is not set\n",
                        golden["cases"].size() + golden["pairs"].size());
            return;
        }
        const auto tokenizer =
            loadTokenizer(std::filesystem::path(shared) / "vocabularies" / "bert-base-uncased");
        QCOMPARE(tokenizer->vocabularySize(), size_t(30522));

        std::string differences;
        for (const nlohmann::json& row : golden["cases"]) {
            const std::string text = row["text"];
            const std::vector<Token> pieces = tokenizer->pieces(text);
            for (const std::string& line :
                 {difference("tokens", piecesOf(pieces), row["tokens"].get<std::vector<std::string>>()),
                  difference("ids", idsOf(pieces), row["ids"].get<std::vector<int>>()),
                  difference("ids with special", idsOf(tokenizer->encode(text).tokens),
                             row["ids_with_special"].get<std::vector<int>>())})
                if (!line.empty())
                    differences += row["text"].dump() + ": " + line + "\n";
        }
        const auto wordPiece = std::dynamic_pointer_cast<const WordPiece>(tokenizer);
        QVERIFY(wordPiece);
        for (const nlohmann::json& row : golden["pairs"]) {
            const std::string text = row["text"], pair = row["text_pair"];
            const std::vector<Token> tokens = wordPiece->encodePair(text, pair, 0).tokens;
            for (const std::string& line :
                 {difference("ids", idsOf(tokens), row["input_ids"].get<std::vector<int>>()),
                  difference("token types", typesOf(tokens), row["token_type_ids"].get<std::vector<int>>())})
                if (!line.empty())
                    differences += row["text"].dump() + " + " + row["text_pair"].dump() + ": " + line + "\n";
        }
        QVERIFY2(differences.empty(), differences.c_str());
    }
};

QTEST_APPLESS_MAIN(OracleVocabularyTest)
#include "oracle_vocabulary_test.moc"
