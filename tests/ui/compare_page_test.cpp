#include "engine/core/errors.h"
#include "engine/files/recipe.h"
#include "tests/ui/steps_window.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"
#include "ui/compare/sentence_twins.h"
#include "ui/editor/text_editor.h"
#include "ui/theme/signed_scale.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QTemporaryDir>
#include <QToolButton>

using namespace headlight;

namespace {
constexpr const char* tired = "The animal didn't cross the street because it was too tired.";
constexpr const char* wide = "The animal didn't cross the street because it was too wide.";

WindowHooks withExamples() {
    WindowHooks hooks;
    hooks.examples = bundledExamples();
    return hooks;
}

/// The window on the bundled model, at the page Compare.
struct CompareWindow {
    explicit CompareWindow(WindowHooks hooks = withExamples())
        : runner(reader()), window(runner, reader(), {}, std::move(hooks)) {
        window.resize(1280, 720);
        window.show();
        window.picture();
        window.activateWindow();
        window.options().setPage(Page::compare);
        settle();
    }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    void click(const char* name) {
        QTest::mouseClick(&find<QToolButton>(name), Qt::LeftButton);
        settle();
    }
    void settle() {
        QTRY_COMPARE(window.traces().id(), runner.lastId());
        QTRY_VERIFY(picture().sides.b || !picture().problem.isEmpty());
        QTRY_COMPARE(answered, runner.compared().size());
    }
    CompareView& view() { return find<CompareView>("comparison"); }
    const ComparePicture& picture() { return view().picture(); }
    const Comparison& comparison() { return picture().comparison; }
    TextEditor& textB() { return find<TextEditor>("compareText"); }
    QString text(const char* name) { return find<QLabel>(name).text(); }
    QString row(int place) {
        return placeNameOfA(picture().sides, comparison().rows[static_cast<size_t>(place)]);
    }
    QString column(int place) {
        return placeNameOfA(picture().sides, comparison().columns[static_cast<size_t>(place)]);
    }
    int placeOf(const char* word) {
        for (int place = 0; place < static_cast<int>(comparison().rows.size()); ++place)
            if (row(place) == QLatin1String(word))
                return place;
        return -1;
    }
    QPoint cell(ComparePicture::Part part, MapCell at) {
        return picture().maps[part].cell(at.query, at.key).center().toPoint();
    }

    FakeRunner runner;
    MainWindow window;
    size_t answered = 0;
    QMetaObject::Connection counting = QObject::connect(&runner, &Runner::comparedReady, &window,
                                                        [this] { answered = runner.compared().size(); });
    QMetaObject::Connection failing = QObject::connect(&runner, &Runner::comparedFailed, &window,
                                                       [this] { answered = runner.compared().size(); });
};
} // namespace

class ComparePageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameIsZero();
    void tiredAgainstWideDiffersAtAnimalAndStreet();
    void typingInEitherSentenceIsLive();
    void wordsThatOnlyOneHasAreHatched();
    void pointingAndClickingMarksAllThreeMaps();
    void keysWalkAndEnterOpensTheSteps();
    void theMostSimilarHeadStandsBeside();
    void beforeMyEditIsTheUnchangedModel();
    void itIsKeptAndUndone();
    void hiddenItAsksForNothing();
    void whatCannotBeReadIsASentence();
    void anotherLastWordCanBeTyped();
    void aFigureHasBothScales();
    void numbersAreTheVeryFloats();
    void twinsAreFound();
};

void ComparePageTest::theSameIsZero() {
    CompareWindow f;
    QVERIFY(f.picture().isShown());
    QVERIFY(f.comparison().bits && *f.comparison().bits == 0);
    QVERIFY(f.text("compareSummary").contains(QStringLiteral("every cell is equal")));
    QVERIFY(f.runner.compared().empty()); // needs no pass of its own
    QCOMPARE(f.textB().toPlainText(), QLatin1String(tired));
    QVERIFY(!f.find<QToolButton>("compareBefore").isEnabled());
}

