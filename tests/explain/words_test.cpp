#include "engine/core/errors.h"
#include "engine/explain/words.h"
#include "engine/text/tokenizer.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
const std::string text = "It didn't matter: The it, it";

/// Pieces of at most four letters, lower-cased; apostrophes and other signs stand alone, as BERT has it.
class FourLetters final : public Tokenizer {
public:
    std::vector<Token> pieces(std::string_view source) const override {
        std::vector<Token> tokens;
        const auto isLetter = [&](size_t i) {
            return std::isalpha(static_cast<unsigned char>(source[i])) != 0;
        };
        int word = 0;
        for (size_t at = 0; at < source.size();) {
            if (source[at] == ' ') {
                ++at;
                continue;
            }
            size_t end = at + 1;
            while (isLetter(at) && end < source.size() && isLetter(end))
                ++end;
            for (size_t begin = at; begin < end; begin += 4) {
                Token token;
                token.bytes = {begin, std::min(begin + 4, end)};
                token.word = word;
                for (size_t i = begin; i < token.bytes.end; ++i)
                    token.piece += static_cast<char>(std::tolower(static_cast<unsigned char>(source[i])));
                for (const char letter : token.piece)
                    token.id = token.id * 31 + letter;
                tokens.push_back(token);
            }
            ++word;
            at = end;
        }
        return tokens;
    }
    Encoding encode(std::string_view, std::string_view, size_t) const override { return {}; }
    size_t vocabularySize() const override { return 0; }
    std::string_view piece(int) const override { return {}; }
    int id(std::string_view) const override { return -1; }
};

Token special(const std::string& name) {
    Token token;
    token.piece = name;
    token.special = true;
    return token;
}

// 0 [CLS] 1 It 2 didn 3 ' 4 t 5 matt 6 er 7 : 8 The 9 it 10 , 11 it 12 [SEP]
Trace exampleTrace() {
    Trace trace;
    trace.text = text;
    trace.encoding.tokens = FourLetters().pieces(text);
    trace.encoding.tokens.insert(trace.encoding.tokens.begin(), special("[CLS]"));
    trace.encoding.tokens.push_back(special("[SEP]"));
    return trace;
}

int find(const std::string& name) {
    return findToken(exampleTrace(), FourLetters(), name);
}

std::string sentenceOf(const std::string& name) {
    try {
        return "found " + std::to_string(find(name));
    } catch (const RequestError& error) {
        return error.what();
    }
}
} // namespace

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void wordsCoverEveryTokenOnce() {
        const std::vector<Word> words = wordsOf(exampleTrace());
        QCOMPARE(words.size(), size_t{12});
        QCOMPARE(words.front(), (Word{0, 0, true, "[CLS]"}));
        QCOMPARE(words[5], (Word{5, 6, false, "matter"}));
        int next = 0;
        for (const Word& word : words) {
            QCOMPARE(word.first, next);
            next = word.last + 1;
        }
        QCOMPARE(next, 13);
    }

    void tokensAreFoundByName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("token");
        QTest::newRow("spelled as in the text") << "it" << 9;
        QTest::newRow("its capital letter counts") << "It" << 1;
        QTest::newRow("first piece") << "matter" << 5;
        QTest::newRow("second occurrence") << "it#2" << 11;
        QTest::newRow("first occurrence") << "it#1" << 9;
        QTest::newRow("index") << "12" << 12;
        QTest::newRow("special") << "[CLS]" << 0;
        QTest::newRow("sign") << ":" << 7;
        QTest::newRow("several words to the tokenizer") << "didn't" << 2;
        QTest::newRow("other case through the tokenizer") << "THE" << 8;
        QTest::newRow("other case, occurrences of all") << "IT#3" << 11;
    }
    void tokensAreFoundByName() {
        QFETCH(QString, name);
        QFETCH(int, token);
        QCOMPARE(find(name.toStdString()), token);
    }

    void whatIsNotThereIsSaid() {
        QCOMPARE(sentenceOf("13"), std::string("there is no token 13: the text has tokens 0 to 12"));
        QCOMPARE(sentenceOf("it#3"), std::string("\"it\" occurs 2 times in the text, not 3"));
        QCOMPARE(
            sentenceOf("cat"),
            std::string(
                "\"cat\" is not a word of the text; its words are: [CLS] It didn ' t matter : The it , it "
                "[SEP]"));
        QVERIFY(sentenceOf("").find("is not a word") != std::string::npos);
        QVERIFY(sentenceOf("#2").find("\"#2\"") != std::string::npos);
    }

    void caseOfLatinLettersIsTheLastResort() {
        class Nothing final : public Tokenizer {
            std::vector<Token> pieces(std::string_view) const override { return {}; }
            Encoding encode(std::string_view, std::string_view, size_t) const override { return {}; }
            size_t vocabularySize() const override { return 0; }
            std::string_view piece(int) const override { return {}; }
            int id(std::string_view) const override { return -1; }
        };
        QCOMPARE(findToken(exampleTrace(), Nothing(), "MATTER"), 5);
    }

    void piecesOfAKeyAreSummedAndThoseOfAQueryAveraged() {
        // tokens: a b | c d, two words of two pieces
        Trace trace;
        trace.text = "aaaabb ccccdd";
        trace.encoding.tokens = FourLetters().pieces(trace.text);
        auto site = std::make_shared<SiteRecord>();
        site->weights = Tensor<float>({1, 4, 4}, {0.5F, 0.25F, 0.125F, 0.125F, //
                                                  0, 0, 0.5F, 0.5F,            //
                                                  1, 0, 0, 0,                  //
                                                  0.25F, 0.25F, 0.25F, 0.25F});
        trace.recording.stacks.push_back({Stack::encoder, {site}, {}, nullptr});
        const std::vector<Word> words = wordsOf(trace);
        QCOMPARE(words.size(), size_t{2});
        const auto first = strongestWords(trace, words, {Stack::encoder, 0, 0}, words[0]);
        QCOMPARE(first[0].word, size_t{1});
        QCOMPARE(first[0].weight, (0.25 + 1.0) / 2);
        QCOMPARE(first[1].weight, (0.75 + 0.0) / 2);
        const auto second = strongestWords(trace, words, {Stack::encoder, 0, 0}, words[1]);
        QCOMPARE(second[0].word, size_t{0});
        QCOMPARE(second[0].weight, (1.0 + 0.5) / 2);
        QVERIFY(strongestWords(trace, words, {Stack::encoder, 1, 0}, words[0]).empty());
    }
};

QTEST_APPLESS_MAIN(WordsTest)
#include "words_test.moc"
