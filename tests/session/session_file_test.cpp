#include "engine/files/recipe.h"
#include "engine/session/session_file.h"
#include "tests/files/file_fixtures.h"
#include "tests/files/json_schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;
using nlohmann::json;

namespace {
int64_t noon() {
    return 1'700'000'000'000;
}

Workspace withText(const std::string& text) {
    Workspace workspace;
    workspace.model = {"reader", std::string(64, 'b')};
    workspace.text = text;
    return workspace;
}

Session example() {
    History history(withText("The animal was tired."), noon);
    history.record(withText("The animal was wide."));
    history.undo();
    Workspace chosen = withText("The animal was tired.");
    chosen.shown.scale = WeightScale::logarithmic;
    history.record(chosen);
    history.rename(history.current().id, "log");
    return sessionOf(chosen, history);
}

std::string refusalOf(const json& value) {
    return refusal([&] { sessionFromText(value.dump(), "s.headlight"); });
}
} // namespace

class SessionFileTest : public QObject {
    Q_OBJECT
private slots:
    void everythingComesBack() {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("s.headlight").toStdString();
        const Session saved = example();
        writeSession(saved, path);
        const Session read = readSession(path);
        QCOMPARE(read.workspace, saved.workspace);
        QCOMPARE(read.current, saved.current);
        QCOMPARE(read.history.size(), saved.history.size());
        for (size_t i = 0; i < read.history.size(); ++i) {
            QCOMPARE(read.history[i].id, saved.history[i].id);
            QCOMPARE(read.history[i].parent, saved.history[i].parent);
            QCOMPARE(read.history[i].time, saved.history[i].time);
            QCOMPARE(read.history[i].name, saved.history[i].name);
            QCOMPARE(*read.history[i].workspace, *saved.history[i].workspace);
        }
        QCOMPARE(toText(read), toText(saved));
        QVERIFY(kindOf(path) == FileKind::session);
        QCOMPARE(workspaceIn(path), saved.workspace);
    }

    void itIsAsTheSchemaSays() {
        const json schema = json::parse(readPlainFile(HEADLIGHT_SOURCE "/engine/files/session.schema.json"));
        QCOMPARE(schemaViolation(json::parse(toText(example())), schema), std::string());
        json wrong = json::parse(toText(example()));
        wrong["history"]["nodes"][1]["id"] = 0;
        QVERIFY(!schemaViolation(wrong, schema).empty());
    }

    void aHistoryContinuesWithWhatIsShown() {
        Session session = example();
        session.workspace.text = "Something else.";
        const History history = historyOf(session, noon);
        QCOMPARE(history.size(), session.history.size() + 1);
        QCOMPARE(history.current().workspace->text, std::string("Something else."));
        session.history.clear();
        QCOMPARE(historyOf(session, noon).size(), size_t{1});
    }

    void whatIsWrongIsSaidWithItsPlace_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* pointer, const char* value, const char* part) {
            QTest::addRow("%s %s", pointer, value) << pointer << value << part;
        };
        row("/format", "\"headlight-workspace\"", "/format is not");
        row("/version", "2", "newer Headlight (session version 2, this one reads up to 1)");
        row("/version", "1.5", "/version is not a whole number");
        row("/version", "18446744073709551615", "/version is not a whole number");
        row("/workspace", "[]", "/workspace is not a JSON object");
        row("/workspace/text", "4", "/workspace/text is not a string");
        row("/workspace/version", "9", "newer Headlight (workspace version 9");
        row("/history", "3", "/history is not a JSON object");
        row("/history/nodes", "{}", "/history/nodes is not a list");
        row("/history/nodes", "[]", "/history/nodes is not a list");
        row("/history/nodes/1", "null", "/history/nodes/1 is not a JSON object");
        row("/history/nodes/1/id", "-4", "/history/nodes/1/id is not a whole number");
        row("/history/nodes/1/id", "1", "does not hold together");
        row("/history/nodes/1/parent", "77", "does not hold together");
        row("/history/nodes/1/time", "\"now\"", "/history/nodes/1/time");
        row("/history/nodes/2/name", "7", "/history/nodes/2/name is not a string");
        row("/history/nodes/2/workspace/scale", "\"cubic\"", "/history/nodes/2/workspace/scale is \"cubic\"");
        row("/history/current", "8", "does not hold together");
    }
    void whatIsWrongIsSaidWithItsPlace() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, part);
        json wrong = json::parse(toText(example()));
        wrong[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const std::string sentence = refusalOf(wrong);
        QVERIFY2(sentence.find(part.toStdString()) != std::string::npos, sentence.c_str());
        QVERIFY2(isSentenceAbout(sentence, "s.headlight"), sentence.c_str());
    }

    void whatIsMissingIsSaid() {
        for (const char* key : {"format", "version", "workspace"}) {
            json wrong = json::parse(toText(example()));
            wrong.erase(key);
            QVERIFY(!refusalOf(wrong).empty());
        }
        json without = json::parse(toText(example()));
        without.erase("history");
        without["later"] = 1; // unknown keys are ignored
        QCOMPARE(refusalOf(without), std::string());
    }

    void bytesThatAreNoSessionAreRefused() {
        for (const char* bytes :
             {"", "{", "[1]", "nonsense", "{\"format\":\"headlight-session\",", "\xff\xfe"})
            QVERIFY2(isSentenceAbout(refusal([&] { sessionFromText(bytes, "s.headlight"); }), "s.headlight"),
                     bytes);
        const std::string whole = toText(example());
        for (size_t length = 0; length < whole.size(); length += 17)
            QVERIFY(!refusal([&] { sessionFromText(whole.substr(0, length), "s.headlight"); }).empty());
    }

    void aHugeFileIsRefusedUnread() {
        const QTemporaryDir folder;
        const QString path = folder.filePath("huge.headlight");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":\"headlight-session\"");
        QVERIFY(file.resize(100 << 20)); // holes take no disk
        file.close();
        const std::string sentence = refusal([&] { readSession(path.toStdString()); });
        QVERIFY2(sentence.find("bytes long, at most") != std::string::npos, sentence.c_str());
    }

    void aHistoryTooLargeForAFileIsLeftOut() {
        Session session = example();
        for (int64_t id = 10; id < 30; ++id)
            session.history.push_back(
                {id, 1, 0, {}, std::make_shared<const Workspace>(withText(std::string(1U << 20U, 'x')))});
        const Session read = sessionFromText(toText(session), "s.headlight");
        QVERIFY(read.history.empty());
        QCOMPARE(read.workspace, session.workspace);
    }

    void textThatIsNotUtf8CannotBeSaved() {
        const QTemporaryDir folder;
        Session session = example();
        session.workspace.text.assign(1, '\xff');
        const std::filesystem::path path = folder.filePath("s.headlight").toStdString();
        QVERIFY_THROWS_EXCEPTION(RequestError, writeSession(session, path));
        QVERIFY(!std::filesystem::exists(path));
    }
};

QTEST_APPLESS_MAIN(SessionFileTest)
#include "session_file_test.moc"