void ComparePageTest::tiredAgainstWideDiffersAtAnimalAndStreet() {
    CompareWindow f;
    QCOMPARE(f.find<QToolButton>("compareTwin").text(), QStringLiteral("tired against wide"));
    f.click("compareTwin");
    QCOMPARE(f.runner.compared().size(), size_t{1});
    QCOMPARE(f.runner.compared().back().text, std::string(wide));
    QCOMPARE(f.textB().toPlainText(), QLatin1String(wide));
    const std::vector<ComparedCell> largest = largestDifferences(f.comparison(), 2);
    QCOMPARE(largest.size(), size_t{2});
    QStringList keys;
    for (const ComparedCell& cell : largest) {
        QCOMPARE(f.row(cell.row), QStringLiteral("it"));
        keys << f.column(cell.column);
        // What is drawn is what was computed.
        const QRgb drawn = f.picture().cells[ComparePicture::partDifference].pixel(cell.column, cell.row);
        QCOMPARE(drawn, signedColour(cell.difference, f.comparison().scaleEnd, f.picture().theme));
    }
    keys.sort();
    QCOMPARE(keys, (QStringList{QStringLiteral("animal"), QStringLiteral("street")}));
    QVERIFY2(f.text("compareSummary").contains(QStringLiteral("it → ")),
             qPrintable(f.text("compareSummary")));
    QCOMPARE(f.comparison().unmatchedRows, 1);
}

void ComparePageTest::typingInEitherSentenceIsLive() {
    CompareWindow f;
    f.textB().setFocus();
    f.textB().moveCursor(QTextCursor::End);
    QTest::keyClicks(&f.textB(), QStringLiteral(" It"));
    f.settle();
    QCOMPARE(f.runner.compared().size(), size_t{3}); // a pass for each key
    QCOMPARE(*f.window.options().compared().text, std::string(tired) + " It");
    QCOMPARE(f.picture().sides.b->text, std::string(tired) + " It");
    QCOMPARE(f.picture().sides.a->text, std::string(tired));
    auto& editor = f.find<TextEditor>("editor");
    editor.moveCursor(QTextCursor::End);
    QTest::keyClicks(&editor, QStringLiteral(" So"));
    f.settle();
    QCOMPARE(f.picture().sides.a->text, std::string(tired) + " So");
    QCOMPARE(f.textB().toPlainText().toStdString(), std::string(tired) + " It"); // stays
    QCOMPARE(f.runner.compared().size(), size_t{3});                             // and is not read again
    f.click("compareSameText");
    QVERIFY(!f.window.options().compared().text);
    QCOMPARE(f.textB().toPlainText(), editor.toPlainText());
    QVERIFY(*f.comparison().bits == 0);
}

void ComparePageTest::wordsThatOnlyOneHasAreHatched() {
    CompareWindow f;
    f.textB().setPlainText(QStringLiteral("The animal didn't cross the wide street because it was tired."));
    f.settle();
    const Comparison& comparison = f.comparison();
    int onlyA = 0, onlyB = 0;
    for (size_t row = 0; row < comparison.rows.size(); ++row) {
        const ComparedPlace& place = comparison.rows[row];
        const int at = static_cast<int>(row);
        onlyA += place.kind == AlignedKind::onlyA;
        onlyB += place.kind == AlignedKind::onlyB;
        QCOMPARE(f.picture().hasRow(ComparePicture::partA, at), place.a.has_value());
        QCOMPARE(f.picture().hasColumn(ComparePicture::partB, at), place.b.has_value());
        QCOMPARE(f.picture().hasRow(ComparePicture::partDifference, at), place.matched());
    }
    QCOMPARE(onlyA, 1); // too
    QCOMPARE(onlyB, 1); // wide
    // A hatched cell has the colour of the ground below its lines, not that of 0.
    const int wideRow = static_cast<int>(
        std::find_if(comparison.rows.begin(), comparison.rows.end(),
                     [](const ComparedPlace& place) { return place.kind == AlignedKind::onlyB; }) -
        comparison.rows.begin());
    const QRgb ground = f.picture().theme.palette.canvas.rgb();
    QCOMPARE(f.picture().cells[ComparePicture::partA].pixel(0, wideRow), ground);
    QCOMPARE(f.picture().cells[ComparePicture::partDifference].pixel(0, wideRow), ground);
    QVERIFY(f.picture().cells[ComparePicture::partB].pixel(0, wideRow) != ground);
    QVERIFY(signedColour(0, 1, f.picture().theme) != ground);
    QTest::mouseMove(&f.view(), f.cell(ComparePicture::partB, {wideRow, 0}));
    QVERIFY2(f.text("compareCell").contains(QStringLiteral("A –")), qPrintable(f.text("compareCell")));
    QVERIFY(f.text("compareCell").contains(QStringLiteral("nothing to subtract")));
}

