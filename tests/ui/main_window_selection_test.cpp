#include "tests/ui/window_fixture.h"
#include "ui/editor/token_chips.h"
#include "ui/heads/heads_view.h"

#include <QAccessible>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace headlight;

/// Selecting, previewing, and what tells of it.
class MainWindowSelectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clickingACellSelectsIt();
    void hoveringPreviewsAndSelectsNothing();
    void clickingAChipSelectsTheQuery();
    void clickingAThumbnailSelectsTheHead();
    void clickingALineSelectsTheKey();
    void theRowFollowsTheSelection();
    void theOrderOfKeysIsSwitched();
    void theBarChangesHowItIsShown();
    void whatHasNoEffectCannotBeSwitched();
    void theBarChangesWhatIsRead();
    void accessibleNamesAreThere();
    void theMapIsATableForAssistiveTechnology();
};

void MainWindowSelectionTest::clickingACellSelectsIt() {
    Fixture f;
    const QPoint point = f.map().picture().map.cell(7, 5).center().toPoint();
    QTest::mouseClick(&f.map(), Qt::LeftButton, {}, point);
    QCOMPARE(f.window.selection().query(), 7);
    QCOMPARE(f.window.selection().key(), 5);
    QTest::mouseClick(&f.map(), Qt::LeftButton, {}, QPoint(2, 2));
    QCOMPARE(f.window.selection().query(), 7);
}

void MainWindowSelectionTest::hoveringPreviewsAndSelectsNothing() {
    Fixture f;
    QTest::mouseMove(&f.map(), f.map().picture().map.cell(3, 4).center().toPoint());
    QTRY_COMPARE(f.window.selection().hover().query, 3);
    QCOMPARE(f.window.selection().hover().key, 4);
    QCOMPARE(f.query(), QStringLiteral("it"));
    QCOMPARE(f.panel().title(),
             QStringLiteral("What “animal” looks at · L2 H2").replace("animal", f.word(3)));
    const CellCard card = cellCard(f.trace(), {Stack::encoder, 2, 2}, {10, 2});
    QCOMPARE(card.pair, QStringLiteral("it → animal"));
    QCOMPARE(card.weight.toFloat(), f.trace().site(Stack::encoder, 2)->weights.at(2, 10, 2));
    QVERIFY(card.weight.startsWith(QStringLiteral("0.993")) ||
            card.weight.startsWith(QStringLiteral("0.994")));
    QCOMPARE(card.detail, QStringLiteral("1st of 16 · score 8.00"));
    auto& heads = f.find<HeadsView>("heads");
    QTest::mouseMove(&heads, heads.thumbnailRect({Stack::encoder, 0, 1}).center());
    QTRY_VERIFY((f.window.selection().shownHead() == HeadAddress{Stack::encoder, 0, 1}));
    QVERIFY((f.window.selection().head() == HeadAddress{Stack::encoder, 2, 2}));
    QVERIFY((f.map().picture().head == HeadAddress{Stack::encoder, 0, 1}));
}

void MainWindowSelectionTest::clickingAChipSelectsTheQuery() {
    Fixture f;
    auto& chips = f.find<TokenChips>("chips");
    QTest::mouseClick(chips.viewport(), Qt::LeftButton, {}, chips.chipRect(8).center());
    QCOMPARE(f.query(), QStringLiteral("street"));
}

void MainWindowSelectionTest::clickingAThumbnailSelectsTheHead() {
    Fixture f;
    auto& heads = f.find<HeadsView>("heads");
    QTest::mouseClick(&heads, Qt::LeftButton, {}, heads.thumbnailRect({Stack::encoder, 1, 3}).center());
    QVERIFY((f.window.selection().head() == HeadAddress{Stack::encoder, 1, 3}));
    QVERIFY((f.map().picture().head == HeadAddress{Stack::encoder, 1, 3}));
}

void MainWindowSelectionTest::clickingALineSelectsTheKey() {
    Fixture f;
    auto& row = f.find<RowList>("row");
    QTest::mouseClick(row.viewport(), Qt::LeftButton, {}, row.lineRect(2).center());
    QCOMPARE(f.key(), QStringLiteral("animal"));
    QCOMPARE(f.query(), QStringLiteral("it"));
}

void MainWindowSelectionTest::theRowFollowsTheSelection() {
    Fixture f;
    f.window.selection().setQuery(2);
    QCOMPARE(f.panel().title(), QStringLiteral("What “animal” looks at · L2 H2"));
    f.window.selection().setHead({Stack::encoder, 0, 0});
    QCOMPARE(f.panel().title(), QStringLiteral("What “animal” looks at · L0 H0"));
    const RowContent& row = f.find<RowList>("row").content();
    QCOMPARE(row.lines.front().weight,
             f.trace().site(Stack::encoder, 0)->weights.at(0, 2, row.lines.front().token));
}

