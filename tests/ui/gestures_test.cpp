#include "app/main_window.h"
#include "tests/ui/edit_gestures.h"
#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "tests/ui/steps_gestures.h"
#include "ui/allheads/similarity_view.h"
#include "ui/editor/token_chips.h"
#include "ui/gestures/gesture_help.h"
#include "ui/gestures/gestures.h"
#include "ui/glossary/glossary_dialog.h"
#include "ui/heads/heads_view.h"
#include "ui/lines/lines_view.h"
#include "ui/look/heatmap_view.h"
#include "ui/row/row_list.h"

#include <QApplication>
#include <QFileDialog>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <functional>
#include <map>
#include <span>

using namespace headlight;

/// Carries out every gesture that the help promises.
class GesturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theHelpShowsTheTable();
    void everyGestureDoesWhatItSays_data();
    void everyGestureDoesWhatItSays();

private:
    template <class Widget>
    Widget& find(const char* name) {
        return *m_window->findChild<Widget*>(QString::fromLatin1(name));
    }
    void turnWheel(int notches);
    Selection& selection() { return m_window->selection(); }
    std::map<QString, std::function<void()>> performances();
    /// A line view on the window's trace and selection, shown beside it.
    std::unique_ptr<LinesView> linesView();

    std::unique_ptr<FakeRunner> m_runner;
    ViewOptions m_options;
    std::unique_ptr<MainWindow> m_window;
};

void GesturesTest::init() {
    m_runner = std::make_unique<FakeRunner>(fakeModel());
    m_window = std::make_unique<MainWindow>(*m_runner, fakeModel(), WindowSettings{}, WindowHooks{});
    m_window->show();
    m_window->picture();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QCOMPARE(selection().query(), 10);
}

void GesturesTest::cleanup() {
    m_window.reset();
    m_runner.reset();
}

void GesturesTest::theHelpShowsTheTable() {
    GestureHelp help;
    const auto* table = help.findChild<QTableWidget*>(QStringLiteral("gestureTable"));
    const std::vector<Gesture> rows = gestures();
    QCOMPARE(table->rowCount(), static_cast<int>(rows.size()));
    for (int row = 0; row < table->rowCount(); ++row) {
        QCOMPARE(table->item(row, 1)->text(), rows[static_cast<size_t>(row)].keys);
        QCOMPARE(table->item(row, 2)->text(), rows[static_cast<size_t>(row)].what);
    }
}

std::unique_ptr<LinesView> GesturesTest::linesView() {
    auto view = std::make_unique<LinesView>(m_window->traces(), selection(), m_options);
    view->setAttribute(Qt::WA_DontShowOnScreen);
    view->resize(700, 500);
    view->show();
    return view;
}

/// Over the cell of "it" and "animal", which has to stay where it is.
void GesturesTest::turnWheel(int notches) {
    auto& map = find<HeatmapView>("map");
    const double wide = map.picture().map.cellWidth();
    const QPointF point = map.picture().map.cell(10, 2).center();
    QWheelEvent event(point, map.mapToGlobal(point), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&map, &event);
    QVERIFY(map.picture().map.cellWidth() > wide);
    QCOMPARE(map.picture().map.cellAt(point), (MapCell{10, 2}));
}

