#include "app/window_files.h"
#include "engine/files/trace_file.h"
#include "tests/ui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QToolButton>

using namespace headlight;

/// What one does with it: pairs, examples, undo, sessions and exports.
class MainWindowWorkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSecondSentenceIsRead();
    void anExampleOpensWithItsHint();
    void aSavedViewComesBack();
    void theSizeIsForTheNextStart();
    void everyMenuEntryCanBeChosen();
    void undoTakesBackWhatWasTypedAndPinned();
    void anExportedPictureOpensTheSameView();
    void aRecordingIsNamedByItsOwnModel();
};

void MainWindowWorkTest::aSecondSentenceIsRead() {
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

void MainWindowWorkTest::anExampleOpensWithItsHint() {
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

void MainWindowWorkTest::aSavedViewComesBack() {
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

void MainWindowWorkTest::theSizeIsForTheNextStart() {
    Fixture f;
    for (QAction* action : f.window.findChildren<QAction*>())
        if (action->text() == QStringLiteral("150 %"))
            action->trigger();
    QCOMPARE(f.window.settings().sizePercent, 150);
    QVERIFY(f.find<QLabel>("hints").text().contains(QStringLiteral("150 %")));
    QTest::keyClicks(&f.editor(), QStringLiteral("x"));
    QVERIFY(!f.find<QLabel>("hints").text().contains(QStringLiteral("150 %")));
}

void MainWindowWorkTest::everyMenuEntryCanBeChosen() {
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

void MainWindowWorkTest::undoTakesBackWhatWasTypedAndPinned() {
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

void MainWindowWorkTest::anExportedPictureOpensTheSameView() {
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

void MainWindowWorkTest::aRecordingIsNamedByItsOwnModel() {
    QTemporaryDir folder;
    Fixture f(withFiles(folder));
    const ModelReference live = f.window.document().workspace().model;
    auto recording = std::make_shared<Trace>(*fakeTrace("the dog was tired"));
    recording->model = "another";
    recording->modelSha256 = std::string(64, 'b');
    const std::filesystem::path path = folder.filePath(QStringLiteral("r.safetensors")).toStdString();
    writeTraceFile(*recording, path);
    f.window.openFile(path);
    QTRY_COMPARE(f.trace().model, std::string("another"));
    const Workspace shown = f.window.document().workspace();
    QCOMPARE(shown.model, (ModelReference{"another", std::string(64, 'b')}));
    QCOMPARE(shown.text, std::string("the dog was tired"));
    QTest::keyClicks(&f.editor(), QStringLiteral("x"));
    f.settle();
    QCOMPARE(f.window.document().workspace().model, live);
}

QTEST_MAIN(MainWindowWorkTest)
#include "main_window_work_test.moc"
