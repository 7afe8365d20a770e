#include "engine/text/characters.h"
#include "engine/text/registry.h"
#include "engine/text/utf8.h"
#include "engine/text/wordpiece.h"

#include <QTest>

#include <random>
#include <set>

using namespace headlight;

namespace {

bool isBoundary(std::string_view text, size_t byte) {
    return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80;
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// What of `text` a tokenizer that drops accents may leave out between two tokens.
bool mayBeLeftOut(std::string_view text) {
    for (size_t position = 0; position < text.size();) {
        const DecodedCharacter decoded = decodeUtf8(text, position);
        const char32_t codePoint = decoded.codePoint;
        if (codePoint != replacementCharacter && !isControl(codePoint) && !isWhitespace(codePoint) &&
            !isNonSpacingMark(codePoint))
            return false;
        position += decoded.bytes;
    }
    return true;
}

std::string lowered(std::string_view ascii) {
    std::string result(ascii);
    for (char& letter : result)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return result;
}

/// Everything that holds for the tokens of any valid text; empty, or what does not hold.
std::string complaint(const std::vector<Token>& tokens, std::string_view text) {
    ByteRange previous;
    int word = -1;
    for (const Token& token : tokens) {
        const ByteRange bytes = token.bytes;
        const std::string at = "token \"" + token.piece + "\" [" + std::to_string(bytes.begin) + ", " +
                               std::to_string(bytes.end) + "): ";
        if (bytes.empty() || bytes.begin > bytes.end || bytes.end > text.size())
            return at + "no range of the text";
        if (!isBoundary(text, bytes.begin) || !isBoundary(text, bytes.end))
            return at + "cuts a character";
        if (bytes.begin < previous.begin || bytes.end < previous.end)
            return at + "goes backwards";
        if (bytes.begin > previous.end &&
            !mayBeLeftOut(text.substr(previous.end, bytes.begin - previous.end)))
            return at + "a character before it was lost";
        if (token.word != word && token.word != word + 1)
            return at + "word numbers do not go up by one";
        const std::string_view spelled = text.substr(bytes.begin, bytes.size());
        const bool plain = isAscii(spelled) && mayBeLeftOut(spelled) == false && !token.unknown;
        if (plain &&
            std::none_of(spelled.begin(), spelled.end(), [](char c) { return isControl(char32_t(c)); })) {
            const std::string piece =
                token.piece.starts_with("##") && token.word == word ? token.piece.substr(2) : token.piece;
            if (lowered(spelled) != lowered(piece))
                return at + "its bytes spell \"" + std::string(spelled) + "\"";
        }
        previous = bytes;
        word = token.word;
    }
    return mayBeLeftOut(text.substr(previous.end)) ? std::string() : "the end of the text was lost";
}

std::string randomText(std::mt19937& random) {
    const std::u32string alphabets[] = {U"abcdefghijklmnopqrstuvwxyz",
                                        U"THEANIMALDIDNT",
                                        U"0123456789",
                                        U" \t\n\r\u00a0\u3000\u2028",
                                        U".,;:!?'\"()[]#$~_",
                                        U"\u00e9\u00c0\u00f1\u00fc\u00df\u0130\u1e9e\u1ebf",
                                        U"\u0301\u0308\u0323\u0345\u0344\u302e\u302f\u20dd",
                                        U"\u0391\u03a3\u03c2\u1f88\u0416\u0451\u05d0\u0628\u0651",
                                        U"\u4e2d\u65e5\uf900\u3042\u30c6\U00020000",
                                        U"\ud55c\uad6d\u1112\u1161\u11ab",
                                        U"\u0915\u093c\u0958\u0928\u09c7\u09be\u0e01\u0e31",
                                        U"\U0001f600\U0001f469\u200d\ufe0f\U0001f3fd",
                                        U"\u0001\u007f\u00ad\u200b\ufeff\ufffd\ue000\U000e0067"};
    std::string text;
    for (size_t parts = random() % 30; parts > 0; --parts) {
        if (random() % 25 == 0) {
            text += random() % 2 ? "[MASK]" : "[mask]";
            continue;
        }
        const std::u32string& alphabet = alphabets[random() % std::size(alphabets)];
        for (size_t length = 1 + random() % 5; length > 0; --length)
            appendUtf8(text, alphabet[random() % alphabet.size()]);
    }
    return text;
}

/// Every character that the random texts can contain, and some longer pieces.
std::shared_ptr<const WordPiece> wideTokenizer(const WordPieceOptions& options) {
    std::set<std::string> pieces = {"the", "##imal", "ani",          "##ing",
                                    "an",  "##th",   "\u4e2d\u65e5", "##\u1161\u11ab"};
    std::mt19937 random(99);
    for (int round = 0; round < 400; ++round) {
        const std::string text = randomText(random);
        for (size_t position = 0; position < text.size();) {
            const DecodedCharacter decoded = decodeUtf8(text, position);
            std::vector<Character> characters;
            appendLowerCase(characters, {decoded.codePoint, {}});
            if (random() % 2 == 0)
                decompose(characters);
            for (const Character& character : characters) {
                std::string spelling;
                appendUtf8(spelling, character.codePoint);
                pieces.insert("##" + spelling);
                if (!isWhitespace(character.codePoint))
                    pieces.insert(std::move(spelling));
            }
            position += decoded.bytes;
        }
    }
    std::vector<std::string> vocabulary = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    vocabulary.insert(vocabulary.end(), pieces.begin(), pieces.end());
    return std::make_shared<WordPiece>(std::move(vocabulary), options);
}

} // namespace

class WordPieceOffsetsTest : public QObject {
    Q_OBJECT
private slots:
    void randomTexts_data() {
        QTest::addColumn<bool>("lowerCase");
        QTest::addColumn<bool>("stripAccents");
        QTest::newRow("lower-cased") << true << true;
        QTest::newRow("lower-cased, accents kept") << true << false;
        QTest::newRow("cased") << false << false;
        QTest::newRow("cased, accents dropped") << false << true;
    }
    void randomTexts() {
        QFETCH(bool, lowerCase);
        QFETCH(bool, stripAccents);
        WordPieceOptions options;
        options.lowerCase = lowerCase;
        options.stripAccents = stripAccents;
        const std::shared_ptr<const WordPiece> wide = wideTokenizer(options);
        const auto narrow = loadTokenizer(HEADLIGHT_GOLDEN "/bert-mlm");
        std::mt19937 random(20240611);
        size_t tokens = 0, known = 0;
        for (int round = 0; round < 4000; ++round) {
            const std::string text = randomText(random);
            const std::vector<Token> pieces = wide->pieces(text);
            const std::string problem = complaint(pieces, text);
            QVERIFY2(problem.empty(), (text + "\n" + problem).c_str());
            const std::string narrowProblem = complaint(narrow->pieces(text), text);
            QVERIFY2(narrowProblem.empty(), (text + "\n" + narrowProblem).c_str());
            tokens += pieces.size();
            known += static_cast<size_t>(std::count_if(pieces.begin(), pieces.end(),
                                                       [](const Token& token) { return !token.unknown; }));
        }
        // The texts are not all unknown words, which would make the properties easy to keep.
        QVERIFY2(known > tokens * 8 / 10, qPrintable(QString("%1 of %2 known").arg(known).arg(tokens)));
    }