void ComparePageTest::pointingAndClickingMarksAllThreeMaps() {
    CompareWindow f;
    f.click("compareTwin");
    const MapCell at{f.placeOf("it"), f.placeOf("animal")};
    for (const ComparePicture::Part part : ComparePicture::parts) {
        QTest::mouseMove(&f.view(), QPoint(2, 2));
        QTest::mouseMove(&f.view(), f.cell(part, at));
        QVERIFY(f.picture().hover == at);
        QCOMPARE(f.window.selection().hover().query,
                 f.comparison().rows[static_cast<size_t>(at.query)].a->first);
    }
    const QString told = f.text("compareCell");
    QVERIFY2(told.startsWith(QStringLiteral("it → animal")) && told.contains(QStringLiteral("A − B +")),
             qPrintable(told));
    QTest::mouseClick(&f.view(), Qt::LeftButton, {}, f.cell(ComparePicture::partDifference, at));
    QVERIFY(f.picture().selected == at);
    QCOMPARE(f.window.selection().key(), f.comparison().columns[static_cast<size_t>(at.key)].a->first);
    QVERIFY(f.view().accessibleDescription().startsWith(QStringLiteral("it → animal")));
    // The three have one size and stand in one line.
    const auto& maps = f.picture().maps;
    QCOMPARE(maps[0].rect.size(), maps[2].rect.size());
    QCOMPARE(maps[0].rect.top(), maps[1].rect.top());
    QVERIFY(maps[0].rect.right() < maps[1].rect.left() && maps[1].rect.right() < maps[2].rect.left());
    QVERIFY(f.picture().distances.right() <= f.view().width());
}

void ComparePageTest::keysWalkAndEnterOpensTheSteps() {
    CompareWindow f;
    f.view().setFocus();
    const int it = f.picture().selected.query;
    QCOMPARE(f.row(it), QStringLiteral("it"));
    QTest::keyClick(&f.view(), Qt::Key_Home);
    QVERIFY((f.picture().selected == MapCell{it, 0}));
    QTest::keyClick(&f.view(), Qt::Key_Right);
    QTest::keyClick(&f.view(), Qt::Key_Down);
    QVERIFY((f.picture().selected == MapCell{it + 1, 1}));
    QCOMPARE(f.window.selection().query(), it + 1);
    QTest::keyClick(&f.view(), Qt::Key_Plus);
    QVERIFY(f.picture().maps[0].zoom && f.picture().maps[2].zoom == f.picture().maps[0].zoom);
    QTest::keyClick(&f.view(), Qt::Key_0);
    QVERIFY(!f.picture().maps[0].zoom);
    QTest::keyClick(&f.view(), Qt::Key_Return);
    QVERIFY(f.window.options().page() == Page::steps);
}

