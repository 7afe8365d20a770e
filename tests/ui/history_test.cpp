#include "tests/ui/fake_model.h"
#include "ui/editor/text_editor.h"
#include "ui/history/history_panel.h"
#include "ui/history/history_words.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace headlight;

namespace {
/// The document of a window whose traces come when the test lets them.
struct FakeWindow {
    Selection selection;
    ViewOptions options;
    Document document{selection, options};
    int64_t now = 1'000'000;
    HistoryKeeper keeper{document, [this] { return now; }};
    bool hold = false;

    FakeWindow() {
        QObject::connect(&document, &Document::textsWanted, [this](const QString& text, const QString& pair) {
            document.setTexts(text, pair);
            if (!hold)
                arrive();
        });
        document.setModel({"fake", "hash"});
        document.setTexts(QStringLiteral("it was tired"), {});
        selection.start(fakeTrace("it was tired"), "it", HeadAddress{Stack::encoder, 0, 1});
        keeper.begin();
    }
    void arrive() {
        const auto trace = fakeTrace(document.text().toStdString());
        selection.carryTo(trace);
        document.arrive(*trace);
    }
    void type(const char* text) {
        now += 5000;
        document.setTexts(QString::fromUtf8(text), {});
        arrive();
    }
    std::string text() const { return document.workspace().text; }
};

Workspace withText(const char* text) {
    Workspace workspace;
    workspace.model.name = "reader";
    workspace.text = text;
    return workspace;
}
} // namespace

class HistoryUiTest : public QObject {
    Q_OBJECT
private slots:
    void textSelectionAndViewComeBackTogether() {
        FakeWindow window;
        const Workspace first = window.document.workspace();
        window.type("it was wide");
        window.options.setScale(WeightScale::logarithmic);
        window.now += 5000;
        window.selection.setCell(2, 1);
        const Workspace last = window.document.workspace();
        QCOMPARE(window.keeper.history()->size(), size_t{4});
        window.keeper.undo();
        QVERIFY(window.document.workspace().shown.scale == WeightScale::logarithmic);
        window.keeper.undo();
        QVERIFY(window.document.workspace().shown.scale == WeightScale::linear);
        QCOMPARE(window.text(), std::string("it was wide"));
        window.keeper.undo();
        QCOMPARE(window.document.workspace(), first);
        QVERIFY(!window.keeper.canUndo());
        for (int i = 0; i < 3; ++i)
            window.keeper.redo();
        QCOMPARE(window.document.workspace(), last);
        QCOMPARE(window.keeper.history()->size(), size_t{4});
    }

    void hoverNeverEnters() {
        FakeWindow window;
        window.selection.setHover({HeadAddress{Stack::encoder, 1, 1}, 1, 2});
        window.selection.clearHover();
        QCOMPARE(window.keeper.history()->size(), size_t{1});
    }

    void aSlowModelDoesNotSpoilTheTree() {
        FakeWindow window;
        window.type("it was wide");
        window.selection.setCell(2, -1);
        window.hold = true;
        window.keeper.undo();
        window.keeper.undo(); // before any trace is there
        QCOMPARE(window.keeper.history()->size(), size_t{3});
        QCOMPARE(window.text(), std::string("it was tired"));
        window.arrive();
        QVERIFY(window.document.settled());
        QCOMPARE(window.keeper.history()->size(), size_t{3});
        window.now += 5000;
        window.selection.setCell(3, -1); // the first change after it counts
        QCOMPARE(window.keeper.history()->size(), size_t{4});
    }

    void typingBeforeAStateIsThereStartsABranch() {
        FakeWindow window;
        window.type("it was wide");
        window.hold = true;
        window.keeper.undo();
        window.type("it was tired and old");
        QCOMPARE(window.keeper.history()->size(), size_t{3});
        QCOMPARE(window.keeper.history()->childrenOf(window.keeper.history()->first()).size(), size_t{2});
    }

    void aSelectionBehindTheEndOfAShorterTextIsNotKept() {
        FakeWindow window;
        window.selection.setCell(2, -1);
        window.document.setTexts(QStringLiteral("i"), {}); // its trace is still on the way
        const Workspace workspace = window.document.workspace();
        QVERIFY(workspaceFromText(toText(workspace), "w") == workspace);
    }

    void aSessionIsOpenedWithItsStates() {
        FakeWindow window;
        window.type("it was wide");
        const Session saved = window.keeper.session();
        FakeWindow other;
        other.type("something else");
        other.keeper.open(saved);
        QCOMPARE(other.text(), std::string("it was wide"));
        QCOMPARE(other.keeper.history()->size(), size_t{2});
        other.keeper.undo();
        QCOMPARE(other.text(), std::string("it was tired"));
        QCOMPARE(toText(other.keeper.session().workspace), toText(*saved.history.front().workspace));
        other.keeper.open(withText("from a figure"));
        other.keeper.undo(); // an opened figure can be left again
        QCOMPARE(other.text(), std::string("it was tired"));
    }

