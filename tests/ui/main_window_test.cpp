#include "app/main_window.h"
#include "app/window_files.h"
#include "engine/core/errors.h"
#include "tests/ui/fake_model.h"
#include "tests/ui/fake_runner.h"
#include "ui/editor/token_chips.h"
#include "ui/heads/heads_view.h"
#include "ui/look/heatmap_view.h"
#include "ui/notice/notice_strip.h"
#include "ui/row/row_panel.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headlight;

namespace {
/// A window on the fake model, with its first picture.
struct Fixture {
    explicit Fixture(WindowHooks hooks = {})
        : runner(fakeModel()), window(runner, fakeModel(), {}, std::move(hooks)) {
        window.resize(1280, 720);
        window.show();
        window.picture();
        window.activateWindow();
    }
    const Trace& trace() const { return *window.traces().current(); }
    QString word(int token) const {
        return token < 0
                   ? QString()
                   : QString::fromStdString(trace().spelling(trace().tokens()[static_cast<size_t>(token)]));
    }
    QString query() { return word(window.selection().query()); }
    QString key() { return word(window.selection().key()); }
    template <class Widget>
    Widget& find(const char* name) {
        return *window.findChild<Widget*>(QString::fromLatin1(name));
    }
    QPlainTextEdit& editor() { return find<QPlainTextEdit>("editor"); }
    HeatmapView& map() { return find<HeatmapView>("map"); }
    QLabel& notice() { return find<QLabel>("notice"); }
    RowPanel& panel() { return *window.findChild<RowPanel*>(); }
    void settle() { QTRY_COMPARE(window.traces().id(), runner.lastId()); }

    FakeRunner runner;
    MainWindow window;
};
} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsWithThePoint();
    void typingChangesTheTrace();
    void everyKeyIsSubmittedAtOnce();
    void oldAnswersAreNotShown();
    void everyTraceIsPainted();
    void clickingACellSelectsIt();
    void hoveringPreviewsAndSelectsNothing();
    void clickingAChipSelectsTheQuery();
    void clickingAThumbnailSelectsTheHead();
    void clickingALineSelectsTheKey();
    void theRowFollowsTheSelection();
    void theOrderOfKeysIsSwitched();
    void errorsKeepThePicture();
    void unreadTextIsStated();
    void aHundredThousandCharactersArePasted();
    void oddTextIsShown_data();
    void oddTextIsShown();
    void themesAreChangedAndRemembered();
    void anotherModelIsOpened();
    void aModelThatCannotBeOpenedIsASentence();
    void typingDoesNotHideWhyAModelWasNotOpened();
    void trainingShowsProgressAndIsCancelled();
    void hiddenViewsDoNotCompute();
    void accessibleNamesAreThere();
    void theMapIsATableForAssistiveTechnology();
    void aPictureNeedsNoDisplay();
    void aSecondSentenceIsRead();
    void anExampleOpensWithItsHint();
    void theBarChangesHowItIsShown();
    void aSavedViewComesBack();
    void theSizeIsForTheNextStart();
    void everyMenuEntryCanBeChosen();
    void undoTakesBackWhatWasTypedAndPinned();
    void anExportedPictureOpensTheSameView();
};

void MainWindowTest::startsWithThePoint() {
    Fixture f;
    QCOMPARE(f.editor().toPlainText(), QString::fromLatin1(animalSentence));
    QCOMPARE(f.query(), QStringLiteral("it"));
    QVERIFY((f.window.selection().head() == HeadAddress{Stack::encoder, 2, 2}));
    QCOMPARE(f.panel().title(), QStringLiteral("What “it” looks at · L2 H2"));
    QVERIFY(f.panel().footer().endsWith(QStringLiteral("sums to 1.000")));
    QVERIFY(f.find<QLabel>("facts").text().startsWith(QStringLiteral("16 tokens   ·   3 layers × 4 heads")));
    QVERIFY(
        f.window.findChild<ReadingCard*>()->accessibleDescription().startsWith(QStringLiteral("animal ")));
}

void MainWindowTest::aSecondSentenceIsRead() {
    Fixture f;
    QTest::mouseClick(&f.find<QToolButton>("pairButton"), Qt::LeftButton);
    auto& pair = f.find<QPlainTextEdit>("pairEditor");
    QVERIFY(pair.isVisible());
    QTRY_VERIFY(pair.hasFocus());
    QTest::keyClicks(&pair, QStringLiteral("It slept"));
    f.settle();
    QCOMPARE(f.trace().pairText, std::string("It slept"));
    QCOMPARE(f.window.document().workspace().pair, std::string("It slept"));
    QTest::mouseClick(&f.find<QToolButton>("pairButton"), Qt::LeftButton);
    f.settle();
    QVERIFY(!pair.isVisible());
    QCOMPARE(f.trace().pairText, std::string());
}