void ComparePageTest::theMostSimilarHeadStandsBeside() {
    CompareWindow f;
    f.click("compareSimilar");
    const std::optional<HeadAddress> head = f.window.options().compared().head;
    QVERIFY(head && *head != f.window.selection().head());
    const auto nearest = mostSimilarHead(*f.window.traces().current(), f.window.selection().head());
    QVERIFY(nearest && nearest->head == *head);
    QVERIFY(*f.comparison().bits > 0);
    QVERIFY(std::abs(*f.comparison().bits - nearest->bits) < 1e-9); // every token is shown
    QVERIFY(f.find<QComboBox>("compareHead").currentIndex() > 0);
    f.window.selection().setHead(*head); // now A is that head too
    QVERIFY(*f.comparison().bits == 0);
}

void ComparePageTest::beforeMyEditIsTheUnchangedModel() {
    CompareWindow f;
    f.window.document().edits().set({HeadScope::all(), Temperature{3}});
    f.settle();
    QVERIFY(*f.comparison().bits == 0); // B has the edit too
    QVERIFY(f.text("compareEditsA").contains(QStringLiteral("temperature")));
    f.click("compareBefore");
    QVERIFY(f.picture().sides.b == f.window.traces().current()->baseline);
    QVERIFY(*f.comparison().bits > 0);
    QVERIFY(f.runner.compared().empty());
    // Another sentence, with the edit and without.
    f.click("compareTwin");
    QCOMPARE(f.runner.compared().back().edits.size(), size_t{1});
    f.click("compareUnedited");
    QVERIFY(f.runner.compared().back().edits.empty());
    QVERIFY(f.picture().sides.b->edits.empty());
}

void ComparePageTest::itIsKeptAndUndone() {
    const QTemporaryDir folder;
    WindowHooks hooks = withExamples();
    hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
    CompareWindow f(std::move(hooks));
    f.click("compareTwin");
    const Workspace workspace = f.window.document().workspace();
    QCOMPARE(*workspace.shown.compared.text, std::string(wide));
    const Workspace read = workspaceFromText(toText(workspace), "w.json");
    QVERIFY(read.shown.compared == workspace.shown.compared && read.shown.page == Page::compare);
    QApplication::setActiveWindow(&f.window); // shortcuts belong to the active one
    QTest::keyClick(&f.view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!f.window.options().compared().text);
    QTRY_VERIFY(*f.comparison().bits == 0);
    f.window.document().show(read);
    f.settle();
    QCOMPARE(f.picture().sides.b->text, std::string(wide));
    QVERIFY(f.window.settings().shown.compared == ComparedWith()); // of the work, not of the person
}

void ComparePageTest::hiddenItAsksForNothing() {
    CompareWindow f;
    f.click("compareTwin");
    f.window.options().setPage(Page::look);
    const size_t asked = f.runner.compared().size();
    f.window.options().setCompared({std::string("it was"), std::nullopt, false});
    f.window.setText(QStringLiteral("it is"));
    QTRY_COMPARE(f.window.traces().id(), f.runner.lastId());
    QCOMPARE(f.runner.compared().size(), asked);
    f.window.options().setPage(Page::compare);
    f.settle();
    QCOMPARE(f.runner.compared().size(), asked + 1);
    QCOMPARE(f.picture().sides.b->text, std::string("it was"));
}

void ComparePageTest::whatCannotBeReadIsASentence() {
    FakeRunner runner(fakeModel());
    MainWindow window(runner, fakeModel(), {}, {});
    window.resize(1280, 720);
    window.show();
    window.picture();
    window.options().setPage(Page::compare);
    window.options().setCompared({std::string("fail"), std::nullopt, false});
    auto& view = *window.findChild<CompareView*>();
    QTRY_VERIFY(!view.picture().problem.isEmpty());
    QVERIFY(!view.picture().isShown());
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("fail")));
    window.options().setCompared({});
    QVERIFY(view.picture().isShown());
}

void ComparePageTest::anotherLastWordCanBeTyped() {
    CompareWindow f;
    f.window.setText(QStringLiteral("The cat sees the house."));
    f.settle();
    QCOMPARE(f.find<QToolButton>("compareTwin").text(), QStringLiteral("another last word"));
    f.click("compareTwin");
    QCOMPARE(f.window.focusWidget(), static_cast<QWidget*>(&f.textB()));
    QTest::keyClicks(&f.textB(), QStringLiteral("dog"));
    f.settle();
    QCOMPARE(f.picture().sides.b->text, std::string("The cat sees the dog."));
}