    void changesInWords_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("words");
        QTest::newRow("word") << "it was too tired."
                              << "it was too wide."
                              << "text: tired. → wide.";
        QTest::newRow("letters") << "it was tired"
                                 << "it was tied"
                                 << "text: tired → tied";
        QTest::newRow("more") << "it was"
                              << "it was tired"
                              << "text: + tired";
        QTest::newRow("less") << "it was tired"
                              << "it was"
                              << "text: − tired";
        QTest::newRow("from nothing") << ""
                                      << "it"
                                      << "text: + it";
        QTest::newRow("spaces") << "it was"
                                << "it  was"
                                << "text: spaces";
        QTest::newRow("letters of any script") << "é sì"
                                               << "é sà"
                                               << "text: sì → sà";
    }
    void changesInWords() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, words);
        QCOMPARE(changeInWords(withText(before.toUtf8()), withText(after.toUtf8())), words);
    }

    void everyOtherChangeHasWordsToo() {
        const Workspace before = withText("it was tired");
        Workspace after = before;
        after.selection.head = HeadAddress{Stack::encoder, 1, 3};
        after.selection.query = TokenAnchor{0, {0, 2}, {}};
        QCOMPARE(changeInWords(before, after), QStringLiteral("head L1 H3 · query it"));
        Workspace view = before;
        view.shown.scale = WeightScale::logarithmic;
        QCOMPARE(changeInWords(before, view), QStringLiteral("scale: log"));
        view.shown.tokens.special = false;
        view.shown.pinned = {{{Stack::encoder, 0, 1}, 0}};
        QCOMPARE(changeInWords(before, view),
                 QStringLiteral("scale: log · special tokens hidden · pinned L0 H1"));
        Workspace zoomed = before;
        zoomed.shown.zoom = MapZoom{0, 2, 0, 2};
        QCOMPARE(changeInWords(before, zoomed), QStringLiteral("zoom"));
        QCOMPARE(changeInWords(zoomed, before), QStringLiteral("whole map"));
        Workspace column = after;
        column.selection.key = TokenAnchor{0, {3, 6}, {}};
        column.selection.byKey = true;
        QCOMPARE(changeInWords(after, column), QStringLiteral("column of was"));
        QVERIFY(changeInWords(before, before).isEmpty());
    }

    void theListShowsTheTree() {
        FakeWindow window;
        HistoryModel model(window.keeper);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        window.type("it was wide");
        window.type("it was wide and long");
        window.keeper.undo();
        window.keeper.undo();
        window.type("it was old");
        model.refresh();
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows << QString(model.index(row).data(HistoryModel::depthRole).toInt(), '>') +
                        model.index(row).data().toString();
        QCOMPARE(rows, (QStringList{"it was tired", ">text: tired → wide", ">text: + and long",
                                    "text: tired → old"}));
        QCOMPARE(model.currentIndex().row(), 3);
        QVERIFY(model.setData(model.index(1), QStringLiteral("  the wide one "), Qt::EditRole));
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("the wide one"));
        QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("branch")));
        QCOMPARE(window.keeper.history()->find(model.idAt(model.index(1)))->name,
                 std::string("the wide one"));
    }

    void aClickGoesThere() {
        FakeWindow window;
        HistoryPanel panel(window.keeper);
        panel.setTheme(lightTheme());
        panel.show();
        window.type("it was wide");
        window.type("it was wide and long");
        auto* list = panel.findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 3);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).center());
        QCoreApplication::processEvents();
        QCOMPARE(window.text(), std::string("it was tired"));
        QCOMPARE(list->currentIndex().row(), 0);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCoreApplication::processEvents();
        QCOMPARE(window.text(), std::string("it was wide"));
    }

    void theEditorLeavesUndoToTheWindow() {
        QWidget window;
        auto* editor = new TextEditor(&window);
        int undone = 0;
        QAction undo(&window);
        undo.setShortcut(QKeySequence::Undo);
        connect(&undo, &QAction::triggered, &window, [&undone] { ++undone; });
        window.addAction(&undo);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        editor->setFocus();
        QTest::keyClicks(editor, QStringLiteral("it"));
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 1);
        QCOMPARE(editor->toPlainText(), QStringLiteral("it"));
    }

    void theCaretStaysWhereTheTextIsEqual() {
        TextEditor editor;
        editor.setPlainText(QStringLiteral("it was tired."));
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(2);
        editor.setTextCursor(cursor);
        QSignalSpy changed(&editor, &QPlainTextEdit::textChanged);
        editor.showText(QStringLiteral("it was wide."));
        QCOMPARE(editor.toPlainText(), QStringLiteral("it was wide."));
        QCOMPARE(editor.textCursor().position(), 2);
        QCOMPARE(changed.count(), 1);
        editor.showText(QStringLiteral("it was wide."));
        QCOMPARE(changed.count(), 1);
        for (const char* text : {"", "a🙂b", "a🙃b", "🙃", "aa", "aaa", "a"}) {
            editor.showText(QString::fromUtf8(text));
            QCOMPARE(editor.toPlainText(), QString::fromUtf8(text));
        }
    }
};

QTEST_MAIN(HistoryUiTest)
#include "history_test.moc"