void MainWindowTest::anExampleOpensWithItsHint() {
    TextExample example;
    example.title = "A dog";
    example.look = "who sleeps";
    example.text = "the dog slept because it was tired";
    example.query = "tired";
    WindowHooks hooks;
    hooks.examples = {{"Group", {example}}};
    Fixture f(std::move(hooks));
    QTest::mouseClick(&f.find<QToolButton>("examplesButton"), Qt::LeftButton);
    auto& list = f.find<QWidget>("examplesList");
    QTRY_VERIFY(list.isVisible());
    QTest::keyClick(&list, Qt::Key_Return);
    f.settle();
    QCOMPARE(f.editor().toPlainText().toStdString(), example.text);
    QCOMPARE(f.query(), QStringLiteral("tired"));
    QCOMPARE(f.notice().text(), QStringLiteral("Look for: who sleeps"));
    QTest::keyClicks(&f.editor(), QStringLiteral("x"));
    QVERIFY(!f.notice().isVisible());
}

void MainWindowTest::theBarChangesHowItIsShown() {
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

void MainWindowTest::aSavedViewComesBack() {
    Fixture f;
    f.window.selection().setCell(4, 6);
    f.window.selection().setHead({Stack::encoder, 0, 1});
    f.window.options().setScale(WeightScale::logarithmic);
    f.window.options().pin({Stack::encoder, 1, 1});
    const Workspace saved = f.window.document().workspace();
    QTest::keyClicks(&f.editor(), QStringLiteral(" And more."));
    f.settle();
    f.window.selection().setCell(1, -1);
    f.window.options().setChoices({});
    f.window.document().show(saved);
    f.settle();
    QCOMPARE(f.window.document().workspace(), saved);
    QCOMPARE(f.window.selection().query(), 4);
    QCOMPARE(f.window.selection().key(), 6);
}

void MainWindowTest::theSizeIsForTheNextStart() {
    Fixture f;
    for (QAction* action : f.window.findChildren<QAction*>())
        if (action->text() == QStringLiteral("150 %"))
            action->trigger();
    QCOMPARE(f.window.settings().sizePercent, 150);
    QVERIFY(f.find<QLabel>("hints").text().contains(QStringLiteral("150 %")));
    QTest::keyClicks(&f.editor(), QStringLiteral("x"));
    QVERIFY(!f.find<QLabel>("hints").text().contains(QStringLiteral("150 %")));
}

/// A window with files.
WindowHooks withFiles(const QTemporaryDir& folder) {
    WindowHooks hooks;
    hooks.autosave = folder.filePath(QStringLiteral("autosave")).toStdString();
    return hooks;
}

void MainWindowTest::everyMenuEntryCanBeChosen() {
    QTemporaryDir folder;
    Fixture f(withFiles(folder));
    int chosen = 0;
    for (QAction* action : f.window.findChildren<QAction*>()) {
        if (!action->isEnabled() || action->menu() || action->isSeparator() ||
            action->text().contains(QStringLiteral("Quit")))
            continue;
        action->trigger();
        ++chosen;
        QCoreApplication::processEvents();
        for (QWidget* top : QApplication::topLevelWidgets())
            if (top != &f.window && top->isVisible())
                top->close(); // a dialog or a menu
    }
    QVERIFY(chosen > 15);
}

void MainWindowTest::undoTakesBackWhatWasTypedAndPinned() {
    QTemporaryDir folder;
    Fixture f(withFiles(folder));
    f.settle();
    QTest::keyClicks(&f.editor(), QStringLiteral(" More"));
    f.settle();
    f.window.options().pin({Stack::encoder, 0, 0});
    f.window.activateWindow();
    const auto key = [&](Qt::KeyboardModifiers modifiers) {
        f.editor().setFocus();
        QTest::keyClick(&f.editor(), Qt::Key_Z, modifiers);
        f.settle();
    };
    key(Qt::ControlModifier);
    QVERIFY(f.window.options().pinned().empty());
    QVERIFY(f.editor().toPlainText().endsWith(QStringLiteral(" More")));
    for (int i = 0; i < 5 && f.editor().toPlainText() != QLatin1String(animalSentence); ++i)
        key(Qt::ControlModifier);
    QCOMPARE(f.editor().toPlainText(), QString::fromLatin1(animalSentence));
    for (int i = 0; i < 7; ++i)
        key(Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.window.options().pinned().size(), size_t{1});
}

void MainWindowTest::anExportedPictureOpensTheSameView() {
    QTemporaryDir folder;
    Fixture f(withFiles(folder));
    f.window.selection().setCell(4, 6);
    f.window.options().setScale(WeightScale::logarithmic);
    const Workspace shown = f.window.document().workspace();
    for (const char* name : {"view.png", "view.svg", "view.pdf", "view.csv", "view.json"}) {
        const std::filesystem::path path = folder.filePath(QString::fromLatin1(name)).toStdString();
        f.window.findChild<WindowFiles*>()->exportTo(path, {}, 1);
        f.window.options().setScale(WeightScale::linear);
        QTest::keyClicks(&f.editor(), QStringLiteral("x"));
        f.settle();
        f.window.openFile(path);
        QTRY_COMPARE(f.editor().toPlainText().toStdString(), shown.text);
        f.settle();
        QCOMPARE(f.window.document().workspace(), shown);
    }
}

void MainWindowTest::typingChangesTheTrace() {
    Fixture f;
    f.editor().setFocus();
    f.editor().moveCursor(QTextCursor::End);
    QTest::keyClicks(&f.editor(), QStringLiteral(" dog"));
    f.settle();
    QCOMPARE(f.word(15), QStringLiteral("dog"));
    QCOMPARE(f.query(), QStringLiteral("it"));
    f.editor().moveCursor(QTextCursor::Start);
    QTest::keyClicks(&f.editor(), QStringLiteral("Well "));
    f.settle();
    QCOMPARE(f.query(), QStringLiteral("it"));
    QCOMPARE(f.window.selection().query(), 11);
}

void MainWindowTest::everyKeyIsSubmittedAtOnce() {
    Fixture f;
    const size_t before = f.runner.texts().size();
    QTest::keyClicks(&f.editor(), QStringLiteral("abc"));
    QCOMPARE(f.runner.texts().size(), before + 3);
}

void MainWindowTest::oldAnswersAreNotShown() {
    Fixture f;
    f.runner.hold(true);
    QTest::keyClicks(&f.editor(), QStringLiteral("xy"));
    const quint64 newest = f.runner.lastId();
    f.runner.answer(newest);
    QCOMPARE(f.window.traces().id(), newest);
    f.runner.answer(newest - 1);
    QCOMPARE(f.window.traces().id(), newest);
    QVERIFY(f.trace().text.ends_with("xy"));
}

void MainWindowTest::everyTraceIsPainted() {
    Fixture f;
    QVERIFY(QTest::qWaitForWindowExposed(&f.window));
    QSignalSpy painted(&f.window, &MainWindow::painted);
    QTest::keyClick(&f.editor(), Qt::Key_A);
    QTRY_VERIFY(!painted.empty());
    QCOMPARE(painted.back().front().toULongLong(), f.runner.lastId());
}

void MainWindowTest::clickingACellSelectsIt() {
    Fixture f;
    const QPoint point = f.map().picture().map.cell(7, 5).center().toPoint();
    QTest::mouseClick(&f.map(), Qt::LeftButton, {}, point);
    QCOMPARE(f.window.selection().query(), 7);
    QCOMPARE(f.window.selection().key(), 5);
    QTest::mouseClick(&f.map(), Qt::LeftButton, {}, QPoint(2, 2));
    QCOMPARE(f.window.selection().query(), 7);
}

void MainWindowTest::hoveringPreviewsAndSelectsNothing() {
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

void MainWindowTest::clickingAChipSelectsTheQuery() {
    Fixture f;
    auto& chips = f.find<TokenChips>("chips");
    QTest::mouseClick(chips.viewport(), Qt::LeftButton, {}, chips.chipRect(8).center());
    QCOMPARE(f.query(), QStringLiteral("street"));
}

void MainWindowTest::clickingAThumbnailSelectsTheHead() {
    Fixture f;
    auto& heads = f.find<HeadsView>("heads");
    QTest::mouseClick(&heads, Qt::LeftButton, {}, heads.thumbnailRect({Stack::encoder, 1, 3}).center());
    QVERIFY((f.window.selection().head() == HeadAddress{Stack::encoder, 1, 3}));
    QVERIFY((f.map().picture().head == HeadAddress{Stack::encoder, 1, 3}));
}

void MainWindowTest::clickingALineSelectsTheKey() {
    Fixture f;
    auto& row = f.find<RowList>("row");
    QTest::mouseClick(row.viewport(), Qt::LeftButton, {}, row.lineRect(2).center());
    QCOMPARE(f.key(), QStringLiteral("animal"));
    QCOMPARE(f.query(), QStringLiteral("it"));
}

void MainWindowTest::theRowFollowsTheSelection() {
    Fixture f;
    f.window.selection().setQuery(2);
    QCOMPARE(f.panel().title(), QStringLiteral("What “animal” looks at · L2 H2"));
    f.window.selection().setHead({Stack::encoder, 0, 0});
    QCOMPARE(f.panel().title(), QStringLiteral("What “animal” looks at · L0 H0"));
    const RowContent& row = f.find<RowList>("row").content();
    QCOMPARE(row.lines.front().weight,
             f.trace().site(Stack::encoder, 0)->weights.at(0, 2, row.lines.front().token));
}

void MainWindowTest::theOrderOfKeysIsSwitched() {
    Fixture f;
    QCOMPARE(f.find<RowList>("row").content().lines.front().token, 2);
    for (QToolButton* button : f.panel().findChildren<QToolButton*>(QStringLiteral("switch")))
        if (button->text() == QLatin1String("by position"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(f.find<RowList>("row").content().lines.front().token, 0);
    QVERIFY(f.window.settings().rowOrder == RowOrder::position);
}

void MainWindowTest::errorsKeepThePicture() {
    Fixture f;
    const auto before = f.window.traces().current();
    f.window.setText(QStringLiteral("fail"));
    QTRY_VERIFY(f.notice().isVisible());
    QCOMPARE(f.notice().text(), QStringLiteral("The text has the word \"fail\"; take it out."));
    QCOMPARE(f.window.traces().current(), before);
    f.window.setText(QStringLiteral("it was"));
    f.settle();
    QVERIFY(!f.notice().isVisible());
}

void MainWindowTest::unreadTextIsStated() {
    Fixture f;
    f.window.setText(QStringLiteral("a ").repeated(30) + QStringLiteral("שלום😀"));
    f.settle();
    QVERIFY(f.notice().isVisible());
    QCOMPARE(f.notice().text(),
             QStringLiteral("Read the first 32 tokens; the last 5 characters are not read."));
}

void MainWindowTest::aHundredThousandCharactersArePasted() {
    Fixture f;
    f.editor().setFocus();
    f.editor().selectAll();
    QGuiApplication::clipboard()->setText(QStringLiteral("animal it ").repeated(10000));
    f.editor().paste();
    QTest::keyClick(&f.editor(), Qt::Key_A);
    f.settle();
    QCOMPARE(f.trace().text.size(), size_t{100001});
    QCOMPARE(f.trace().tokens().size(), size_t{32});
    QVERIFY(f.notice().text().contains(QStringLiteral("99,851 characters")));
    QVERIFY(f.editor().height() < 90);
}

void MainWindowTest::oddTextIsShown_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("one letter") << QStringLiteral("a");
    QTest::newRow("emoji") << QStringLiteral("it 😀👩‍👩‍👧 was 🏳️‍🌈");
    QTest::newRow("right to left") << QStringLiteral("שלום עולם it مرحبا");
    QTest::newRow("line breaks") << QStringLiteral("it\nwas\n\ntoo\ttired");
    QTest::newRow("control characters") << QStringLiteral("it\u0001was\u200b");
    QTest::newRow("half a surrogate") << QStringLiteral("it ") + QChar(0xd83d) + QStringLiteral(" was");
    QTest::newRow("one long word") << QStringLiteral("a").repeated(5000);
    QTest::newRow("markup") << QStringLiteral("<b>it</b> &amp; %1 %2");
}

void MainWindowTest::oddTextIsShown() {
    QFETCH(QString, text);
    Fixture f;
    f.window.setText(text);
    f.settle();
    const int count = static_cast<int>(f.trace().tokens().size());
    QCOMPARE(f.map().picture().map.rows, count);
    for (int token = 0; token < count; ++token) {
        f.window.selection().setCell(token, count - 1 - token);
        QVERIFY(!f.window.picture().isNull());
    }
}

void MainWindowTest::themesAreChangedAndRemembered() {
    Fixture f;
    const QImage light = f.window.picture();
    f.window.setTheme(ThemeName::dark);
    const QImage dark = f.window.picture();
    QVERIFY(f.window.settings().theme == ThemeName::dark);
    const auto mean = [](const QImage& image) {
        const QImage small = image.scaled(16, 16, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        int sum = 0;
        int brightest = 0;
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) {
                sum += qGray(small.pixel(x, y));
                brightest = std::max(brightest, qGray(small.pixel(x, y)));
            }
        return std::pair{sum / 256, brightest};
    };
    QVERIFY(mean(light).first > 200);
    QVERIFY(mean(dark).first < 70);
    // No panel forgot to change.
    QVERIFY2(mean(dark).second < 190, qPrintable(QString::number(mean(dark).second)));
}

void MainWindowTest::anotherModelIsOpened() {
    WindowHooks hooks;
    hooks.models = {"fake", "wide"};
    hooks.loadModel = [](const std::string& name) { return fakeModel(name, 2, 8); };
    Fixture f(hooks);
    f.window.openModel("wide");
    QTRY_VERIFY(f.find<QLabel>("facts").text().contains(QStringLiteral("2 layers × 8 heads   ·   wide")));
    QCOMPARE(f.editor().toPlainText(), QString::fromLatin1(animalSentence));
    QVERIFY(f.trace().shape.has(f.window.selection().head()));
}

void MainWindowTest::aModelThatCannotBeOpenedIsASentence() {
    WindowHooks hooks;
    hooks.loadModel = [](const std::string& name) -> std::shared_ptr<const LoadedModel> {
        throw FileError(name, "there is no config.json in this folder");
    };
    Fixture f(hooks);
    const auto before = f.window.traces().current();
    f.window.openModel("/nowhere");
    QTRY_COMPARE(f.notice().text(), QStringLiteral("/nowhere: there is no config.json in this folder"));
    QCOMPARE(f.window.traces().current(), before);
    QTest::keyClicks(&f.editor(), QStringLiteral(" it"));
    f.settle();
    QVERIFY(f.window.traces().current() != before);
}

void MainWindowTest::typingDoesNotHideWhyAModelWasNotOpened() {
    WindowHooks hooks;
    hooks.loadModel = [](const std::string& name) -> std::shared_ptr<const LoadedModel> {
        throw FileError(name, "there is no config.json in this folder");
    };
    Fixture f(hooks);
    f.window.openModel("/nowhere");
    QTRY_VERIFY(f.notice().isVisible());
    QTest::keyClicks(&f.editor(), QStringLiteral(" it"));
    f.settle();
    QVERIFY(f.notice().isVisible());
    QVERIFY(f.find<QLabel>("facts").text().startsWith(QStringLiteral("17 tokens")));
    QTest::keyClick(&f.editor(), Qt::Key_Escape);
    QVERIFY(!f.notice().isVisible());
}

void MainWindowTest::trainingShowsProgressAndIsCancelled() {
    WindowHooks hooks;
    hooks.trainReader = [](const JobControl& control) -> std::filesystem::path {
        control.report({0.25, 100, "step 5 of 20"});
        while (!control.stop.stop_requested())
            std::this_thread::yield();
        throw Cancelled();
    };
    Fixture f(hooks);
    f.window.train();
    QTRY_COMPARE(f.find<QProgressBar>("jobProgress").value(), 250);
    QCOMPARE(f.find<QLabel>("jobText").text(),
             QStringLiteral("Training a reader · step 5 of 20 · 2 min left"));
    QTest::keyClicks(&f.editor(), QStringLiteral(" it"));
    f.settle();
    QTest::mouseClick(&f.find<QPushButton>("jobCancel"), Qt::LeftButton);
    QTRY_VERIFY(!f.find<QProgressBar>("jobProgress").isVisible());
    QVERIFY(f.find<QLabel>("hints").text().contains(QStringLiteral("goes on from there")));
}

void MainWindowTest::hiddenViewsDoNotCompute() {
    Fixture f;
    f.map().hide();
    QTest::keyClicks(&f.editor(), QStringLiteral(" dog it"));
    f.settle();
    QVERIFY(f.map().picture().trace != f.window.traces().current());
    f.map().show();
    QCOMPARE(f.map().picture().trace, f.window.traces().current());
}

void MainWindowTest::accessibleNamesAreThere() {
    Fixture f;
    for (QWidget* widget : f.window.findChildren<QWidget*>())
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0)
            QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<QPushButton*>(widget),
                     qPrintable(widget->objectName() + QLatin1Char(' ') + widget->metaObject()->className()));
    QVERIFY(f.map().accessibleDescription().startsWith(QStringLiteral("it → animal 0.99")));
    f.window.selection().setCell(8, 3);
    QVERIFY(f.map().accessibleDescription().startsWith(QStringLiteral("street → ")));
}

void MainWindowTest::theMapIsATableForAssistiveTechnology() {
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

void MainWindowTest::aPictureNeedsNoDisplay() {
    FakeRunner runner(fakeModel());
    MainWindow window(runner, fakeModel(), {}, {});
    window.resize(1024, 640);
    const QImage picture = window.picture();
    QCOMPARE(picture.size(), QSize(1024, 640));
    QCOMPARE(window.traces().id(), runner.lastId());
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
