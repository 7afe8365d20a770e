#include "engine/files/examples.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
std::string valid() {
    return R"({"format": "headlight-examples", "groups": [{"title": "First", "examples": [
        {"title": "It", "look": "At it.", "text": "It saw it.", "query": "it", "axis": "key", "words": true,
         "view": "lines", "claims": [{"query": "it", "reads": "dog"}]},
        {"title": "Two", "look": "Both.", "text": "One.", "pair": "Two.", "head": "encoder.1.head.2"}]}]})";
}
std::vector<ExampleGroup> read(const std::string& text) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("examples.json"));
    writePlainFile(path, text);
    return readExamples(path.toStdString());
}
} // namespace

class ExamplesTest : public QObject {
    Q_OBJECT
private slots:
    void everyFieldIsRead() {
        const std::vector<ExampleGroup> groups = read(valid());
        QCOMPARE(groups.size(), size_t{1});
        QCOMPARE(groups[0].examples.size(), size_t{2});
        const TextExample& first = groups[0].examples[0];
        QCOMPARE(first.look, std::string("At it."));
        QCOMPARE(first.claims[0].reads, std::string("dog"));
        const Workspace workspace = workspaceOf(first, {"reader", ""}, HeadAddress{Stack::encoder, 0, 3});
        QCOMPARE(workspace.selection.query->bytes, (ByteRange{7, 9}));
        QVERIFY(workspace.selection.byKey && workspace.selection.key == workspace.selection.query);
        QCOMPARE(workspace.selection.head, std::optional(HeadAddress{Stack::encoder, 0, 3}));
        QVERIFY(workspace.shown.view == ViewKind::lines && workspace.shown.tokens.mergeWords);
        const Workspace second = workspaceOf(groups[0].examples[1], {}, HeadAddress{});
        QCOMPARE(second.selection.head, std::optional(HeadAddress{Stack::encoder, 1, 2}));
        QCOMPARE(second.pair, std::string("Two."));
        QVERIFY(!second.selection.query);
    }

    void wordsAreWholeWords() {
        const std::string text = "Item: it’s it, bit it.";
        QCOMPARE(wordIn(text, "bit")->begin, text.find("bit"));
        QCOMPARE(wordIn(text, "it")->begin, text.find("it,"));
        QCOMPARE(wordIn(text, "it#2")->begin, text.rfind("it."));
        QVERIFY(!wordIn(text, "it#3"));
        QVERIFY(!wordIn(text, "it#0"));
        QVERIFY(!wordIn(text, "it#-2147483648"));
        QVERIFY(!wordIn(text, ""));
        QCOMPARE(wordIn("ask [MASK].", "[MASK]")->begin, size_t{4});
    }

    void whatIsWrongIsNamed_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        QTest::newRow("format") << "headlight-examples"
                                << "other"
                                << "/format is not";
        QTest::newRow("query") << R"("query": "it", "axis")"
                               << R"("query": "cat", "axis")"
                               << "/groups/0/examples/0/query is \"cat\"";
        QTest::newRow("head") << "encoder.1.head.2"
                              << "L1"
                              << "/groups/0/examples/1/head";
        QTest::newRow("look") << R"("look": "Both.", )"
                              << ""
                              << "/groups/0/examples/1 has no text";
        QTest::newRow("list") << R"("examples")"
                              << R"("others")"
                              << "/groups/0 has no list";
        QTest::newRow("words") << R"("words": true)"
                               << R"("words": 1)"
                               << "/groups/0/examples/0/words";
    }
    void whatIsWrongIsNamed() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, expected);
        const QString changed = QString::fromStdString(valid()).replace(from, to);
        const std::string said = refusal([&] { read(changed.toStdString()); });
        QVERIFY2(QString::fromStdString(said).contains(expected), said.c_str());
    }
};

QTEST_APPLESS_MAIN(ExamplesTest)
#include "examples_test.moc"
