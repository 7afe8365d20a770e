#include "engine/core/errors.h"
#include "engine/explain/map_levels.h"
#include "engine/files/recipe.h"
#include "engine/metrics/similarity.h"
#include "tests/ui/compare_host.h"
#include "tests/ui/fake_model.h"
#include "ui/compare/sentence_twins.h"
#include "ui/paint/map_zoom.h"
#include "ui/theme/signed_scale.h"

#include <QAction>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace headlight;

namespace {
constexpr const char* tired = "The animal didn't cross the street because it was too tired.";
constexpr const char* wide = "The animal didn't cross the street because it was too wide.";

std::shared_ptr<const LoadedModel> reader() {
    static const std::shared_ptr<const LoadedModel> loaded = LoadedModel::load("reader");
    return loaded;
}

/// The bundled model, reading its example.
struct Reader : CompareHost {
    Reader() : CompareHost(reader(), QString::fromLatin1(tired), {tired, wide}) {}
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
    void hiddenItAsksForNothing();
    void whatCannotBeReadIsASentence();
    void anotherLastWordCanBeTyped();
    void aFigureHasBothScales();
    void numbersAreTheVeryFloats();
    void twinsAreFound();
    void aRankIsOneAmongTheWeightsOfBoth();
    void zoomKeysAreThoseOfTheMap();
    void bIsReadByAnotherModel();
    void aModelGivenUpWhileItIsOpenedDoesNotCome();
    void aModelThatCannotBeOpenedIsASentence();
};

namespace {
/// Fake models by name, each with a runner of its own.
OtherModelHooks fakeModels() {
    OtherModelHooks hooks;
    hooks.bundled = {"small"};
    hooks.load = [](const std::string& name) -> std::shared_ptr<const LoadedModel> {
        if (name == "small" || name == "/models/small") {
            auto model = std::make_shared<LoadedModel>(*fakeModel("small", 2, 2));
            model->folder = "/models/small";
            model->sha256 = "5a11";
            return model;
        }
        throw RequestError("There is no model in " + name + ".");
    };
    hooks.runner = [](std::shared_ptr<const LoadedModel> model) {
        return std::make_unique<FakeRunner>(std::move(model));
    };
    return hooks;
}

QAction* entry(QToolButton& button, const QString& text) {
    Q_EMIT button.menu()->aboutToShow();
    for (QAction* action : button.menu()->actions())
        if (action->text() == text)
            return action;
    return nullptr;
}
} // namespace

void ComparePageTest::aRankIsOneAmongTheWeightsOfBoth() {
    Reader f;
    f.options.setCompared({wide, std::nullopt, false});
    f.settle();
    f.options.setScale(WeightScale::rank);
    const ComparePicture& picture = f.picture();
    QVERIFY(picture.scale == WeightScale::rank);
    QCOMPARE(picture.ranks.size(), 2 * f.comparison().a.size());
    const std::vector<float> expected = rankShares(picture.weights);
    QVERIFY(std::any_of(expected.begin(), expected.end(),
                        [](float share) { return share > 0.2F && share < 0.8F; }));
    const QImage image = f.view().grab().toImage();
    for (int row = 1; row < 10; row += 2)
        for (int column = 1; column < 10; column += 3) {
            const auto at = static_cast<size_t>(row * picture.columns() + column);
            QCOMPARE(image.pixel(f.cell(ComparePicture::partA, {row, column})),
                     picture.theme.weights.colour(expected[at], WeightScale::rank));
            QCOMPARE(image.pixel(f.cell(ComparePicture::partB, {row, column})),
                     picture.theme.weights.colour(expected[at + f.comparison().a.size()], WeightScale::rank));
        }
    f.options.setScale(WeightScale::linear);
    QVERIFY(picture.ranks.empty());
    QVERIFY(f.view().grab().toImage() != image);
}

void ComparePageTest::zoomKeysAreThoseOfTheMap() {
    Reader f;
    const MapGeometry& map = f.picture().maps[ComparePicture::partA];
    f.selection.setCell(4, 5);
    for (const Qt::Key key : {Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus}) {
        const auto expected = zoomOfKey(map, {4, 5}, key);
        QTest::keyClick(&f.view(), key);
        QVERIFY(expected && map.zoom == expected->zoom && map.zoom);
    }
    QTest::keyClick(&f.view(), Qt::Key_0);
    QVERIFY(!map.zoom);
    QVERIFY(!zoomOfKey(map, {4, 5}, Qt::Key_A));
}

void ComparePageTest::bIsReadByAnotherModel() {
    CompareHost f(fakeModel(), QLatin1String(animalSentence), {}, fakeModels());
    auto& button = f.find<QToolButton>("compareModel");
    QVERIFY(button.isVisible() && button.text().startsWith(QStringLiteral("fake")));
    const auto before = f.picture().sides.b;
    QVERIFY(entry(button, QStringLiteral("small")));
    entry(button, QStringLiteral("small"))->trigger();
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->model == "small" && f.picture().isShown());
    const std::optional<ModelReference>& named = f.options.compared().model;
    QVERIFY(named && *named == (ModelReference{"/models/small", "5a11"}));
    QVERIFY(f.picture().sides.a == f.traces.current());
    QVERIFY(button.text().startsWith(QStringLiteral("small")));
    QVERIFY(f.runner.compared().empty()); // a lane of its own
    // It has no head 2 of layer 2: the first one, and that is said.
    QVERIFY((f.picture().sides.headB == HeadAddress{Stack::encoder, 0, 0}));
    auto& heads = f.find<QComboBox>("compareHead");
    QCOMPARE(heads.count(), 1 + 4);
    QVERIFY(heads.currentText().contains(QStringLiteral("has no L2 H2")));
    heads.setCurrentIndex(4);
    Q_EMIT heads.activated(4);
    QVERIFY((f.picture().sides.headB == HeadAddress{Stack::encoder, 1, 1}));
    // Words are matched although the models share no vocabulary.
    QCOMPARE(f.comparison().unmatchedRows, 0);
    QVERIFY(f.comparison().bits && *f.comparison().bits > 0);
    // Typing in either sentence is live.
    f.setText(QStringLiteral("The dog was too tired."));
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->text == "The dog was too tired." &&
                f.picture().sides.a->text == f.picture().sides.b->text);
    QVERIFY(f.picture().sides.b->model == "small");
    f.textB().setPlainText(QStringLiteral("The dog was too wide."));
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->text == "The dog was too wide.");
    QVERIFY(f.picture().sides.b->model == "small" && f.picture().sides.a->text == "The dog was too tired.");
    // Saved and shown again; then back to the model of A.
    const Workspace saved = f.document.workspace();
    QVERIFY(workspaceFromText(toText(saved), "w.json") == saved && saved.shown.compared.model);
    entry(button, QStringLiteral("the model of A"))->trigger();
    f.settle();
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->model == "fake");
    QVERIFY(!f.options.compared().model);
    f.options.setChoices(saved.shown);
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->model == "small" && f.picture().isShown());
    QVERIFY((f.picture().sides.headB == HeadAddress{Stack::encoder, 1, 1}));
}