void ComparePageTest::aFigureHasBothScales() {
    CompareWindow f;
    f.click("compareTwin");
    QImage image(1200, 700, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    {
        QPainter painter(&image);
        f.window.findChild<ComparePage*>()->paintFigure(painter, image.size());
    }
    const Theme theme = f.picture().theme;
    const ComparedCell most = *f.comparison().largest;
    const auto count = [&](QRgb colour) {
        int found = 0;
        for (int y = 0; y < image.height(); y += 2)
            for (int x = 0; x < image.width(); x += 2)
                found += image.pixel(x, y) == colour;
        return found;
    };
    QVERIFY(count(signedColour(most.difference, f.comparison().scaleEnd, theme)) > 10);
    QVERIFY(count(theme.weights.colour(most.a)) > 10 && count(theme.weights.colour(most.b)) > 10);
    QCOMPARE(count(QColor(Qt::magenta).rgb()), 0);
}

void ComparePageTest::numbersAreTheVeryFloats() {
    CompareWindow f;
    f.click("compareTwin");
    const QTemporaryDir folder;
    const auto save = f.window.findChild<ComparePage*>()->numbers();
    QVERIFY(save);
    const std::filesystem::path csv = folder.filePath(QStringLiteral("c.csv")).toStdString();
    const std::filesystem::path json = folder.filePath(QStringLiteral("c.json")).toStdString();
    const Workspace workspace = f.window.document().workspace();
    save(workspace, csv);
    save(workspace, json);
    QVERIFY(workspaceIn(csv) == workspace); // either opens the view again
    QVERIFY(workspaceIn(json) == workspace);
    QFile file(QString::fromStdString(csv.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    const ComparedCell most = *f.comparison().largest;
    const QList<QByteArray> cell =
        lines[1 + most.row * static_cast<int>(f.comparison().columns.size()) + most.column].split(',');
    QCOMPARE(cell.size(), 15);
    QCOMPARE(cell[3], QByteArray("\"it\""));
    QCOMPARE(cell[11].toFloat(), most.a);
    QCOMPARE(cell[12].toFloat(), most.b);
    QCOMPARE(cell[13].toFloat(), most.difference);
    // The row of "tired", or "wide", has no difference.
    const auto replaced = std::find_if(f.comparison().rows.begin(), f.comparison().rows.end(),
                                       [](const ComparedPlace& place) { return !place.matched(); });
    const auto row = static_cast<int>(replaced - f.comparison().rows.begin());
    const QList<QByteArray> none =
        lines[1 + row * static_cast<int>(f.comparison().columns.size())].split(',');
    QVERIFY(none[10] == "false" && none[13].isEmpty() && none[14].trimmed().isEmpty());
    QVERIFY_EXCEPTION_THROWN(save(workspace, folder.filePath(QStringLiteral("c.txt")).toStdString()),
                             RequestError);
}

void ComparePageTest::twinsAreFound() {
    const std::vector<std::string> sentences{tired, wide, "It is too big.", "It is too small!"};
    const std::optional<SentenceTwin> own = twinOf(tired, sentences);
    QVERIFY(own);
    QCOMPARE(own->text, std::string(wide));
    QCOMPARE(own->word, std::string("tired"));
    const std::optional<SentenceTwin> made = twinOf("The dog was wide !", sentences);
    QVERIFY(made);
    QCOMPARE(made->text, std::string("The dog was tired !"));
    QVERIFY(!twinOf("It is too big.", sentences)); // the other ends with another sign
    QVERIFY(!twinOf("", sentences) && !twinOf("?!", sentences) && !twinOf("a house", sentences));
    QCOMPARE(lastWordOf("über Bären.").begin, std::string("über ").size());
}

QTEST_MAIN(ComparePageTest)
#include "compare_page_test.moc"