void MainWindowSelectionTest::theOrderOfKeysIsSwitched() {
    Fixture f;
    QCOMPARE(f.find<RowList>("row").content().lines.front().token, 2);
    for (QToolButton* button : f.panel().findChildren<QToolButton*>(QStringLiteral("switch")))
        if (button->text() == QLatin1String("by position"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(f.find<RowList>("row").content().lines.front().token, 0);
    QVERIFY(f.window.settings().rowOrder == RowOrder::position);
}

void MainWindowSelectionTest::theBarChangesHowItIsShown() {
    Fixture f;
    const QList<QToolButton*> switches =
        f.find<QWidget>("viewBar").findChildren<QToolButton*>(QStringLiteral("switch"));
    const auto click = [&](const QString& text) {
        for (QToolButton* button : switches)
            if (button->text() == text)
                QTest::mouseClick(button, Qt::LeftButton);
    };
    click(QStringLiteral("rank"));
    QVERIFY(f.window.options().scale() == WeightScale::rank);
    click(QStringLiteral("Lines"));
    QVERIFY(f.window.options().view() == ViewKind::lines);
    f.find<QToolButton>("tokensButton").menu()->actions().first()->trigger();
    QVERIFY(!f.window.options().tokens().special);
    QCOMPARE(f.find<QToolButton>("tokensButton").text(), QStringLiteral("Some tokens hidden ▾"));
    QVERIFY(f.window.settings().shown.scale == WeightScale::rank);
}

void MainWindowSelectionTest::whatHasNoEffectCannotBeSwitched() {
    Fixture f;
    const auto button = [&](const char* text) {
        for (QToolButton* each : f.find<QWidget>("viewBar").findChildren<QToolButton*>())
            if (each->text() == QString::fromUtf8(text))
                return each;
        qFatal("no such switch");
    };
    for (const auto& [view, used] : {std::pair("Heads", false), std::pair("Map", true),
                                     std::pair("Flow", true), std::pair("Lines", true)}) {
        QTest::mouseClick(button(view), Qt::LeftButton);
        for (const char* each : {"Row", "Column", "linear", "log", "linear ▾"})
            QCOMPARE(button(each)->isEnabled(), used);
    }
}

void MainWindowSelectionTest::theBarChangesWhatIsRead() {
    Fixture f;
    const auto button = [&](const char* text) {
        for (QToolButton* each : f.find<QWidget>("viewBar").findChildren<QToolButton*>())
            if (each->text() == QLatin1String(text))
                return each;
        qFatal("no such switch");
    };
    QVERIFY(button("Row")->isChecked());
    QTest::mouseClick(button("Column"), Qt::LeftButton);
    QVERIFY(f.window.selection().axis() == ReadAxis::key);
    QCOMPARE(f.panel().title(), QStringLiteral("every token → “it” · L2 H2"));
    QTest::keyClick(&f.map(), Qt::Key_C);
    QVERIFY(button("Row")->isChecked());
    QVERIFY(f.window.selection().axis() == ReadAxis::query);
}

void MainWindowSelectionTest::accessibleNamesAreThere() {
    Fixture f;
    for (QWidget* widget : f.window.findChildren<QWidget*>())
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0)
            QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<QPushButton*>(widget),
                     qPrintable(widget->objectName() + QLatin1Char(' ') + widget->metaObject()->className()));
    QVERIFY(f.map().accessibleDescription().startsWith(QStringLiteral("it → animal 0.99")));
    f.window.selection().setCell(8, 3);
    QVERIFY(f.map().accessibleDescription().startsWith(QStringLiteral("street → ")));
}

void MainWindowSelectionTest::theMapIsATableForAssistiveTechnology() {
    Fixture f;
    QAccessibleInterface* map = QAccessible::queryAccessibleInterface(&f.map());
    QVERIFY(map);
    QCOMPARE(map->role(), QAccessible::Table);
    QVERIFY(map->text(QAccessible::Name).startsWith(QStringLiteral("Map of weights")));
    QAccessibleTableInterface* table = map->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 16);
    QCOMPARE(table->columnCount(), 16);
    QCOMPARE(table->columnDescription(2), QStringLiteral("animal"));
    QAccessibleInterface* cell = table->cellAt(10, 2);
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("it → animal 0.994"));
    QCOMPARE(table->cellAt(16, 0), nullptr);
    QVERIFY(!cell->state().selected);
    f.window.selection().setCell(10, 2);
    QVERIFY(cell->state().selected);
    QCOMPARE(table->selectedCells(), QList<QAccessibleInterface*>{cell});
    QCOMPARE(map->child(10 * 16 + 2), cell);
    QCOMPARE(map->indexOfChild(cell), 10 * 16 + 2);
    f.window.setText(QStringLiteral("it"));
    f.settle();
    QVERIFY(!cell->isValid());
    QVERIFY(cell->text(QAccessible::Name).isEmpty());
}

QTEST_MAIN(MainWindowSelectionTest)
#include "main_window_selection_test.moc"