void ComparePageTest::aModelGivenUpWhileItIsOpenedDoesNotCome() {
    CompareHost f(fakeModel(), QLatin1String(animalSentence), {}, fakeModels());
    auto& button = f.find<QToolButton>("compareModel");
    entry(button, QStringLiteral("small"))->trigger();
    entry(button, QStringLiteral("the model of A"))->trigger();
    QTRY_VERIFY(f.loading.idle());
    QTest::qWait(0);
    QVERIFY(!f.options.compared().model && f.picture().sides.b->model == "fake");
}

void ComparePageTest::aModelThatCannotBeOpenedIsASentence() {
    CompareHost f(fakeModel(), QLatin1String(animalSentence), {}, fakeModels());
    f.options.setCompared({std::nullopt, std::nullopt, false, ModelReference{"/gone/away", "aa"}});
    QTRY_COMPARE(f.text("compareSummary"), QStringLiteral("There is no model in /gone/away."));
    QVERIFY(!f.picture().isShown());
    // Another that can: what was saved had other weights, and that is said.
    f.options.setCompared({std::nullopt, std::nullopt, false, ModelReference{"small", "another hash"}});
    QTRY_VERIFY(f.picture().isShown());
    QVERIFY2(f.text("compareSummary").contains(QStringLiteral("other weights")),
             qPrintable(f.text("compareSummary")));
    f.options.setCompared({});
    QTRY_VERIFY(f.picture().sides.b && f.picture().sides.b->model == "fake");
}

