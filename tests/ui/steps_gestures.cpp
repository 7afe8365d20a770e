#include "tests/ui/steps_gestures.h"

#include "tests/ui/steps_window.h"
#include "ui/compare/compare_view.h"
#include "ui/heads/heads_view.h"
#include "ui/lines/lines_view.h"
#include "ui/row/row_list.h"
#include "ui/steps/number_panel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>

namespace headlight {

namespace {
void enterFromEveryView() {
    StepsWindow f;
    const auto opens = [&](QWidget& view) {
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(f.window.options().page() == Page::steps);
        f.settle();
        f.key(Qt::Key_Escape);
        QVERIFY(f.window.options().page() == Page::look);
    };
    opens(f.map());
    opens(f.find<RowList>("row"));
    opens(f.find<HeadsView>("heads"));
    f.window.options().setView(ViewKind::lines);
    opens(*f.window.findChild<LinesView*>());
    f.window.options().setView(ViewKind::map);
    QTest::mouseDClick(&f.map(), Qt::LeftButton, {}, f.map().picture().map.cell(4, 6).center().toPoint());
    QVERIFY(f.window.options().page() == Page::steps);
    QCOMPARE(f.selection().query(), 4);
    QCOMPARE(f.selection().key(), 6);
}

void fromWhere() {
    StepsWindow f;
    f.enter();
    f.key(Qt::Key_W);
    QVERIFY(f.page().number().treeShown());
    f.key(Qt::Key_W);
    QVERIFY(!f.page().number().treeShown());
    f.goTo(StageId::dot);
    StageCanvas& canvas = f.page().canvas();
    const ArrayPlace place{0, 0, 5};
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, canvas.placeRect(place).center().toPoint());
    QVERIFY(f.page().number().treeShown());
    QVERIFY(f.page().number().cell() == f.stage().arrays[0].cellAt(0, 5));
    QContextMenuEvent event(QContextMenuEvent::Mouse, canvas.placeRect({1, 0, 6}).center().toPoint(),
                            canvas.mapToGlobal(canvas.placeRect({1, 0, 6}).center().toPoint()));
    QCoreApplication::sendEvent(&canvas, &event);
    auto* menu = f.page().findChild<QMenu*>(QStringLiteral("numberMenu"));
    QVERIFY(menu && menu->actions().size() == 1);
    menu->actions().front()->trigger();
    QVERIFY(f.page().number().cell() == f.stage().arrays[1].cellAt(0, 6));
    menu->close();
}
} // namespace

std::map<QString, std::function<void()>> stepsPerformances() {
    std::map<QString, std::function<void()>> all;
    all["steps.enter"] = enterFromEveryView;
    all["steps.from"] = fromWhere;
    all["steps.walk"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_Home);
        QCOMPARE(f.page().source().index(), 0);
        f.key(Qt::Key_Right);
        QCOMPARE(f.page().source().index(), 1);
        f.key(Qt::Key_Left);
        QCOMPARE(f.page().source().index(), 0);
        f.key(Qt::Key_End);
        QVERIFY(f.stage().id == StageId::residual);
    };
    all["steps.play"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_Space);
        QVERIFY(f.page().player().isPlaying());
        f.key(Qt::Key_Space);
        QVERIFY(!f.page().player().isPlaying());
    };
    all["steps.speed"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_Plus);
        QCOMPARE(f.page().player().speed(), 2.0);
        f.key(Qt::Key_Minus);
        f.key(Qt::Key_Minus);
        QCOMPARE(f.page().player().speed(), 0.5);
    };
    all["steps.key"] = [] {
        StepsWindow f;
        f.enter();
        const int key = f.selection().key();
        f.key(Qt::Key_Down);
        QCOMPARE(f.selection().key(), key + 1);
        f.key(Qt::Key_Up);
        QCOMPARE(f.selection().key(), key);
    };
    all["steps.component"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_Period);
        QCOMPARE(f.steps().steps.question.component, 1);
        f.key(Qt::Key_Comma);
        QCOMPARE(f.steps().steps.question.component, 0);
    };
    all["steps.depth"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_1);
        QVERIFY(f.window.options().steps().depth == StepsDepth::idea);
        f.key(Qt::Key_3);
        QVERIFY(f.window.options().steps().depth == StepsDepth::code);
        QTest::keyClick(&f.page(), Qt::Key_2);
        QVERIFY(f.window.options().steps().depth == StepsDepth::arithmetic);
    };
    all["steps.numbers"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_N);
        QVERIFY(f.page().canvas().look().numbers);
    };
    all["steps.leave"] = [] {
        StepsWindow f;
        f.enter();
        f.key(Qt::Key_Escape);
        QVERIFY(f.window.options().page() == Page::look);
        QVERIFY(f.map().hasFocus());
    };
    all["compare.arrows"] = [] {
        StepsWindow f;
        f.window.options().setPage(Page::compare);
        auto& view = *f.window.findChild<CompareView*>();
        f.selection().setCell(3, 4);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(f.selection().query(), 4);
        QCOMPARE(f.selection().key(), 5);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(f.selection().key(), 0);
        QVERIFY((view.picture().selected == MapCell{4, 0}));
    };
    all["pages"] = [] {
        StepsWindow f;
        QApplication::setActiveWindow(&f.window); // shortcuts belong to the active one
        QTest::keyClick(&f.map(), Qt::Key_2, Qt::AltModifier);
        QVERIFY(f.window.options().page() == Page::steps);
        QTest::keyClick(&f.page().canvas(), Qt::Key_1, Qt::AltModifier);
        QVERIFY(f.window.options().page() == Page::look);
        QTest::keyClick(&f.map(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(f.window.options().page() == Page::compare);
        QTest::keyClick(f.window.focusWidget(), Qt::Key_4, Qt::AltModifier);
        QVERIFY(f.window.options().page() == Page::experiments);
    };
    return all;
}

} // namespace headlight
