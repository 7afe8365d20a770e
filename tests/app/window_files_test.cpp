#include "app/window_files.h"
#include "engine/files/trace_file.h"
#include "tests/files/file_fixtures.h"
#include "tests/ui/fake_model.h"
#include "ui/editor/text_editor.h"
#include "ui/look/custom_plot.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr int patience = 20000;

/// A small window: an editor, a document, and its files.
struct FakeWindow {
    QWidget widget;
    TextEditor* editor = new TextEditor(&widget);
    Selection selection;
    ViewOptions options;
    Document document{selection, options};
    HistoryKeeper keeper{document};
    QStringList said, warned, models;
    std::shared_ptr<const Trace> shown;
    std::unique_ptr<WindowFiles> files;

    int opened = 0; ///< further windows

    explicit FakeWindow(const QString& folder, bool begins = true) {
        WindowFileHooks hooks;
        hooks.openModel = [this](const std::string& name) { models << QString::fromStdString(name); };
        hooks.showTrace = [this](const auto& trace) { shown = trace; };
        hooks.openAnother = [this] { ++opened; };
        hooks.trace = [this] { return selection.trace(); };
        hooks.head = [this] { return selection.head(); };
        hooks.figure = [] {
            return FigureSource{
                [](QCPPainter& painter, QSize size) { painter.fillRect(QRect(QPoint(), size), Qt::white); },
                {200, 100}};
        };
        hooks.startText = [] { return QStringLiteral("A fresh start."); };
        hooks.say = [this](const QString& sentence) { said << sentence; };
        hooks.warn = [this](const QString& sentence) { warned << sentence; };
        QObject::connect(&document, &Document::textsWanted, &widget, [this](const QString& text) {
            editor->showText(text);
            read();
        });
        QObject::connect(editor, &QPlainTextEdit::textChanged, &widget,
                         [this] { document.setTexts(editor->toPlainText(), {}); });
        files = std::make_unique<WindowFiles>(&widget, document, keeper, hooks, FileSettings(),
                                              folder.toStdString());
        document.setModel({"fake", "right"});
        editor->setPlainText(QStringLiteral("it was tired"));
        selection.start(fakeTrace("it was tired"), "it", HeadAddress{Stack::encoder, 0, 1});
        if (begins)
            files->begin();
    }
    ~FakeWindow() { files.reset(); }

    void read() {
        const auto trace = fakeTrace(document.text().toStdString());
        selection.carryTo(trace);
        document.arrive(*trace);
    }
    void type(const char* text) {
        editor->setPlainText(QString::fromUtf8(text));
        read();
    }
    std::string text() const { return editor->toPlainText().toStdString(); }
};
} // namespace

class WindowFilesTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }
    QString autosaves() const { return path("autosave"); }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aSessionIsSavedAndOpened() {
        {
            FakeWindow window(autosaves());
            window.type("it was wide");
            window.options.setScale(WeightScale::rank);
            window.files->saveAs(file("s.headlight"));
            QTRY_VERIFY_WITH_TIMEOUT(window.said.contains("Saved as " + path("s.headlight") + "."), patience);
            QCOMPARE(window.files->settings().recent, QStringList{path("s.headlight")});
            window.files->finish();
        }
        FakeWindow window(autosaves());
        QCOMPARE(window.text(), std::string("it was tired"));
        window.files->open(file("s.headlight"));
        QTRY_COMPARE_WITH_TIMEOUT(window.text(), std::string("it was wide"), patience);
        QVERIFY(window.options.scale() == WeightScale::rank);
        window.keeper.undo();
        window.keeper.undo();
        QCOMPARE(window.text(), std::string("it was tired"));
        QVERIFY(window.warned.isEmpty());
        window.files->finish();
    }

    void everyExportBringsTheSameViewBack_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"f.png", "f.svg", "f.pdf", "f.csv", "f.json"})
            QTest::newRow(name) << name;
    }
    void everyExportBringsTheSameViewBack() {
        QFETCH(QString, name);
        FakeWindow window(autosaves());
        window.type("the animal was tired");
        window.selection.setCell(2, 1);
        window.selection.setColumn(3);
        ViewChoices shown;
        shown.view = ViewKind::lines;
        shown.scale = WeightScale::logarithmic;
        shown.tokens = {false, true, true};
        shown.pinned = {{{Stack::encoder, 1, 1}, 2}};
        shown.zoom = MapZoom{0, 2, 1, 2};
        window.options.setChoices(shown);
        const Workspace before = window.document.workspace();
        window.files->exportTo(file(qPrintable(name)), {}, 3);
        QVERIFY2(window.warned.isEmpty(), qPrintable(window.warned.join(' ')));
        window.type("something else");
        window.options.setChoices({});
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path(qPrintable(name)))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.editor->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.editor->viewport(), &drop);
        QVERIFY(drop.isAccepted());
        QTRY_COMPARE_WITH_TIMEOUT(window.text(), std::string("the animal was tired"), patience);
        QCOMPARE(window.document.workspace(), before);
        QCOMPARE(window.files->settings().exportScale, 3);
        QCOMPARE(window.files->settings().exportFormat, QFileInfo(name).suffix());
        window.keeper.undo(); // a dropped figure can be left again
        QCOMPARE(window.text(), std::string("something else"));
        window.files->finish();
    }

    void anExportedFigureNamesNoFolder() {
        const std::string folder = path("somewhere/my-reader").toStdString();
        std::filesystem::create_directories(folder);
        writePlainFile(path("somewhere/my-reader/config.json"), "{}");
        FakeWindow window(autosaves());
        window.document.setModel({folder, "right"});
        window.files->noteModel(window.document.model());
        for (const char* name : {"f.png", "f.svg", "f.pdf", "f.csv", "f.json"}) {
            window.files->exportTo(file(name), {}, 1);
            QTRY_VERIFY_WITH_TIMEOUT(window.said.contains("Exported as " + path(name) + "."), patience);
            QCOMPARE(workspaceIn(file(name)).model, (ModelReference{"my-reader", "right"}));
            QVERIFY2(readPlainFile(path(name)).find("somewhere") == std::string::npos, name);
        }
        QCOMPARE(window.files->knownModelFolder("my-reader"), std::filesystem::path(folder));
        QVERIFY(window.files->knownModelFolder("another").empty());
        // It is the same model again, so nothing is asked for and nothing is remarked.
        window.said.clear();
        QSignalSpy wanted(&window.document, &Document::modelWanted);
        window.files->open(file("f.json"));
        QTRY_VERIFY_WITH_TIMEOUT(window.said.contains("Opened f.json."), patience);
        QVERIFY(wanted.isEmpty());
        QCOMPARE(window.said.size(), 1);
        window.files->finish();
    }

    void aRecordingNamesItsOwnModel() {
        FakeWindow window(autosaves());
        window.document.setRecorded(ModelReference{"another", "its hash"});
        window.files->exportTo(file("f.json"), {}, 1);
        QTRY_VERIFY_WITH_TIMEOUT(window.said.contains("Exported as " + path("f.json") + "."), patience);
        QCOMPARE(workspaceIn(file("f.json")).model, (ModelReference{"another", "its hash"}));
        QCOMPARE(window.keeper.session().workspace.model.name, std::string("another"));
        window.document.setRecorded(std::nullopt);
        QCOMPARE(window.document.workspace().model.name, std::string("fake"));
        window.files->finish();
    }

    void otherWindowsThatCrashedAreOffered() {
        {
            FakeWindow window(autosaves());
            window.type("it was lost");
            for (const char* name :
                 {"autosave/one.headlight", "autosave/two.headlight", "autosave/three.headlight"})
                writeSession(window.keeper.session(), file(name));
            window.files->finish();
        }
        FakeWindow window(autosaves(), false);
        QMenu fileMenu, editMenu;
        window.files->addTo(&fileMenu, &editMenu);
        window.files->begin();
        QCOMPARE(window.text(), std::string("it was lost"));
        QVERIFY2(window.said.join(' ').contains("Restore another window"), qPrintable(window.said.join(' ')));
        QAction* another = nullptr;
        for (QAction* action : fileMenu.actions())
            if (action->text().contains("another"))
                another = action;
        QVERIFY(another && another->isVisible() && another->isEnabled());
        another->trigger();
        QCOMPARE(window.opened, 1);
        {
            FakeWindow second(autosaves()), third(autosaves());
            QCOMPARE(second.text(), std::string("it was lost"));
            QCOMPARE(third.text(), std::string("it was lost"));
            second.files->finish();
            third.files->finish();
        }
        window.files->finish();
        FakeWindow fresh(autosaves());
        QCOMPARE(fresh.text(), std::string("it was tired"));
        fresh.files->finish();
    }

    void droppedWordsStayTheEditors() {
        FakeWindow window(autosaves());
        QMimeData data;
        data.setText("words");
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(!static_cast<QObject*>(window.files.get())->eventFilter(&window.widget, &enter));
        window.files->finish();
    }

    void anotherModelIsSaid() {
        FakeWindow window(autosaves());
        Workspace workspace;
        workspace.model = {"fake", "other weights"};
        workspace.text = "it was wide";
        writePlainFile(path("w.json"), toText(workspace));
        window.files->open(file("w.json"));
        QTRY_VERIFY_WITH_TIMEOUT(window.said.join(' ').contains("weights have changed"), patience);
        QCOMPARE(window.text(), std::string("it was wide"));
        workspace.model = {"gone", ""};
        workspace.text = "it was old";
        writePlainFile(path("w.json"), toText(workspace));
        window.said.clear();
        window.files->open(file("w.json"));
        QTRY_COMPARE_WITH_TIMEOUT(window.text(), std::string("it was old"), patience);
        window.document.giveUpModel();
        window.files->noteModel({"fake", "right"});
        QVERIFY2(window.said.join(' ').contains("made with the model gone"),
                 qPrintable(window.said.join(' ')));
        window.files->finish();
    }

    void whatCannotBeOpenedIsOneSentenceAndChangesNothing_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("part");
        QTest::newRow("stripped") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>")
                                  << "carries no workspace";
        QTest::newRow("cut off") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16) << "cut off";
        QTest::newRow("newer") << QByteArray(
                                      "{\"format\":\"headlight-session\",\"version\":7,\"workspace\":{}}")
                               << "newer Headlight";
        QTest::newRow("words") << QByteArray("plain words") << "carries no workspace";
        QTest::newRow("not UTF-8") << QByteArray("{\"format\":\"headlight-workspace\",\"text\":\"\xff\"}")
                                   << "not valid JSON";
    }
    void whatCannotBeOpenedIsOneSentenceAndChangesNothing() {
        QFETCH(QByteArray, content);
        QFETCH(QString, part);
        FakeWindow window(autosaves());
        const Workspace before = window.document.workspace();
        writePlainFile(path("bad"), content.toStdString());
        window.files->open(file("bad"));
        QTRY_COMPARE_WITH_TIMEOUT(window.warned.size(), 1, patience);
        QVERIFY2(window.warned[0].contains(part), qPrintable(window.warned[0]));
        QCOMPARE(window.document.workspace(), before);
        window.files->open(file("missing"));
        QTRY_COMPARE_WITH_TIMEOUT(window.warned.size(), 2, patience);
        QVERIFY(window.files->settings().recent.isEmpty());
        window.files->finish();
    }

    void tracesAndModelFoldersAreToldApart() {
        FakeWindow window(autosaves());
        writeTraceFile(*fakeTrace("it was a recording"), file("t.safetensors"));
        window.files->open(file("t.safetensors"));
        QTRY_VERIFY_WITH_TIMEOUT(window.shown, patience);
        QCOMPARE(window.shown->text, std::string("it was a recording"));
        window.files->open(m_folder->path().toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(window.models, QStringList{m_folder->path()}, patience);
        window.files->finish();
    }

    void whatACrashLeftIsShown() {
        {
            FakeWindow window(autosaves());
            window.type("it was lost");
            writeSession(window.keeper.session(), file("autosave/window-of-a-crash.headlight"));
            window.files->finish();
        }
        FakeWindow window(autosaves());
        QCOMPARE(window.text(), std::string("it was lost"));
        QVERIFY(window.said.join(' ').contains("Restored what you were working on."));
        window.keeper.undo();
        QVERIFY2(window.text() == "it was tired", window.text().c_str());
        window.files->startFresh();
        QCOMPARE(window.text(), std::string("A fresh start."));
        window.keeper.undo();
        QVERIFY2(window.text() == "it was tired", window.text().c_str());
        window.files->finish();
    }

    void exportsThatFailAreSaid() {
        FakeWindow window(autosaves());
        window.files->exportTo(file("f.gif"), {}, 2);
        window.files->exportTo(file("missing/f.png"), {}, 2);
        QTRY_COMPARE_WITH_TIMEOUT(window.warned.size(), 2, patience);
        QVERIFY(!window.said.join(' ').contains("Exported"));
        window.files->finish();
    }

    void theMenusAreThere() {
        FakeWindow window(autosaves());
        QMenu fileMenu, editMenu;
        window.files->addTo(&fileMenu, &editMenu);
        QVERIFY(!editMenu.actions()[0]->isEnabled());
        window.type("it was wide");
        QVERIFY(editMenu.actions()[0]->isEnabled());
        editMenu.actions()[0]->trigger();
        QCOMPARE(window.text(), std::string("it was tired"));
        QVERIFY(editMenu.actions()[1]->isEnabled());
        window.files->finish();
    }

    void settingsComeBack() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
        QVERIFY(readFileSettings() == FileSettings());
        const FileSettings settings{{"/a/b.headlight", "/c & d.png"}, "/pictures", "svg", 4};
        writeFileSettings(settings);
        QVERIFY(readFileSettings() == settings);
        writeFileSettings({{}, {}, "gif", 99});
        QVERIFY(readFileSettings() == FileSettings());
    }
};

QTEST_MAIN(WindowFilesTest)
#include "window_files_test.moc"
