#include "engine/files/checked_json.h"
#include "engine/files/shown.h"
#include "tests/files/file_fixtures.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

class CheckedJsonTest : public QObject {
    Q_OBJECT

private slots:
    void goodJsonIsParsed() {
        const nlohmann::json value = parseJson(R"({"a": [1, {"b": "é"}], "c": {"b": null}})", "x.json");
        QCOMPARE(value["a"][1]["b"].get<std::string>(), std::string("é"));
        QVERIFY(value["c"]["b"].is_null());
    }

    void refusalsSayWhere_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray() << "x.json: its JSON ends too early, at line 1, column 1";
        QTest::newRow("cut off") << QByteArray("{\"a\": [1,\n 2")
                                 << "x.json: its JSON ends too early, at line 2, column 3";
        QTest::newRow("no JSON") << QByteArray("{\n\"a\": x}")
                                 << "x.json: is not valid JSON at line 2, column 6";
        QTest::newRow("not UTF-8") << QByteArray("[\"\xff\"]")
                                   << "x.json: is not valid JSON at line 1, column 3";
        QTest::newRow("twice") << QByteArray(R"({"a": {"b": 1}, "c": [{"b": 2}], "a": 3})")
                               << "x.json: its JSON has the key \"a\" twice in one object";
        QTest::newRow("huge number") << QByteArray("[1e999]")
                                     << "x.json: its JSON holds a number that is out of range";
        QTest::newRow("deep") << QByteArray(100'000, '[')
                              << "x.json: its JSON is nested deeper than 64 levels";
    }
    void refusalsSayWhere() {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const std::string said = refusal([&] { parseJson(text.toStdString(), "x.json"); });
        QCOMPARE(QString::fromStdString(said), expected);
    }

    void namesAreShownShortAndHarmless() {
        QCOMPARE(shown("a\nb\"c"), std::string("\"a\\nb\\\"c\""));
        QVERIFY(shown(std::string(1'000'000, 'x')).size() < 100);
        QVERIFY(QString::fromStdString(shown("\xff\xfe")).contains(QChar::ReplacementCharacter));
        std::string twoByteLetters;
        for (int i = 0; i < 100; ++i)
            twoByteLetters += "é";
        const std::string longName = "x" + twoByteLetters; // byte 80 lies inside a letter
        QVERIFY(!QString::fromStdString(shown(longName)).contains(QChar::ReplacementCharacter));
        QCOMPARE(shown(std::vector<int64_t>{2, 3}), std::string("(2, 3)"));
        QVERIFY(shown(std::vector<int64_t>(1000, 7)).size() < 60);
    }
};

QTEST_APPLESS_MAIN(CheckedJsonTest)
#include "checked_json_test.moc"
