#include "engine/core/errors.h"
#include "tests/ui/window_fixture.h"

#include <QProgressBar>
#include <QPushButton>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace headlight;

/// Other models and jobs.
class MainWindowModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherModelIsOpened();
    void aModelThatCannotBeOpenedIsASentence();
    void typingDoesNotHideWhyAModelWasNotOpened();
    void trainingShowsProgressAndIsCancelled();
    void aModelThatAFigureNamesIsFoundAgainOrMissed();
};

void MainWindowModelsTest::anotherModelIsOpened() {
    WindowHooks hooks;
    hooks.models = {"fake", "wide"};
    hooks.loadModel = [](const std::string& name) { return fakeModel(name, 2, 8); };
    Fixture f(hooks);
    f.window.openModel("wide");
    QTRY_VERIFY(f.find<QLabel>("facts").text().contains(QStringLiteral("2 layers × 8 heads   ·   wide")));
    QCOMPARE(f.editor().toPlainText(), QString::fromLatin1(animalSentence));
    QVERIFY(f.trace().shape.has(f.window.selection().head()));
}

void MainWindowModelsTest::aModelThatCannotBeOpenedIsASentence() {
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

void MainWindowModelsTest::typingDoesNotHideWhyAModelWasNotOpened() {
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

void MainWindowModelsTest::trainingShowsProgressAndIsCancelled() {
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

void MainWindowModelsTest::aModelThatAFigureNamesIsFoundAgainOrMissed() {
    QTemporaryDir folder;
    const std::string mine = folder.filePath(QStringLiteral("models/mine")).toStdString();
    std::filesystem::create_directories(mine);
    std::ofstream(mine + "/config.json") << "{}";
    std::vector<std::string> loaded;
    WindowHooks hooks = withFiles(folder);
    hooks.models = {"fake"};
    hooks.files.recent = {QString::fromStdString(mine)};
    hooks.loadModel = [&loaded](const std::string& name) {
        loaded.push_back(name);
        return fakeModel("mine", 2, 8);
    };
    Fixture f(std::move(hooks));
    const auto open = [&](const char* model) {
        Workspace workspace;
        workspace.model.name = model;
        workspace.text = std::string("the dog was tired ") + model;
        const std::string path = folder.filePath(QStringLiteral("w.json")).toStdString();
        std::ofstream(path) << toText(workspace);
        f.window.openFile(path);
        QTRY_COMPARE(f.editor().toPlainText().toStdString(), workspace.text);
        f.settle();
    };
    open("gone");
    QVERIFY2(f.find<QLabel>("hints").text().contains(QStringLiteral("made with the model gone;")),
             qPrintable(f.find<QLabel>("hints").text()));
    QVERIFY(loaded.empty());
    open("mine");
    QTRY_VERIFY(f.find<QLabel>("facts").text().contains(QStringLiteral("2 layers × 8 heads")));
    QCOMPARE(loaded, std::vector<std::string>{mine});
}

QTEST_MAIN(MainWindowModelsTest)
#include "main_window_models_test.moc"