void ComparePageTest::theSameIsZero() {
    Reader f;
    QVERIFY(f.picture().isShown());
    QVERIFY(f.comparison().bits && *f.comparison().bits == 0);
    QVERIFY(f.text("compareSummary").contains(QStringLiteral("every cell is equal")));
    QVERIFY(f.runner.compared().empty()); // needs no pass of its own
    QCOMPARE(f.textB().toPlainText(), QLatin1String(tired));
    QVERIFY(!f.find<QToolButton>("compareBefore").isEnabled());
}

void ComparePageTest::tiredAgainstWideDiffersAtAnimalAndStreet() {
    Reader f;
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
    Reader f;
    f.textB().setFocus();
    f.textB().moveCursor(QTextCursor::End);
    QTest::keyClicks(&f.textB(), QStringLiteral(" It"));
    f.settle();
    QCOMPARE(f.runner.compared().size(), size_t{3}); // a pass for each key
    QCOMPARE(*f.options.compared().text, std::string(tired) + " It");
    QCOMPARE(f.picture().sides.b->text, std::string(tired) + " It");
    QCOMPARE(f.picture().sides.a->text, std::string(tired));
    f.setText(QLatin1String(tired) + QStringLiteral(" So"));
    f.settle();
    QCOMPARE(f.picture().sides.a->text, std::string(tired) + " So");
    QCOMPARE(f.textB().toPlainText().toStdString(), std::string(tired) + " It"); // stays
    QCOMPARE(f.runner.compared().size(), size_t{3});                             // and is not read again
    f.click("compareSameText");
    QVERIFY(!f.options.compared().text);
    QCOMPARE(f.textB().toPlainText(), QLatin1String(tired) + QStringLiteral(" So"));
    QVERIFY(*f.comparison().bits == 0);
}

void ComparePageTest::wordsThatOnlyOneHasAreHatched() {
    Reader f;
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
    f.point(f.cell(ComparePicture::partB, {wideRow, 0}));
    QVERIFY2(f.text("compareCell").contains(QStringLiteral("A –")), qPrintable(f.text("compareCell")));
    QVERIFY(f.text("compareCell").contains(QStringLiteral("nothing to subtract")));
}

void ComparePageTest::pointingAndClickingMarksAllThreeMaps() {
    Reader f;
    f.click("compareTwin");
    const MapCell at{f.placeOf("it"), f.placeOf("animal")};
    for (const ComparePicture::Part part : ComparePicture::parts) {
        f.point(QPoint(2, 2));
        f.point(f.cell(part, at));
        QVERIFY(f.picture().hover == at);
        QCOMPARE(f.selection.hover().query, f.comparison().rows[static_cast<size_t>(at.query)].a->first);
    }
    const QString told = f.text("compareCell");
    QVERIFY2(told.startsWith(QStringLiteral("it → animal")) && told.contains(QStringLiteral("A − B +")),
             qPrintable(told));
    QTest::mouseClick(&f.view(), Qt::LeftButton, {}, f.cell(ComparePicture::partDifference, at));
    QVERIFY(f.picture().selected == at);
    QCOMPARE(f.selection.key(), f.comparison().columns[static_cast<size_t>(at.key)].a->first);
    QVERIFY(f.view().accessibleDescription().startsWith(QStringLiteral("it → animal")));
    // The three have one size and stand in one line.
    const auto& maps = f.picture().maps;
    QCOMPARE(maps[0].rect.size(), maps[2].rect.size());
    QCOMPARE(maps[0].rect.top(), maps[1].rect.top());
    QVERIFY(maps[0].rect.right() < maps[1].rect.left() && maps[1].rect.right() < maps[2].rect.left());
    QVERIFY(f.picture().distances.right() <= f.view().width());
}

