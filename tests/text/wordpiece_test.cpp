#include "engine/core/errors.h"
#include "engine/text/registry.h"
#include "engine/text/wordpiece.h"
#include "tests/text/expected_tokens.h"

#include <QTest>

using namespace headlight;

namespace {

std::vector<std::string> smallVocabulary() {
    return {"[PAD]", "[UNK]", "[CLS]",    "[SEP]", "[MASK]", "un", "##aff", "##able", "the", "it",   ".",
            "##s",   "b",     "##\u00fc", "##ck",  "\u4e2d", "c1", "##1",   "a",      "[",   "mask", "]"};
}

Token only(const std::vector<Token>& tokens) {
    return tokens.size() == 1 ? tokens.front() : Token{};
}

WordPieceOptions optionsOf(const nlohmann::json& json) {
    WordPieceOptions options;
    options.lowerCase = json["do_lower_case"];
    if (!json["strip_accents"].is_null())
        options.stripAccents = json["strip_accents"].get<bool>();
    options.splitIdeographs = json["tokenize_chinese_chars"];
    options.neverSplit = json["never_split"].get<std::vector<std::string>>();
    options.maskToken = json["mask_token"];
    return options;
}

} // namespace

class WordPieceTest : public QObject {
    Q_OBJECT
private slots:
    void reference() {
        const auto tokenizer = loadTokenizer(HEADLIGHT_GOLDEN "/bert-mlm");
        const nlohmann::json rows = readJson(HEADLIGHT_GOLDEN "/bert-mlm/tokenizer_cases.json")["cases"];
        QCOMPARE(rows.size(), size_t(110));
        std::string differences;
        for (const nlohmann::json& row : rows) {
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
        QVERIFY2(differences.empty(), differences.c_str());
    }

    void referenceModelInputs() {
        const auto tokenizer = loadTokenizer(HEADLIGHT_GOLDEN "/bert-mlm");
        const nlohmann::json rows = readJson(HEADLIGHT_GOLDEN "/bert-mlm/cases.json")["cases"];
        QCOMPARE(rows.size(), size_t(8));
        size_t pairs = 0;
        for (const nlohmann::json& row : rows) {
            const std::string text = row["text"], pair = row.value("text_pair", std::string());
            pairs += !pair.empty();
            const Encoding encoding = tokenizer->encode(text, pair, 0);
            std::vector<int> added;
            for (const Token& token : encoding.tokens)
                added.push_back(token.word == -1);
            for (const std::string& line :
                 {difference("tokens", piecesOf(encoding.tokens),
                             row["tokens"].get<std::vector<std::string>>()),
                  difference("ids", idsOf(encoding.tokens), row["input_ids"].get<std::vector<int>>()),
                  difference("token types", typesOf(encoding.tokens),
                             row["token_type_ids"].get<std::vector<int>>()),
                  difference("added tokens", added, row["special_tokens_mask"].get<std::vector<int>>())})
                QVERIFY2(line.empty(), (row["name"].get<std::string>() + ": " + line).c_str());
            QVERIFY(!encoding.truncated);
            QCOMPARE(encoding.bytesRead, text.size());
            QCOMPARE(encoding.pairBytesRead, pair.size());
        }
        QCOMPARE(pairs, size_t(1));
    }

    void otherOptions() {
        const nlohmann::json sets = readJson(HEADLIGHT_GOLDEN "/tokenizers-bert/options.json");
        QCOMPARE(sets.size(), size_t(8));
        std::string differences;
        for (const nlohmann::json& set : sets) {
            const WordPiece tokenizer(set["vocabulary"].get<std::vector<std::string>>(),
                                      optionsOf(set["options"]));
            for (const nlohmann::json& row : set["rows"]) {
                const std::string line =
                    difference("tokens", piecesOf(tokenizer.pieces(row["text"].get<std::string>())),
                               row["tokens"].get<std::vector<std::string>>());
                if (!line.empty())
                    differences +=
                        set["options"].dump() + " " + row["text"].dump(-1, ' ', true) + ": " + line + "\n";
            }
        }
        QVERIFY2(differences.empty(), differences.c_str());
    }

    // The comparison that the cases above rest on notices each kind of difference.
    void comparisonFindsDifferences() {
        const std::vector<std::string> expected = {"un", "##aff", "##able"};
        QVERIFY(difference<std::string>("tokens", expected, expected).empty());
        QVERIFY(!difference<std::string>("tokens", {"un", "##aff"}, expected).empty());
        QVERIFY(!difference<std::string>("tokens", {"un", "##aff", "##able", "."}, expected).empty());
        QVERIFY(!difference<std::string>("tokens", {"un", "##af", "##able"}, expected).empty());
        WordPieceOptions cased;
        cased.lowerCase = false;
        const auto lower = WordPiece(smallVocabulary(), {}).pieces("The");
        const auto upper = WordPiece(smallVocabulary(), cased).pieces("The");
        QVERIFY(!difference("tokens", piecesOf(upper), piecesOf(lower)).empty());
    }

    void whatATokenSays() {
        const WordPiece tokenizer(smallVocabulary(), {});
        const std::vector<Token> tokens = tokenizer.pieces("Unaffable xyz [MASK].");
        QCOMPARE(piecesOf(tokens),
                 (std::vector<std::string>{"un", "##aff", "##able", "[UNK]", "[MASK]", "."}));
        const ByteRange ranges[] = {{0, 2}, {2, 5}, {5, 9}, {10, 13}, {14, 20}, {20, 21}};
        const int words[] = {0, 0, 0, 1, 2, 3};
        for (size_t index = 0; index < tokens.size(); ++index) {
            QCOMPARE(tokens[index].bytes, ranges[index]);
            QCOMPARE(tokens[index].word, words[index]);
            QCOMPARE(tokens[index].special, index == 4);
            QCOMPARE(tokens[index].unknown, index == 3);
            QCOMPARE(tokens[index].text, 0);
        }
        const std::vector<Token> written = tokenizer.pieces("[UNK]");
        QVERIFY(only(written).special && !only(written).unknown);
    }

    void pairsNumberTheirWordsTogether() {
        const WordPiece tokenizer(smallVocabulary(), {});
        const Encoding encoding = tokenizer.encode("the it", "its.", 0);
        QCOMPARE(piecesOf(encoding.tokens),
                 (std::vector<std::string>{"[CLS]", "the", "it", "[SEP]", "it", "##s", ".", "[SEP]"}));
        std::vector<int> words;
        for (const Token& token : encoding.tokens)
            words.push_back(token.word);
        QCOMPARE(words, (std::vector<int>{-1, 0, 1, -1, 2, 2, 3, -1}));
        QCOMPARE(typesOf(encoding.tokens), (std::vector<int>{0, 0, 0, 0, 1, 1, 1, 1}));
        QCOMPARE(encoding.tokens[5].bytes, (ByteRange{2, 3}));
        QVERIFY(encoding.tokens[3].bytes.empty() && encoding.tokens[3].special);

        QCOMPARE(tokenizer.encode("it", "", 0).tokens.size(), size_t(3));
        QCOMPARE(tokenizer.encodePair("it", "", 0).tokens.size(), size_t(4));
    }

    void emptyText() {
        const WordPiece tokenizer(smallVocabulary(), {});
        for (const std::string text : {"", " \t\n", "\u200d"}) {
            QVERIFY(tokenizer.pieces(text).empty());
            QCOMPARE(piecesOf(tokenizer.encode(text).tokens), (std::vector<std::string>{"[CLS]", "[SEP]"}));
        }
    }

    void bytesThatAreNotUtf8AreSkipped() {
        const WordPiece tokenizer(smallVocabulary(), {});
        const std::vector<Token> tokens = tokenizer.pieces("\xFFthe\x80 i\xC3t\xE4\xBD");
        QCOMPARE(piecesOf(tokens), (std::vector<std::string>{"the", "it"}));
        QCOMPARE(tokens[0].bytes, (ByteRange{1, 4}));
        QCOMPARE(tokens[1].bytes, (ByteRange{6, 9}));
    }

    void truncation() {
        const WordPiece tokenizer(smallVocabulary(), {});
        const std::string text = "it unaffable the it";
        const Encoding all = tokenizer.encode(text, {}, 8);
        QCOMPARE(all.tokens.size(), size_t(8));
        QVERIFY(!all.truncated);
        QCOMPARE(all.bytesRead, text.size());

        const Encoding cut = tokenizer.encode(text, {}, 5);
        QCOMPARE(piecesOf(cut.tokens), (std::vector<std::string>{"[CLS]", "it", "un", "##aff", "[SEP]"}));
        QVERIFY(cut.truncated);
        QCOMPARE(cut.bytesRead, size_t(8));

        for (size_t maximum = 1; maximum <= 3; ++maximum) {
            const Encoding tiny = tokenizer.encode(text, {}, maximum);
            QCOMPARE(tiny.tokens.size(), maximum);
            QCOMPARE(tiny.tokens.front().piece, std::string("[CLS]"));
            QVERIFY(tiny.truncated);
            QCOMPARE(tiny.bytesRead, maximum < 3 ? size_t(0) : size_t(2));
        }
    }

    // Token by token from the end of the longer side, of the pair where both are equally long (HF's
    // "longest_first").
    void truncationOfPairs() {
        const WordPiece tokenizer(smallVocabulary(), {});
        const std::string it = "it it it it it it", the = "the the";
        const auto sides = [&](const std::string& text, const std::string& pair, size_t maximum) {
            const Encoding encoding = tokenizer.encode(text, pair, maximum);
            const auto count = [&](int side) {
                return std::count_if(
                    encoding.tokens.begin(), encoding.tokens.end(),
                    [side](const Token& token) { return token.text == side && !token.special; });
            };
            return std::pair<long, long>(count(0), count(1));
        };
        QCOMPARE(sides(it, the, 11), (std::pair<long, long>(6, 2)));
        QCOMPARE(sides(it, the, 9), (std::pair<long, long>(4, 2)));
        QCOMPARE(sides(it, the, 7), (std::pair<long, long>(2, 2)));
        QCOMPARE(sides(it, the, 6), (std::pair<long, long>(2, 1)));
        QCOMPARE(sides(it, the, 5), (std::pair<long, long>(1, 1)));
        QCOMPARE(sides(it, it, 10), (std::pair<long, long>(4, 3)));
        QCOMPARE(sides(it, the, 3), (std::pair<long, long>(0, 0)));
        QCOMPARE(tokenizer.encode(it, the, 2).tokens.size(), size_t(2));

        const Encoding cut = tokenizer.encode(it, the, 6);
        QVERIFY(cut.truncated);
        QCOMPARE(cut.bytesRead, size_t(5));
        QCOMPARE(cut.pairBytesRead, size_t(3));
        QCOMPARE(cut.tokens[4].word, 2);
    }

    // A Korean syllable is spelled with several pieces; one that is cut in half has not been read.
    void aCharacterThatIsCutInHalfIsNotRead() {
        std::vector<std::string> vocabulary = smallVocabulary();
        vocabulary.insert(vocabulary.end(), {"\u1112", "##\u1161", "##\u11ab"});
        const WordPiece tokenizer(vocabulary, {});
        const std::string text = "it \ud55c";
        QCOMPARE(tokenizer.pieces(text).size(), size_t(4));
        QCOMPARE(tokenizer.encode(text, {}, 5).bytesRead, size_t(3));
        QCOMPARE(tokenizer.encode(text, {}, 6).bytesRead, text.size());
    }

    void vocabulary() {
        const WordPiece tokenizer({"[UNK]", "[CLS]", "[SEP]", "it", "the", "it"}, {});
        QCOMPARE(tokenizer.vocabularySize(), size_t(6));
        QCOMPARE(tokenizer.id("it"), 5); // of equal pieces the last counts
        QCOMPARE(tokenizer.piece(3), std::string_view("it"));
        QCOMPARE(tokenizer.id("absent"), -1);
        QVERIFY(tokenizer.piece(6).empty() && tokenizer.piece(-1).empty());
        QCOMPARE(only(tokenizer.pieces("it")).id, 5);
        // Without [MASK] in the vocabulary it is text like any other.
        QCOMPARE(piecesOf(tokenizer.pieces("[MASK]")), (std::vector<std::string>{"[UNK]", "[UNK]", "[UNK]"}));
        QVERIFY_THROWS_EXCEPTION(Error, WordPiece({"[CLS]", "[SEP]"}, {}));
        QVERIFY_THROWS_EXCEPTION(Error, WordPiece({"[UNK]", "[SEP]"}, {}));
        QVERIFY_THROWS_EXCEPTION(Error, WordPiece({"[UNK]", "[CLS]"}, {}));
        QVERIFY_THROWS_EXCEPTION(Error, WordPiece({}, {}));
    }

    void anAddedTokenThatIsNotUtf8IsNeverFound() {
        WordPieceOptions options;
        options.added.push_back({"\xc8", 4, true}); // the first byte of U+0209
        const WordPiece tokenizer({"[UNK]", "[CLS]", "[SEP]", "a"}, options);
        const std::vector<Token> tokens = tokenizer.pieces("\xc8\x89 a");
        QCOMPARE(tokens.size(), size_t(2));
        QVERIFY((tokens[0].bytes == ByteRange{0, 2}));
    }

    void addedTokens() {
        const std::vector<std::string> vocabulary = smallVocabulary();
        const int next = static_cast<int>(vocabulary.size());
        WordPieceOptions options;
        options.added = {{"[E1]", next, true}, {"new-word", next + 1, false}};
        const WordPiece tokenizer(vocabulary, options);
        const std::vector<Token> tokens = tokenizer.pieces("it[E1]New-Word the");
        QCOMPARE(piecesOf(tokens), (std::vector<std::string>{"it", "[E1]", "new-word", "the"}));
        QCOMPARE(tokens[2].id, next + 1);
        QCOMPARE(tokens[2].bytes, (ByteRange{6, 14}));
        QVERIFY(tokens[1].special && !tokens[2].special);
        QCOMPARE(tokenizer.id("[E1]"), next);
        QCOMPARE(tokenizer.vocabularySize(), vocabulary.size() + 2);
        options.added[1].id = next + 2;
        QVERIFY_THROWS_EXCEPTION(Error, WordPiece(vocabulary, options));
    }
};

QTEST_APPLESS_MAIN(WordPieceTest)
#include "wordpiece_test.moc"
