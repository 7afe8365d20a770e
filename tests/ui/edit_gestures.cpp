#include "tests/ui/edit_gestures.h"

#include "tests/ui/edit_window.h"
#include "ui/lines/lines_view.h"

#include <QLineEdit>

namespace headlight {

namespace {
constexpr int it = 10, animal = 2;

void takeUp() {
    EditWindow f;
    QTest::keyClick(&f.map(), Qt::Key_E);
    QVERIFY(f.map().editing());
    f.hands.click(it, animal);
    QCOMPARE(f.hands.only<BlockedCell>().key.word, std::string("animal"));
    f.settle();
    QCOMPARE(f.trace().edits.size(), size_t{1});
    QTest::keyClick(&f.map(), Qt::Key_E);
    QVERIFY(!f.map().editing());
    QTest::keyClick(&f.map(), Qt::Key_E);
    QTest::keyClick(&f.map(), Qt::Key_Escape);
    QVERIFY(!f.map().editing());
    f.hands.click(it, animal);
    QCOMPARE(f.hands.edits().size(), size_t{1});
}

void modes() {
    EditWindow f;
    f.takeTool(Qt::Key_W);
    const std::map<Qt::Key, EditMode> keys{{Qt::Key_M, EditMode::mask},
                                           {Qt::Key_W, EditMode::weight},
                                           {Qt::Key_S, EditMode::score},
                                           {Qt::Key_X, EditMode::erase}};
    for (const auto& [key, mode] : keys) {
        QTest::keyClick(&f.map(), key);
        QVERIFY(f.hands.tool().mode() == mode);
    }
}

void apply() {
    EditWindow f;
    f.takeTool(Qt::Key_M);
    f.hands.drag({f.hands.cell(it, 3), f.hands.cell(it, 4)});
    QCOMPARE(f.hands.edits().size(), size_t{2});
    f.hands.click(it, 3);
    QCOMPARE(f.hands.edits().size(), size_t{1});
    QTest::keyClick(&f.map(), Qt::Key_Space);
    QCOMPARE(f.hands.edits().size(), size_t{2});
}

void adjust() {
    EditWindow f;
    f.takeTool(Qt::Key_W);
    const QPoint start = f.hands.cell(it, animal);
    f.hands.drag({start, start + QPoint(0, 60)});
    QVERIFY(f.hands.only<PaintedWeight>().value < 0.65);
    QTRY_COMPARE(f.trace().edits.size(), size_t{1});
}

void number() {
    EditWindow f;
    f.takeTool(Qt::Key_W);
    f.window.selection().setCell(it, animal);
    QTest::keyClick(&f.map(), Qt::Key_5);
    QCOMPARE(f.hands.only<PaintedWeight>().value, 0.5);
    QTest::keyClick(&f.map(), Qt::Key_Plus);
    QVERIFY(f.hands.only<PaintedWeight>().value > 0.5);
    QTest::keyClick(&f.map(), Qt::Key_Minus);
    QCOMPARE(f.hands.only<PaintedWeight>().value, 0.5);
}

void erase() {
    EditWindow f;
    f.takeTool(Qt::Key_M);
    f.hands.click(it, animal);
    QTest::keyClick(&f.map(), Qt::Key_Delete);
    QVERIFY(f.hands.edits().empty());
    QTest::keyClick(&f.map(), Qt::Key_Delete);
    QCOMPARE(f.hands.only<PaintedWeight>().value, 0.0);
}

void renormalise() {
    EditWindow f;
    f.takeTool(Qt::Key_W);
    f.hands.click(it, animal);
    QVERIFY(f.hands.only<PaintedWeight>().renormalise);
    QTest::keyClick(&f.map(), Qt::Key_R);
    QVERIFY(!f.hands.only<PaintedWeight>().renormalise);
}

void wordMenu() {
    EditWindow f;
    f.hands.chooseWord(animal, QStringLiteral("Hide “animal” from all heads"));
    QCOMPARE(f.hands.only<HiddenToken>().key.word, std::string("animal"));
    const QRectF row = f.map().picture().map.row(animal);
    f.hands.choose(f.map(), QPointF(row.left() - 20, row.center().y()).toPoint(),
                   QStringLiteral("Show “animal” again to all heads"));
    QVERIFY(f.hands.edits().empty());
}

void headMenu() {
    EditWindow f;
    f.hands.chooseHead({Stack::encoder, 0, 1}, QStringLiteral("Switch off L0 H1"));
    QVERIFY(f.hands.only<SwitchOff>().context == OffContext::zero);
    f.hands.chooseHead({Stack::encoder, 0, 1}, QStringLiteral("Switch L0 H1 on again"));
    QVERIFY(f.hands.edits().empty());
    f.window.options().pin({Stack::encoder, 1, 1});
    f.window.options().setView(ViewKind::lines);
    auto& lines = *f.window.findChild<LinesView*>();
    f.settle();
    QCoreApplication::processEvents();
    const std::vector<LinesHead> heads = lines.picture().heads;
    for (size_t i = 0; i < heads.size(); ++i)
        if (heads[i].address == HeadAddress{Stack::encoder, 1, 1})
            f.hands.choose(*lines.viewport(), lines.picture().legend[i].entry.center().toPoint(),
                           QStringLiteral("Switch off L1 H1"));
    QVERIFY((f.hands.edits().front().heads == HeadScope::one({Stack::encoder, 1, 1})));
    f.window.options().setView(ViewKind::map);
}

void name() {
    EditWindow f;
    f.window.options().setScale(WeightScale::rank);
    auto& list = f.find<QListView>("historyList");
    list.setFocus();
    list.setCurrentIndex(list.model()->index(0, 0));
    const auto type = [&](const char* text) {
        auto* editor = list.viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QString::fromLatin1(text));
        QTest::keyClick(editor, Qt::Key_Return);
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the editor
        QCOMPARE(list.model()->index(0, 0).data().toString(), QString::fromLatin1(text));
    };
    QTest::keyClick(&list, Qt::Key_F2);
    type("start");
    QTest::mouseDClick(list.viewport(), Qt::LeftButton, {},
                       list.visualRect(list.model()->index(0, 0)).center());
    type("beginning");
}
} // namespace

std::map<QString, std::function<void()>> editPerformances() {
    return {{QStringLiteral("map.edit"), takeUp},
            {QStringLiteral("edit.mode"), modes},
            {QStringLiteral("edit.apply"), apply},
            {QStringLiteral("edit.adjust"), adjust},
            {QStringLiteral("edit.number"), number},
            {QStringLiteral("edit.erase"), erase},
            {QStringLiteral("edit.renormalise"), renormalise},
            {QStringLiteral("word.menu"), wordMenu},
            {QStringLiteral("head.menu"), headMenu},
            {QStringLiteral("history.name"), name}};
}

} // namespace headlight
