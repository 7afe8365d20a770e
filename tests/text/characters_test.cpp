#include "engine/text/characters.h"

#include <QString>
#include <QTest>

#include <random>

using namespace headlight;

namespace {

std::vector<Character> charactersOf(const std::u32string& text) {
    std::vector<Character> characters;
    for (size_t index = 0; index < text.size(); ++index)
        characters.push_back({text[index], {index, index + 1}});
    return characters;
}

std::u32string textOf(const std::vector<Character>& characters) {
    std::u32string text;
    for (const Character& character : characters)
        text += character.codePoint;
    return text;
}

std::u32string normalizedByQt(const std::u32string& text, QString::NormalizationForm form) {
    return QString::fromStdU32String(text).normalized(form).toStdU32String();
}

bool goForward(const std::vector<Character>& characters) {
    for (size_t index = 1; index < characters.size(); ++index)
        if (characters[index].bytes.begin < characters[index - 1].bytes.begin ||
            characters[index].bytes.end < characters[index - 1].bytes.end)
            return false;
    return true;
}

} // namespace

class CharactersTest : public QObject {
    Q_OBJECT
private slots:
    void classes() {
        QVERIFY(isControl(U'\0') && isControl(0x7F) && isControl(0x85) && isControl(0x200D) &&
                isControl(0xE000));
        QVERIFY(isControl(0xFFFF));
        QVERIFY(!isControl(U'\t') && !isControl(U'\n') && !isControl(U'\r') && !isControl(U'a') &&
                !isControl(0x4E2D));
        QVERIFY(isWhitespace(U' ') && isWhitespace(U'\t') && isWhitespace(0xA0) && isWhitespace(0x2028));
        QVERIFY(!isWhitespace(0x0B) && !isWhitespace(0x180E) && !isWhitespace(0x200B));
        QVERIFY(isPunctuation(U'$') && isPunctuation(U'~') && isPunctuation(U'_') && isPunctuation(0x2014));
        QVERIFY(!isPunctuation(U'0') && !isPunctuation(U' ') && !isPunctuation(0x20AC) &&
                !isPunctuation(0x7F));
        QVERIFY(isNonSpacingMark(0x301) && !isNonSpacingMark(0x302E) && !isNonSpacingMark(U'a'));
        QVERIFY(isIdeograph(0x4E00) && isIdeograph(0xF900) && isIdeograph(0x2A6DF));
        QVERIFY(!isIdeograph(0x3042) && !isIdeograph(0xD55C) && !isIdeograph(0x3007));
    }

    void lowerCase() {
        std::vector<Character> lower;
        for (char32_t codePoint : U"A\u00C9\u03A3\u0130\u1E9Ez")
            appendLowerCase(lower, {codePoint, {0, 1}});
        QCOMPARE(textOf(lower), std::u32string(U"a\u00E9\u03C3i\u0307\u00DFz\0", 8));
    }

    // Qt's own Unicode tables stand against utf8proc's.
    void normalFormsOfSingleCharacters() {
        for (char32_t codePoint = 1; codePoint < 0x30000; ++codePoint) {
            if ((codePoint >= 0xD800 && codePoint <= 0xDFFF) || isControl(codePoint))
                continue;
            const std::u32string text = {codePoint};
            std::vector<Character> characters = charactersOf(text);
            decompose(characters);
            QCOMPARE(textOf(characters), normalizedByQt(text, QString::NormalizationForm_D));
            characters = charactersOf(text);
            compose(characters);
            QCOMPARE(textOf(characters), normalizedByQt(text, QString::NormalizationForm_C));
        }
    }

    void normalFormsOfMixtures() {
        const std::u32string alphabet =
            U"aeoAEuz \u00E9\u1EBF\u01D5\u0301\u0323\u0308\u0304\u0327\u0345\u0344\u302E\u302F\u0653"
            U"\u0627\u1112\u1161\u11AB\uD55C\uAC00\u09C7\u09BE\u09D7\u0F71\u0F72\u0F73\u0F74\u0928\u093C"
            U"\u0958\u212B\u2126\uF900\u1100\u11A8\u0B47\u0B56\u1B05\u1B35\U0001D15E";
        std::mt19937 random(7);
        for (int round = 0; round < 20000; ++round) {
            std::u32string text;
            for (size_t length = 1 + random() % 12; length > 0; --length)
                text += alphabet[random() % alphabet.size()];
            std::vector<Character> characters = charactersOf(text);
            decompose(characters);
            QCOMPARE(textOf(characters), normalizedByQt(text, QString::NormalizationForm_D));
            QVERIFY(goForward(characters));
            characters = charactersOf(text);
            compose(characters);
            QCOMPARE(textOf(characters), normalizedByQt(text, QString::NormalizationForm_C));
            QVERIFY(goForward(characters));
        }
    }

    // Not among the mixtures: after a composition beyond U+FFFF, Qt 6.4 leaves the characters that follow
    // decomposed.
    void compositionBeyondTheBasicPlane() {
        std::vector<Character> characters = charactersOf(U"\U00011099\U000110BA\u1112\u1161\u11AB");
        compose(characters);
        QCOMPARE(textOf(characters), std::u32string(U"\U0001109A\uD55C"));
    }

    void composedCharactersHaveTheBytesOfAllTheirParts() {
        std::vector<Character> characters = {{U'x', {0, 1}}, {U'e', {1, 2}}, {0x301, {2, 4}}, {U'y', {4, 5}}};
        compose(characters);
        QCOMPARE(textOf(characters), std::u32string(U"x\u00E9y"));
        QCOMPARE(characters[1].bytes, (ByteRange{1, 4}));
        decompose(characters);
        QCOMPARE(characters[1].bytes, (ByteRange{1, 4}));
        QCOMPARE(characters[2].bytes, (ByteRange{1, 4}));
        QCOMPARE(characters[3].bytes, (ByteRange{4, 5}));
    }
};

QTEST_APPLESS_MAIN(CharactersTest)
#include "characters_test.moc"