void ComparePageTest::keysWalkAndEnterOpensTheSteps() {
    Reader f;
    f.view().setFocus();
    const int it = f.picture().selected.query;
    QCOMPARE(f.row(it), QStringLiteral("it"));
    QTest::keyClick(&f.view(), Qt::Key_Home);
    QVERIFY((f.picture().selected == MapCell{it, 0}));
    QTest::keyClick(&f.view(), Qt::Key_Right);
    QTest::keyClick(&f.view(), Qt::Key_Down);
    QVERIFY((f.picture().selected == MapCell{it + 1, 1}));
    QCOMPARE(f.selection.query(), it + 1);
    QTest::keyClick(&f.view(), Qt::Key_Plus);
    QVERIFY(f.picture().maps[0].zoom && f.picture().maps[2].zoom == f.picture().maps[0].zoom);
    QTest::keyClick(&f.view(), Qt::Key_0);
    QVERIFY(!f.picture().maps[0].zoom);
    const QSignalSpy entered(&f.selection, &Selection::entered);
    QTest::keyClick(&f.view(), Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
}

void ComparePageTest::theMostSimilarHeadStandsBeside() {
    Reader f;
    f.click("compareSimilar");
    const std::optional<HeadAddress> head = f.options.compared().head;
    QVERIFY(head && *head != f.selection.head());
    const auto nearest = nearestHead(*f.traces.current(), f.selection.head());
    QVERIFY(nearest && nearest->head == *head);
    QVERIFY(*f.comparison().bits > 0);
    QVERIFY(std::abs(*f.comparison().bits - nearest->bits) < 1e-9); // every token is shown
    QVERIFY(f.find<QComboBox>("compareHead").currentIndex() > 0);
    f.selection.setHead(*head); // now A is that head too
    QVERIFY(*f.comparison().bits == 0);
}

void ComparePageTest::beforeMyEditIsTheUnchangedModel() {
    Reader f;
    f.document.edits().set({HeadScope::all(), Temperature{3}});
    f.settle();
    QVERIFY(*f.comparison().bits == 0); // B has the edit too
    QVERIFY(f.text("compareEditsA").contains(QStringLiteral("temperature")));
    f.click("compareBefore");
    QVERIFY(f.picture().sides.b == f.traces.current()->baseline);
    QVERIFY(*f.comparison().bits > 0);
    QVERIFY(f.runner.compared().empty());
    // Another sentence, with the edit and without.
    f.click("compareTwin");
    QCOMPARE(f.runner.compared().back().edits.size(), size_t{1});
    f.click("compareUnedited");
    QVERIFY(f.runner.compared().back().edits.empty());
    QVERIFY(f.picture().sides.b->edits.empty());
}

void ComparePageTest::hiddenItAsksForNothing() {
    Reader f;
    f.click("compareTwin");
    f.page->hide();
    const size_t asked = f.runner.compared().size();
    f.options.setCompared({std::string("it was"), std::nullopt, false});
    f.setText(QStringLiteral("it is"));
    f.settle();
    QCOMPARE(f.runner.compared().size(), asked);
    f.page->show();
    f.settle();
    QCOMPARE(f.runner.compared().size(), asked + 1);
    QCOMPARE(f.picture().sides.b->text, std::string("it was"));
}

void ComparePageTest::whatCannotBeReadIsASentence() {
    CompareHost f(fakeModel(), QLatin1String(animalSentence));
    QVERIFY(f.picture().isShown());
    f.options.setCompared({std::string("fail"), std::nullopt, false});
    f.settle();
    QVERIFY(!f.picture().isShown());
    QVERIFY(f.picture().problem.contains(QStringLiteral("fail")));
    QCOMPARE(f.text("compareSummary"), f.picture().problem);
    QVERIFY(f.view().accessibleDescription().contains(QStringLiteral("fail")));
    f.options.setCompared({});
    QVERIFY(f.picture().isShown());
}

void ComparePageTest::anotherLastWordCanBeTyped() {
    Reader f;
    f.setText(QStringLiteral("The cat sees the house."));
    f.settle();
    QCOMPARE(f.find<QToolButton>("compareTwin").text(), QStringLiteral("another last word"));
    f.click("compareTwin");
    QCOMPARE(f.window.focusWidget(), static_cast<QWidget*>(&f.textB()));
    QTest::keyClicks(&f.textB(), QStringLiteral("dog"));
    f.settle();
    QCOMPARE(f.picture().sides.b->text, std::string("The cat sees the dog."));
}

void ComparePageTest::aFigureHasBothScales() {
    Reader f;
    f.click("compareTwin");
    QImage image(1200, 700, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    {
        QPainter painter(&image);
        f.page->paintFigure(painter, image.size());
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
    Reader f;
    f.click("compareTwin");
    const QTemporaryDir folder;
    const auto save = f.page->numbers();
    QVERIFY(save);
    const std::filesystem::path csv = folder.filePath(QStringLiteral("c.csv")).toStdString();
    const std::filesystem::path json = folder.filePath(QStringLiteral("c.json")).toStdString();
    const Workspace workspace = f.document.workspace();
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
