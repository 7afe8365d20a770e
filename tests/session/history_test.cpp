#include "engine/core/errors.h"
#include "engine/files/text_change.h"
#include "engine/session/history.h"

#include <QTest>

#include <random>

using namespace headlight;

namespace {

struct FakeClock {
    std::shared_ptr<int64_t> now = std::make_shared<int64_t>(1'000'000);
    int64_t operator()() const { return *now; }
    void pass(int64_t milliseconds) const { *now += milliseconds; }
};

Workspace withText(const std::string& text) {
    Workspace workspace;
    workspace.model.name = "reader";
    workspace.text = text;
    return workspace;
}

/// Types the rest of `whole` behind what is there, a letter every so many milliseconds.
void type(History& history, const std::string& whole, const FakeClock& clock, int64_t each) {
    for (size_t length = history.current().workspace->text.size() + 1; length <= whole.size(); ++length) {
        clock.pass(each);
        Workspace next = *history.current().workspace;
        next.text = whole.substr(0, length);
        history.record(next);
    }
}

std::vector<std::string> textsBack(History history) {
    std::vector<std::string> texts{history.current().workspace->text};
    while (history.canUndo()) {
        history.undo();
        texts.push_back(history.current().workspace->text);
    }
    return texts;
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void slowTypingIsANodeAWord() {
        const FakeClock clock;
        History history(withText(""), clock);
        type(history, "it was too wide", clock, 2000);
        // A word's node begins with the space before it.
        QCOMPARE(textsBack(history), (std::vector<std::string>{"it was too wide", "it was too ", "it was too",
                                                               "it was ", "it was", "it ", "it", ""}));
    }

    void typingWhatStandsBesideIsANodeAWordToo() {
        const FakeClock clock;
        History history(withText("it was tired"), clock);
        const auto type = [&](const char* text) {
            clock.pass(2000);
            Workspace next = *history.current().workspace;
            next.shown.compared.text = text;
            history.record(next);
        };
        for (const char* text : {"it was w", "it was wi", "it was wid", "it was wide"})
            type(text);
        QCOMPARE(history.nodes().size(), size_t{2});
        type("it was wide ");
        QCOMPARE(history.nodes().size(), size_t{3});
        clock.pass(100);
        Workspace other = *history.current().workspace;
        other.shown.compared.head = HeadAddress{Stack::encoder, 1, 1};
        history.record(other);
        QCOMPARE(history.nodes().size(), size_t{4}); // a choice is a state of its own
        history.undo();
        QVERIFY(!history.current().workspace->shown.compared.head);
        history.undo();
        QCOMPARE(*history.current().workspace->shown.compared.text, std::string("it was wide"));
        history.undo();
        QVERIFY(!history.current().workspace->shown.compared.text);
    }

    void fastTypingIsANodeASecond() {
        const FakeClock clock;
        History history(withText(""), clock);
        type(history, "a b c d e f g h i j", clock, 100); // 19 letters in 1.9 s
        QVERIFY2(history.size() >= 3 && history.size() <= 5, qPrintable(QString::number(history.size())));
    }

    void deletingWithinAWordJoinsAndAnotherWordDoesNot() {
        const FakeClock clock;
        History history(withText("it was tired"), clock);
        for (const char* text : {"it was tire", "it was tir", "it was ti", "it was tin"}) {
            clock.pass(3000);
            history.record(withText(text));
        }
        QCOMPARE(history.size(), size_t{2});
        clock.pass(3000);
        history.record(withText("ita was tin"));
        QCOMPARE(history.size(), size_t{3});
        history.undo();
        QCOMPARE(history.current().workspace->text, std::string("it was tin"));
        history.undo();
        QCOMPARE(history.current().workspace->text, std::string("it was tired"));
    }

    void textAndPairDoNotJoin() {
        const FakeClock clock;
        History history(withText("a"), clock);
        Workspace next = withText("ab");
        history.record(next);
        next.pair = "x";
        history.record(next);
        QCOMPARE(history.size(), size_t{3});
    }

    void manyStepsOfTheSelectionAreOneNode() {
        const FakeClock clock;
        Workspace at = withText("a b c d e f");
        History history(at, clock);
        for (size_t byte = 0; byte < 10; byte += 2) {
            clock.pass(400);
            at.selection.query = TokenAnchor{0, {byte, byte + 1}, {}};
            history.record(at);
        }
        QCOMPARE(history.size(), size_t{2});
        QVERIFY(history.current().workspace->selection == at.selection);
        clock.pass(60'000); // looked at for a minute: that state is worth keeping
        at.selection.query = TokenAnchor{0, {2, 3}, {}};
        history.record(at);
        QCOMPARE(history.size(), size_t{3});
        at.shown.scale = WeightScale::logarithmic;
        history.record(at);
        at.shown.scale = WeightScale::rank;
        history.record(at);
        QCOMPARE(history.size(), size_t{5}); // choices never join
        at.shown.zoom = MapZoom{0, 4, 0, 4};
        history.record(at);
        at.shown.zoom = MapZoom{0, 3, 0, 3};
        history.record(at);
        QCOMPARE(history.size(), size_t{6});
    }

    void everyEditIsAStateAndASliderIsOne() {
        const FakeClock clock;
        Workspace at = withText("it was tired");
        History history(at, clock);
        const auto record = [&](const Edits& edits) {
            clock.pass(200);
            at.edits = edits;
            history.record(at);
        };
        for (const double t : {1.5, 2.0, 2.5})
            record({{HeadScope::all(), Temperature{t}}});
        QCOMPARE(history.size(), size_t{2});
        QVERIFY(history.current().workspace->edits == at.edits);
        record({at.edits[0], {HeadScope::all(), MaskChoice{MaskKind::causal}}});
        QCOMPARE(history.size(), size_t{3});
        clock.pass(60'000);
        record({{HeadScope::all(), Temperature{3}}, at.edits[1]});
        QCOMPARE(history.size(), size_t{4});
        record({});
        QCOMPARE(history.size(), size_t{5});
        history.undo();
        QVERIFY(std::get<Temperature>(history.current().workspace->edits[0].what).t == 3);
    }

    void editsThatMovedWithTheTextAreNoChangeOfTheirOwn() {
        Workspace before = withText("it was tired");
        const EditToken it{TokenAnchor{0, {0, 2}, {}}, "it", -1};
        const EditToken tired{TokenAnchor{0, {7, 12}, {}}, "tired", -1};
        before.edits = {{HeadScope::all(), BlockedCell{it, tired}}};
        const Workspace after = withTexts(before, "so it was tired", "");
        QVERIFY(after.edits != before.edits);
        const WorkspaceChange change = changeBetween(before, after);
        QVERIFY(change.texts && !change.edits);

        // Its word goes, and undo brings the edit back with it.
        const FakeClock clock;
        History history(before, clock);
        history.record(withTexts(before, "it was", ""));
        QVERIFY(isDormant(history.current().workspace->edits[0]));
        history.undo();
        QVERIFY(history.current().workspace->edits == before.edits);
    }

    void theSameAgainIsNoChange() {
        const FakeClock clock;
        History history(withText("a"), clock);
        QVERIFY(!history.record(withText("a")));
        QCOMPARE(history.size(), size_t{1});
        QVERIFY(!history.canUndo() && !history.canRedo());
        history.undo();
        history.redo();
        QCOMPARE(history.current().id, history.first());
    }

    void redoGoesWhereOneCameFrom() {
        const FakeClock clock;
        History history(withText("start"), clock);
        history.record(withText("start one"));
        const int64_t one = history.current().id;
        history.undo();
        clock.pass(5000);
        history.record(withText("start two"));
        const int64_t two = history.current().id;
        QCOMPARE(history.childrenOf(history.first()), (std::vector<int64_t>{one, two}));
        history.undo();
        history.redo();
        QCOMPARE(history.current().id, two);
        QVERIFY(history.goTo(one));
        history.undo();
        history.redo();
        QCOMPARE(history.current().id, one);
        QVERIFY(!history.goTo(99));
        QCOMPARE(history.current().id, one);
    }

    void goingBackAndTypingOnNeverChangesAnOldState() {
        const FakeClock clock;
        History history(withText(""), clock);
        type(history, "tired", clock, 100);
        const HistoryNode tired = history.current();
        history.undo();
        history.redo();
        history.record(withText("tiredx"));
        QCOMPARE(history.find(tired.id)->workspace->text, std::string("tired"));
        history.goTo(tired.id);
        history.rename(tired.id, "the good one");
        history.record(withText("tiredy"));
        QCOMPARE(history.find(tired.id)->name, std::string("the good one"));
        QCOMPARE(history.size(), size_t{4});
    }

    void anchorsOutsideTheTextAreNotKept() {
        Workspace workspace = withText("short");
        workspace.selection.query = TokenAnchor{0, {2, 40}, {}};
        workspace.selection.key = TokenAnchor{0, {1, 3}, {}};
        const History history(workspace, FakeClock());
        QVERIFY(!history.current().workspace->selection.query);
        QVERIFY(history.current().workspace->selection.key.has_value());
    }

    void theOldestLeavesGoAndNeverTheWayToTheCurrent() {
        const FakeClock clock;
        History history(withText("start"), clock, {5, 1U << 20U});
        for (int i = 0; i < 6; ++i) { // six branches of one node each
            history.goTo(history.first());
            history.record(withText("start " + std::to_string(i)));
        }
        QCOMPARE(history.size(), size_t{5});
        QCOMPARE(history.current().workspace->text, std::string("start 5"));
        QCOMPARE(history.find(history.childrenOf(history.first()).front())->workspace->text,
                 std::string("start 2"));
        QCOMPARE(textsBack(history).back(), std::string("start"));
    }

    void aLongWayLosesItsBeginning() {
        const FakeClock clock;
        History history(withText("0"), clock, {4, 1U << 20U});
        for (int i = 1; i < 10; ++i) {
            history.separate();
            history.record(withText(std::to_string(i)));
        }
        QCOMPARE(textsBack(history), (std::vector<std::string>{"9", "8", "7", "6"}));
        QVERIFY(!history.find(history.first())->parent);
    }

    void longTextsAreBoundedToo() {
        const FakeClock clock;
        History history(withText(""), clock, {100, 1000});
        for (int i = 0; i < 20; ++i) {
            history.separate();
            history.record(withText(std::string(300, static_cast<char>('a' + i))));
        }
        QCOMPARE(history.size(), size_t{3});
        history.separate();
        history.record(withText(std::string(5000, 'z'))); // the current state is kept whatever its size
        QCOMPARE(history.size(), size_t{1});
    }

    void savedNodesMakeTheSameTree() {
        const FakeClock clock;
        History history(withText("a"), clock);
        history.record(withText("a b"));
        history.undo();
        history.record(withText("a c"));
        history.undo();
        std::vector<HistoryNode> nodes = history.nodes();
        std::reverse(nodes.begin(), nodes.end());
        const History again(nodes, history.current().id, clock);
        QCOMPARE(again.size(), size_t{3});
        QCOMPARE(again.current().id, history.current().id);
        QCOMPARE(again.childrenOf(again.first()), history.childrenOf(history.first()));
    }

    void treesThatAreNoneAreRefused_data() {
        QTest::addColumn<QList<QPair<int, int>>>("idAndParent");
        QTest::addColumn<int>("current");
        using List = QList<QPair<int, int>>;
        QTest::newRow("nothing") << List{} << 1;
        QTest::newRow("no first") << List{{2, 1}} << 2;
        QTest::newRow("two first") << List{{1, 0}, {2, 0}} << 1;
        QTest::newRow("twice") << List{{1, 0}, {2, 1}, {2, 1}} << 1;
        QTest::newRow("ring") << List{{1, 0}, {2, 3}, {3, 2}} << 1;
        QTest::newRow("itself") << List{{1, 1}} << 1;
        QTest::newRow("no current") << List{{1, 0}} << 2;
        QTest::newRow("id 0") << List{{0, 0}} << 0;
    }
    void treesThatAreNoneAreRefused() {
        using List = QList<QPair<int, int>>;
        QFETCH(List, idAndParent);
        QFETCH(int, current);
        std::vector<HistoryNode> nodes;
        for (const auto& [id, parent] : idAndParent)
            nodes.push_back({id, parent, 0, {}, std::make_shared<const Workspace>()});
        QVERIFY_THROWS_EXCEPTION(RequestError, History(nodes, current, FakeClock()));
    }

    void manyRandomStepsKeepTheTreeWhole() {
        const FakeClock clock;
        History history(withText("x"), clock, {40, 4000});
        std::mt19937 random(7);
        for (int step = 0; step < 5000; ++step) {
            clock.pass(random() % 3000);
            switch (random() % 5) {
            case 0:
                history.undo();
                break;
            case 1:
                history.redo();
                break;
            case 2: {
                const auto nodes = history.nodes();
                history.goTo(nodes[random() % nodes.size()].id);
                break;
            }
            default: {
                std::string text = history.current().workspace->text;
                text.insert(random() % (text.size() + 1), 1, random() % 4 ? 'e' : ' ');
                const Workspace next = withText(text.size() > 200 ? "x" : text);
                history.record(next);
                QCOMPARE(*history.current().workspace, next);
            }
            }
            QVERIFY(history.size() <= 40);
            const History again(history.nodes(), history.current().id, clock);
            QCOMPARE(again.size(), history.size());
        }
    }
};

QTEST_APPLESS_MAIN(HistoryTest)
#include "history_test.moc"
