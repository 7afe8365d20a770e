#include "engine/text/utf8.h"

#include <QTest>

using namespace headlight;

class Utf8Test : public QObject {
    Q_OBJECT
private slots:
    void everyCharacterSurvivesBothWays() {
        for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
            if (codePoint >= 0xD800 && codePoint <= 0xDFFF)
                continue;
            std::string text;
            appendUtf8(text, codePoint);
            const DecodedCharacter decoded = decodeUtf8(text, 0);
            QCOMPARE(decoded.codePoint, codePoint);
            QCOMPARE(decoded.bytes, text.size());
            QVERIFY(!firstInvalidUtf8(text));
        }
    }

    void firstBadByteIsFound_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("bad"); // -1: none
        QTest::newRow("empty") << QByteArray() << -1;
        QTest::newRow("ascii") << QByteArray("attention") << -1;
        QTest::newRow("zero byte") << QByteArray("a\0b", 3) << -1;
        QTest::newRow("two to four bytes") << QByteArray("\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x98\x80") << -1;
        QTest::newRow("stray continuation") << QByteArray("ab\x80") << 2;
        QTest::newRow("cut off") << QByteArray("abc\xE4\xBD") << 3;
        QTest::newRow("cut off by ascii") << QByteArray("\xC3z") << 0;
        QTest::newRow("overlong slash") << QByteArray("a\xC0\xAF") << 1;
        QTest::newRow("overlong, three bytes") << QByteArray("\xE0\x80\xAF") << 0;
        QTest::newRow("surrogate") << QByteArray("x\xED\xA0\x80") << 1;
        QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << 0;
        QTest::newRow("latin-1") << QByteArray("caf\xE9 noir") << 3;
        QTest::newRow("after a valid one") << QByteArray("\xC3\xA9\xFF") << 2;
    }
    void firstBadByteIsFound() {
        QFETCH(QByteArray, text);
        QFETCH(int, bad);
        const auto found = firstInvalidUtf8({text.data(), static_cast<size_t>(text.size())});
        QCOMPARE(found ? static_cast<int>(*found) : -1, bad);
    }

    void aBadByteIsOneReplacementCharacter() {
        const std::string text = "\xE4\xBD"
                                 "a";
        QCOMPARE(decodeUtf8(text, 0).codePoint, replacementCharacter);
        QCOMPARE(decodeUtf8(text, 0).bytes, size_t(1));
        QCOMPARE(decodeUtf8(text, 2).codePoint, U'a');
    }
};

QTEST_APPLESS_MAIN(Utf8Test)
#include "utf8_test.moc"
