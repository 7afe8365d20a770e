#include "tests/ui/steps_window.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"

#include <QApplication>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace headlight;

/// The page Compare in the window.
class CompareWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tiredAgainstWideIsOneClickKeptAndUndone();
};

void CompareWindowTest::tiredAgainstWideIsOneClickKeptAndUndone() {
    const QTemporaryDir folder;
    WindowHooks hooks;
    hooks.examples = bundledExamples();
    hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
    FakeRunner runner(reader());
    MainWindow window(runner, reader(), {}, std::move(hooks));
    window.resize(1280, 720);
    window.show();
    window.picture();
    QApplication::setActiveWindow(&window); // shortcuts belong to the active one
    QVERIFY(!window.findChild<ComparePage*>());
    QTest::keyClick(window.focusWidget(), Qt::Key_3, Qt::AltModifier);
    QVERIFY(window.options().page() == Page::compare);
    auto* tabs = window.findChild<QTabBar*>(QStringLiteral("pages"));
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Compare"));
    auto& view = *window.findChild<CompareView*>();
    QCOMPARE(window.focusWidget(), static_cast<QWidget*>(&view));

    auto* twin = window.findChild<QToolButton*>(QStringLiteral("compareTwin"));
    QCOMPARE(twin->text(), QStringLiteral("tired against wide"));
    QTest::mouseClick(twin, Qt::LeftButton);
    const std::string wide = "The animal didn't cross the street because it was too wide.";
    QTRY_VERIFY(view.picture().sides.b && view.picture().sides.b->text == wide);
    QStringList cells;
    const ComparePicture& shown = view.picture();
    for (const ComparedCell& cell : largestDifferences(shown.comparison, 2))
        cells << placeNameOfA(shown.sides, shown.comparison.rows[static_cast<size_t>(cell.row)]) +
                     QLatin1Char(' ') +
                     placeNameOfA(shown.sides, shown.comparison.columns[static_cast<size_t>(cell.column)]);
    cells.sort();
    QCOMPARE(cells, (QStringList{QStringLiteral("it animal"), QStringLiteral("it street")}));

    const Workspace workspace = window.document().workspace();
    QCOMPARE(*workspace.shown.compared.text, wide);
    const Workspace read = workspaceFromText(toText(workspace), "w.json");
    QVERIFY(read == workspace && read.shown.page == Page::compare);
    QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!window.options().compared().text);
    QTRY_VERIFY(view.picture().isShown() && *view.picture().comparison.bits == 0);
    QVERIFY(window.options().page() == Page::compare);
    window.document().show(read);
    QTRY_VERIFY(view.picture().sides.b && view.picture().sides.b->text == wide);
    QVERIFY(window.settings().shown.compared == ComparedWith()); // of the work, not of the person
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(window.options().page() == Page::look);
}

QTEST_MAIN(CompareWindowTest)
#include "compare_window_test.moc"