std::map<QString, std::function<void()>> GesturesTest::performances() {
    std::map<QString, std::function<void()>> all;
    all["lines.arrows"] = [this] {
        const auto lines = linesView();
        QTest::keyClick(lines.get(), Qt::Key_Right);
        QCOMPARE(selection().key(), 2); // "animal", the strongest
        const int strongest = selection().key();
        QTest::keyClick(lines.get(), Qt::Key_Right);
        QVERIFY(selection().key() != strongest);
        QTest::keyClick(lines.get(), Qt::Key_Left);
        QCOMPARE(selection().key(), strongest);
        QTest::keyClick(lines.get(), Qt::Key_Up);
        QCOMPARE(selection().query(), 9);
        QTest::keyClick(lines.get(), Qt::Key_Down);
        QCOMPARE(selection().query(), 10);
    };
    all["lines.heading"] = [this] {
        const auto lines = linesView();
        QTest::mouseClick(lines->viewport(), Qt::LeftButton, {},
                          lines->picture().keyHeading.center().toPoint());
        QVERIFY(selection().axis() == ReadAxis::key);
        QTest::mouseClick(lines->viewport(), Qt::LeftButton, {},
                          lines->picture().queryHeading.center().toPoint());
        QVERIFY(selection().axis() == ReadAxis::query);
    };
    all["pin.key"] = [this] {
        auto& heads = find<HeadsView>("heads");
        QTest::keyClick(&heads, Qt::Key_P);
        QVERIFY(heads.accessibleDescription().contains(QStringLiteral("pinned in orange: L2 H2")));
        QTest::keyClick(&heads, Qt::Key_P);
        QVERIFY(!heads.accessibleDescription().contains(QStringLiteral("pinned")));
        const auto lines = linesView();
        QTest::keyClick(lines.get(), Qt::Key_P);
        QVERIFY(m_options.colourOf({Stack::encoder, 2, 2}).has_value());
        QTest::keyClick(lines.get(), Qt::Key_P);
        QVERIFY(m_options.pinned().empty());
    };
    all["pin.click"] = [this] {
        auto& heads = find<HeadsView>("heads");
        const QPoint place = heads.thumbnailRect({Stack::encoder, 0, 1}).center();
        QTest::mouseClick(&heads, Qt::LeftButton, Qt::ControlModifier, place);
        QVERIFY(heads.accessibleDescription().contains(QStringLiteral("L0 H1")));
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, heads.mapToGlobal(place));
        QApplication::sendEvent(&heads, &event);
        auto* menu = heads.findChild<QMenu*>(QStringLiteral("headMenu"));
        QVERIFY(menu && menu->actions().front()->text() == QStringLiteral("Release L0 H1"));
        menu->actions().front()->trigger();
        QVERIFY(!heads.accessibleDescription().contains(QStringLiteral("L0 H1")));
        menu->close();
    };
    all["pin.legend"] = [this] {
        const HeadAddress other{Stack::encoder, 0, 1};
        QVERIFY(m_options.pin(other));
        const auto lines = linesView();
        const QRectF entry = lines->picture().legend[0].entry;
        QTest::mouseClick(lines->viewport(), Qt::LeftButton, {},
                          QPointF(entry.left() + 20, entry.center().y()).toPoint());
        QVERIFY(selection().head() == other);
        QTest::mouseClick(lines->viewport(), Qt::LeftButton, {},
                          lines->picture().legend[0].cross.center().toPoint());
        QVERIFY(m_options.pinned().empty());
    };
    all["hover"] = [this] {
        auto& chips = find<TokenChips>("chips");
        QTest::mouseMove(chips.viewport(), chips.chipRect(2).center());
        QTRY_COMPARE(selection().shownQuery(), 2);
        QCOMPARE(selection().query(), 10);
    };
    all["click"] = [this] {
        auto& map = find<HeatmapView>("map");
        QTest::mouseClick(&map, Qt::LeftButton, {}, map.picture().map.cell(4, 6).center().toPoint());
        QCOMPARE(selection().query(), 4);
        QCOMPARE(selection().key(), 6);
    };
    all["escape"] = [this] {
        for (const char* name : {"map", "editor", "row"}) {
            selection().setKey(3);
            find<QWidget>(name).setFocus();
            QTest::keyClick(&find<QWidget>(name), Qt::Key_Escape);
            QCOMPARE(selection().key(), -1);
            QCOMPARE(selection().query(), 10);
        }
    };
    all["tab"] = [this] {
        find<QWidget>("editor").setFocus();
        QStringList visited;
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            visited << QApplication::focusWidget()->objectName();
        }
        for (const char* name : {"chips", "heads", "map", "row", "editor"})
            QVERIFY2(visited.contains(QString::fromLatin1(name)), qPrintable(visited.join(QLatin1Char(' '))));
        QVERIFY(visited.indexOf(QStringLiteral("heads")) < visited.indexOf(QStringLiteral("map")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget()->objectName(), visited[visited.size() - 2]);
    };
    all["map.arrows"] = [this] {
        auto& map = find<HeatmapView>("map");
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(selection().key(), 2); // "animal", the strongest
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(selection().key(), 3);
        QTest::keyClick(&map, Qt::Key_Left);
        QTest::keyClick(&map, Qt::Key_Up);
        QCOMPARE(selection().query(), 9);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(selection().query(), 10);
        QCOMPARE(selection().key(), 2);
    };
    all["map.ends"] = [this] {
        auto& map = find<HeatmapView>("map");
        map.setFocus();
        QTest::keyClick(&map, Qt::Key_End);
        QCOMPARE(selection().key(), 15);
        QTest::keyClick(&map, Qt::Key_Right);
        QCOMPARE(selection().key(), 15);
        QTest::keyClick(&map, Qt::Key_Home);
        QCOMPARE(selection().key(), 0);
    };
    all["map.column"] = [this] {
        auto& map = find<HeatmapView>("map");
        const QPointF foot = map.picture().columnLabelFoot(2);
        QTest::mouseClick(&map, Qt::LeftButton, {}, (foot + QPointF(8, -14)).toPoint());
        QVERIFY(selection().axis() == ReadAxis::key);
        QCOMPARE(selection().key(), 2);
    };
    all["map.row"] = [this] {
        auto& map = find<HeatmapView>("map");
        selection().setColumn(2);
        const QRectF row = map.picture().map.row(8);
        QTest::mouseClick(&map, Qt::LeftButton, {}, QPointF(row.left() - 20, row.center().y()).toPoint());
        QVERIFY(selection().axis() == ReadAxis::query);
        QCOMPARE(selection().query(), 8);
    };
    all["axis"] = [this] {
        for (const char* name : {"map", "row"}) {
            QTest::keyClick(&find<QWidget>(name), Qt::Key_C);
            QVERIFY(selection().axis() == ReadAxis::key);
            QTest::keyClick(&find<QWidget>(name), Qt::Key_C);
            QVERIFY(selection().axis() == ReadAxis::query);
        }
    };
    all["map.strongest"] = [this] {
        auto& map = find<HeatmapView>("map");
        const auto press = [&](Qt::KeyboardModifiers modifiers) {
            QTest::keyClick(&map, Qt::Key_N, modifiers);
            return map.picture().shown.weights.at(selection().query(), selection().key());
        };
        const std::span<const float> weights = map.picture().shown.weights.values();
        const float first = press({});
        QCOMPARE(first, *std::max_element(weights.begin(), weights.end()));
        const float second = press({});
        QVERIFY(second <= first && second > 0);
        QCOMPARE(press(Qt::ShiftModifier), first);
    };
    all["map.overview"] = [this] {
        turnWheel(6);
        auto& map = find<HeatmapView>("map");
        const QRectF whole = map.picture().overviewRect;
        QVERIFY(!whole.isEmpty());
        const int query = selection().query();
        QTest::mouseClick(&map, Qt::LeftButton, {}, whole.bottomRight().toPoint() - QPoint(2, 2));
        const MapZoom& zoom = *map.picture().map.zoom;
        QCOMPARE(zoom.firstRow + zoom.rows, 16.0);
        QCOMPARE(zoom.firstColumn + zoom.columns, 16.0);
        QCOMPARE(selection().query(), query); // nothing is selected by it
    };
    all["map.wheel"] = [this] { turnWheel(3); };
    all["map.drag"] = [this] {
        turnWheel(3);
        auto& map = find<HeatmapView>("map");
        const QPointF before = map.picture().map.cell(10, 2).center();
        const QPoint from = map.picture().map.rect.center().toPoint();
        const QPoint to = from + QPoint(20, 15);
        QTest::mousePress(&map, Qt::MiddleButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, map.mapToGlobal(to), Qt::NoButton, Qt::MiddleButton, {});
        QCoreApplication::sendEvent(&map, &move);
        QTest::mouseRelease(&map, Qt::MiddleButton, {}, to);
        QCOMPARE(map.picture().map.cell(10, 2).center().toPoint(), (before + QPointF(20, 15)).toPoint());
        QCOMPARE(selection().query(), 10);
    };
    all["map.zoom"] = [this] {
        auto& map = find<HeatmapView>("map");
        QTest::keyClick(&map, Qt::Key_Plus);
        QTest::keyClick(&map, Qt::Key_Plus);
        const double wide = map.picture().map.cellWidth();
        QTest::keyClick(&map, Qt::Key_Minus);
        QVERIFY(map.picture().map.cellWidth() < wide);
        QVERIFY(map.picture().map.zoom);
        QTest::keyClick(&map, Qt::Key_0);
        QVERIFY(!map.picture().map.zoom);
    };
    all["heads.arrows"] = [this] {
        auto& heads = find<HeadsView>("heads");
        heads.setFocus();
        QTest::keyClick(&heads, Qt::Key_Right);
        QVERIFY((selection().head() == HeadAddress{Stack::encoder, 2, 3}));
        QTest::keyClick(&heads, Qt::Key_Right);
        QTest::keyClick(&heads, Qt::Key_Up);
        QVERIFY((selection().head() == HeadAddress{Stack::encoder, 1, 3}));
        QTest::keyClick(&heads, Qt::Key_Left);
        QTest::keyClick(&heads, Qt::Key_Down);
        QTest::keyClick(&heads, Qt::Key_Down);
        QVERIFY((selection().head() == HeadAddress{Stack::encoder, 2, 2}));
    };
    all["alike.arrows"] = [this] {
        m_window->options().setView(ViewKind::heads);
        auto& alike = find<SimilarityView>("similarity");
        QTest::keyClick(&alike, Qt::Key_Home);
        QVERIFY(selection().head() == alike.picture().head(0));
        QTest::keyClick(&alike, Qt::Key_Down);
        QVERIFY(selection().head() == alike.picture().head(1));
        QTest::keyClick(&alike, Qt::Key_Up);
        QVERIFY(selection().head() == alike.picture().head(0));
        m_window->options().setView(ViewKind::map);
    };
    all["words.arrows"] = [this] {
        auto& chips = find<TokenChips>("chips");
        chips.setFocus();
        QTest::keyClick(&chips, Qt::Key_Left);
        QCOMPARE(selection().query(), 9);
        QTest::keyClick(&chips, Qt::Key_Right);
        QTest::keyClick(&chips, Qt::Key_Right);
        QCOMPARE(selection().query(), 11);
    };
    all["row.arrows"] = [this] {
        auto& row = find<RowList>("row");
        row.setFocus();
        QTest::keyClick(&row, Qt::Key_Down);
        QCOMPARE(selection().key(), row.content().lines[0].token);
        QTest::keyClick(&row, Qt::Key_Down);
        QCOMPARE(selection().key(), row.content().lines[1].token);
        QTest::keyClick(&row, Qt::Key_Up);
        QCOMPARE(selection().key(), row.content().lines[0].token);
    };
    all["editor.focus"] = [this] {
        auto& editor = find<QPlainTextEdit>("editor");
        find<QWidget>("map").setFocus();
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(editor.hasFocus());
        QCOMPARE(editor.textCursor().selectedText(), editor.toPlainText());
    };
    all["model.open"] = [this] {
        QTest::keyClick(&find<QWidget>("editor"), Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY(m_window->findChild<QFileDialog*>() != nullptr);
        m_window->findChild<QFileDialog*>()->close();
    };
    all["whatif.open"] = [this] {
        auto& panel = find<QWidget>("whatIf");
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_I, Qt::ControlModifier);
        QVERIFY(panel.isVisible() && panel.isAncestorOf(m_window->focusWidget()));
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Right);
        QVERIFY(m_window->document().edits().active());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_I, Qt::ControlModifier);
        QVERIFY(!panel.isVisible());
    };
    all["whatif.back"] = [this] {
        m_window->document().edits().set({HeadScope::all(), Temperature{2}});
        QTRY_VERIFY(find<QWidget>("editBanner").isVisible());
        QTest::keyClick(&find<QWidget>("editor"), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(m_window->document().edits().edits().empty());
        QTRY_VERIFY(!find<QWidget>("editBanner").isVisible());
    };
    all["evidence"] = [this] {
        auto& card = find<QWidget>("evidence");
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(card.isVisible() && find<QWidget>("historyPanel").isVisible());
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(!card.isVisible() && !find<QWidget>("historyPanel").isVisible());
    };
    all["row.change"] = [this] {
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_T, Qt::ControlModifier);
        auto& row = find<RowList>("row");
        QTRY_VERIFY(row.content().truth == TruthState::shown);
        QTest::mouseClick(row.viewport(), Qt::LeftButton, {}, row.changeRect(2).center());
        QCOMPARE(selection().key(), 2);
        auto* menu = m_window->findChild<QMenu*>(QStringLiteral("edgeMenu"));
        QVERIFY(menu && menu->actions().size() == 1);
        menu->actions().front()->trigger();
        QCOMPARE(m_window->document().edits().edits().size(), size_t{1});
        menu->close();
    };
    all["row.delete"] = [this] {
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_T, Qt::ControlModifier);
        auto& row = find<RowList>("row");
        row.setFocus();
        QTest::keyClick(&row, Qt::Key_Down);
        const EditsState& edits = m_window->document().edits();
        QTest::keyClick(&row, Qt::Key_Delete);
        QCOMPARE(edits.edits().size(), size_t{1});
        QCOMPARE(std::get<PaintedWeight>(edits.edits()[0].what).key.word, std::string("animal"));
        QTest::keyClick(&row, Qt::Key_Delete);
        QVERIFY(edits.edits().empty());
    };
    all["theme"] = [this] {
        QTest::keyClick(&find<QWidget>("editor"), Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_window->settings().theme == ThemeName::dark);
        QTest::keyClick(&find<QWidget>("editor"), Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_window->settings().theme == ThemeName::light);
    };
    all["help"] = [this] {
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_F1);
        QTRY_VERIFY(m_window->findChild<GestureHelp*>() && m_window->findChild<GestureHelp*>()->isVisible());
    };
    all.merge(stepsPerformances());
    all.merge(editPerformances());
    all["glossary"] = [this] {
        QTest::keyClick(&find<QWidget>("map"), Qt::Key_F1, Qt::ControlModifier);
        QTRY_VERIFY(m_window->findChild<GlossaryDialog*>() &&
                    m_window->findChild<GlossaryDialog*>()->isVisible());
    };
    all["row.heading"] = [this] {
        auto& row = find<RowList>("row");
        QTest::mouseClick(row.viewport(), Qt::LeftButton, {}, QPoint(row.viewport()->width() - 60, 10));
        QTRY_VERIFY(m_window->findChild<GlossaryDialog*>() &&
                    m_window->findChild<GlossaryDialog*>()->isVisible());
        QCOMPARE(find<QListWidget>("glossaryWords").currentItem()->text(), QStringLiteral("weight"));
    };
    return all;
}

void GesturesTest::everyGestureDoesWhatItSays_data() {
    QTest::addColumn<QString>("id");
    for (const Gesture& gesture : gestures())
        QTest::newRow(qPrintable(gesture.id)) << gesture.id;
}

void GesturesTest::everyGestureDoesWhatItSays() {
    QFETCH(QString, id);
    const auto all = performances();
    QCOMPARE(all.size(), gestures().size());
    const auto found = all.find(id);
    QVERIFY2(found != all.end(), "the help promises a gesture that no test carries out");
    found->second();
}

QTEST_MAIN(GesturesTest)
#include "gestures_test.moc"