    void arbitraryBytesAreRead() {
        const std::shared_ptr<const WordPiece> tokenizer = wideTokenizer({});
        std::mt19937 random(5);
        for (int round = 0; round < 4000; ++round) {
            std::string text(random() % 60, '\0');
            for (char& byte : text)
                byte = static_cast<char>(random() % 2 ? random() % 256 : 'a' + random() % 26);
            ByteRange previous;
            for (const Token& token : tokenizer->pieces(text)) {
                QVERIFY(!token.bytes.empty() && token.bytes.end <= text.size());
                QVERIFY(token.bytes.begin >= previous.begin && token.bytes.end >= previous.end);
                previous = token.bytes;
            }
        }
    }

    // Cutting a text short gives the first tokens of the whole, and says up to which byte.
    void truncatedTextsAreBeginnings() {
        const std::shared_ptr<const WordPiece> tokenizer = wideTokenizer({});
        std::mt19937 random(11);
        for (int round = 0; round < 1000; ++round) {
            const std::string text = randomText(random);
            const Encoding whole = tokenizer->encode(text);
            for (size_t maximum = 2; maximum <= whole.tokens.size(); ++maximum) {
                const Encoding cut = tokenizer->encode(text, {}, maximum);
                QCOMPARE(cut.tokens.size(), maximum);
                QCOMPARE(cut.truncated, maximum < whole.tokens.size());
                for (size_t index = 0; index + 1 < maximum; ++index) {
                    QCOMPARE(cut.tokens[index].id, whole.tokens[index].id);
                    QCOMPARE(cut.tokens[index].bytes, whole.tokens[index].bytes);
                }
                QVERIFY(isBoundary(text, cut.bytesRead));
                if (cut.truncated)
                    QVERIFY(cut.bytesRead <= whole.tokens[maximum - 1].bytes.begin);
                else
                    QCOMPARE(cut.bytesRead, text.size());
            }
        }
    }

    void accentsBelongToTheirLetters() {
        const std::shared_ptr<const WordPiece> tokenizer = wideTokenizer({});
        const std::string text = "e\u0301x \u00e9x !\u0301";
        const std::vector<Token> tokens = tokenizer->pieces(text);
        QCOMPARE(tokens.size(), size_t(5));
        const ByteRange ranges[] = {{0, 3}, {3, 4}, {5, 7}, {7, 8}, {9, 12}};
        for (size_t index = 0; index < tokens.size(); ++index)
            QCOMPARE(tokens[index].bytes, ranges[index]);
    }

    // The checks above notice each kind of wrong range.
    void checksFindWrongRanges() {
        const std::string text = "the caf\u00e9 it";
        const auto token = [](const std::string& piece, ByteRange bytes, int word) {
            Token result;
            result.piece = piece;
            result.bytes = bytes;
            result.word = word;
            return result;
        };
        const std::vector<Token> right = {token("the", {0, 3}, 0), token("cafe", {4, 9}, 1),
                                          token("it", {10, 12}, 2)};
        QCOMPARE(complaint(right, text), std::string());
        const auto changed = [&right](size_t index, ByteRange bytes) {
            std::vector<Token> tokens = right;
            tokens[index].bytes = bytes;
            return tokens;
        };
        QVERIFY(!complaint(changed(0, {1, 3}), text).empty());   // a letter lost
        QVERIFY(!complaint(changed(1, {4, 8}), text).empty());   // half of a character
        QVERIFY(!complaint(changed(2, {10, 13}), text).empty()); // beyond the end
        QVERIFY(!complaint(changed(2, {3, 5}), text).empty());   // backwards
        QVERIFY(!complaint(changed(1, {4, 4}), text).empty());   // nothing
        QVERIFY(!complaint({right[0], right[1]}, text).empty()); // the end lost
        std::vector<Token> misspelled = right;
        misspelled[2].piece = "in";
        QVERIFY(!complaint(misspelled, text).empty());
        misspelled = right;
        misspelled[2].word = 4;
        QVERIFY(!complaint(misspelled, text).empty());
    }
};

QTEST_APPLESS_MAIN(WordPieceOffsetsTest)
#include "wordpiece_offsets_test.moc"
