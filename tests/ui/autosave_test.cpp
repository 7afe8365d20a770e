#include "tests/files/file_fixtures.h"
#include "ui/autosave/autosave.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr const char* childWord = "--type-and-wait";
constexpr int patience = 20000;

Session withText(const std::string& text) {
    Workspace workspace;
    workspace.model.name = "reader";
    workspace.text = text;
    workspace.shown.scale = WeightScale::logarithmic;
    History history(workspace, [] { return int64_t{5}; });
    history.separate();
    workspace.text += " More.";
    workspace.selection.query = TokenAnchor{0, {0, 3}, {}};
    history.record(workspace);
    return sessionOf(workspace, history);
}

/// A window that is typed into: says "saved" when its text is on the disk, and goes on for ever.
int typeAndWait(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    std::string text = argv[3];
    Autosave autosave(argv[2], [&text] { return withText(text); });
    const Autosave::Restored restored = autosave.restore();
    std::printf("restored %s\n", restored.session ? restored.session->workspace.text.c_str() : "nothing");
    QObject::connect(&autosave, &Autosave::saved, [] {
        std::printf("saved\n");
        std::fflush(stdout);
    });
    autosave.note();
    return QCoreApplication::exec();
}

class Child {
public:
    Child(const QString& folder, const QString& text) {
        m_process.start(QCoreApplication::applicationFilePath(), {childWord, folder, text});
    }
    ~Child() { kill(); }
    /// What it printed until it saved.
    QByteArray waitUntilSaved() {
        QByteArray printed;
        while (!printed.contains("saved\n") && m_process.waitForReadyRead(patience))
            printed += m_process.readAllStandardOutput();
        return printed;
    }
    void kill() { // SIGKILL
        m_process.kill();
        m_process.waitForFinished(patience);
    }

private:
    QProcess m_process;
};

QStringList filesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}
} // namespace

class AutosaveTest : public QObject {
    Q_OBJECT

private:
    QString m_where;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path folder() const { return m_where.toStdString(); }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_where = m_folder->filePath("state/autosave");
    }

    void aKilledWindowIsRestoredWithItsHistory() {
        Child child(m_where, "The animal was tired.");
        QVERIFY(child.waitUntilSaved().contains("saved"));
        child.kill();

        Autosave autosave(folder(), [] { return withText("new"); });
        const Autosave::Restored restored = autosave.restore();
        QVERIFY(restored.session.has_value());
        QCOMPARE(toText(*restored.session), toText(withText("The animal was tired.")));
        QVERIFY2(restored.remark.startsWith("Restored"), qPrintable(restored.remark));
        autosave.finish();
        QVERIFY2(filesIn(m_where).isEmpty(), qPrintable(filesIn(m_where).join(' ')));
    }

    void aWindowKilledAgainAndAgainLosesNothing() {
        QString expected = "restored nothing";
        for (int i = 0; i < 3; ++i) {
            const QString text = QString("Text %1.").arg(i);
            Child child(m_where, text);
            const QByteArray printed = child.waitUntilSaved();
            QVERIFY2(printed.contains(expected.toUtf8()), printed);
            child.kill();
            expected = "restored " + text + " More.";
        }
        QCOMPARE(filesIn(m_where).filter(QRegularExpression("\\.headlight$")).size(), 1);
    }

    void twoWindowsDoNotFight() {
        Child child(m_where, "Of the other window.");
        QVERIFY(child.waitUntilSaved().contains("saved"));
        Autosave mine(folder(), [] { return withText("Mine."); });
        QVERIFY(!mine.restore().session); // it is alive
        QSignalSpy saved(&mine, &Autosave::saved);
        mine.note();
        QVERIFY(saved.wait(patience));
        mine.finish();
        child.kill();
        Autosave next(folder(), [] { return withText("Next."); });
        const Autosave::Restored restored = next.restore();
        QVERIFY(restored.session.has_value());
        QCOMPARE(restored.session->workspace.text, std::string("Of the other window. More."));
        Autosave another(folder(), [] { return withText("Another."); });
        QVERIFY(!another.restore().session); // it has been taken over
    }

    void aCleanEndLeavesNothing() {
        Autosave autosave(folder(), [] { return withText("It."); });
        autosave.setInterval(std::chrono::milliseconds(1));
        QSignalSpy saved(&autosave, &Autosave::saved);
        autosave.note();
        QVERIFY(saved.wait(patience));
        QCOMPARE(filesIn(m_where).size(), 2); // and its lock
        autosave.note();
        autosave.finish();
        QVERIFY(filesIn(m_where).isEmpty());
        autosave.note();
        QTest::qWait(20);
        QVERIFY(filesIn(m_where).isEmpty());
    }

    void manyChangesAreOneSave() {
        int asked = 0;
        Autosave autosave(folder(), [&asked] {
            ++asked;
            return withText("It.");
        });
        autosave.setInterval(std::chrono::milliseconds(50));
        QSignalSpy saved(&autosave, &Autosave::saved);
        for (int i = 0; i < 1000; ++i)
            autosave.note();
        QVERIFY(saved.wait(patience));
        QCOMPARE(asked, 1);
        autosave.finish();
    }

    void aDamagedFileIsKeptAsideAndSaid_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"format\":\"headlight-session\",\"ver");
        QTest::newRow("not text") << QByteArray("\xff\x00\x01", 3);
        QTest::newRow("newer") << QByteArray("{\"format\":\"headlight-session\",\"version\":99}");
    }
    void aDamagedFileIsKeptAsideAndSaid() {
        QFETCH(QByteArray, content);
        QVERIFY(QDir().mkpath(m_where));
        writePlainFile(m_where + "/window-1.headlight", content.toStdString());
        Autosave autosave(folder(), [] { return withText("It."); });
        const Autosave::Restored restored = autosave.restore();
        QVERIFY(!restored.session);
        QVERIFY2(restored.remark.contains("window-1.headlight.damaged"), qPrintable(restored.remark));
        QCOMPARE(readPlainFile(m_where + "/window-1.headlight.damaged"), content.toStdString());
        autosave.finish();
        QCOMPARE(filesIn(m_where), QStringList{"window-1.headlight.damaged"});
        // A second one with the same name does not overwrite the first.
        writePlainFile(m_where + "/window-1.headlight", "again");
        Autosave second(folder(), [] { return withText("It."); });
        QVERIFY(!second.restore().session);
        QCOMPARE(readPlainFile(m_where + "/window-1.headlight.damaged"), content.toStdString());
    }

    void behindADamagedFileAGoodOneIsStillRestored() {
        QVERIFY(QDir().mkpath(m_where));
        writeSession(withText("Good."), folder() / "window-2.headlight");
        writePlainFile(m_where + "/window-1.headlight", "newer, and damaged");
        QFile newest(m_where + "/window-1.headlight");
        QVERIFY(newest.open(QIODevice::ReadWrite));
        QVERIFY(
            newest.setFileTime(QDateTime::currentDateTime().addSecs(60), QFileDevice::FileModificationTime));
        newest.close();
        Autosave autosave(folder(), [] { return withText("It."); });
        const Autosave::Restored restored = autosave.restore();
        QVERIFY(restored.session.has_value());
        QVERIFY(restored.remark.contains("Restored") && restored.remark.contains(".damaged"));
    }

    void aFolderThatCannotBeWrittenIsSaidOnceAndNotFatal() {
        QVERIFY(QDir().mkpath(m_folder->filePath("state")));
        writePlainFile(m_where, "a file where the folder should be");
        Autosave autosave(folder(), [] { return withText("It."); });
        QVERIFY(!autosave.restore().session);
        autosave.note();
        autosave.finish();
        QCOMPARE(readPlainFile(m_where), std::string("a file where the folder should be"));
    }

    void aSaveThatFailsIsSaidOnce() {
        Autosave autosave(folder(), [] {
            Session session = withText("It.");
            session.workspace.text.assign(1, '\xff');
            return session;
        });
        autosave.setInterval(std::chrono::milliseconds(1));
        QSignalSpy failed(&autosave, &Autosave::failed);
        autosave.note();
        QVERIFY(failed.wait(patience));
        autosave.note();
        QTest::qWait(50);
        QCOMPARE(failed.count(), 1);
    }

    void theFolderFollowsXdg() {
        qputenv("XDG_STATE_HOME", "/somewhere");
        QCOMPARE(autosaveFolder().string(), std::string("/somewhere/headlight/autosave"));
        qputenv("XDG_STATE_HOME", "relative");
        QVERIFY(autosaveFolder().string().ends_with("/.local/state/headlight/autosave"));
        QVERIFY(autosaveFolder().is_absolute());
        qunsetenv("XDG_STATE_HOME");
    }
};

int main(int argc, char** argv) {
    if (argc == 4 && std::string(argv[1]) == childWord)
        return typeAndWait(argc, argv);
    const QCoreApplication application(argc, argv);
    AutosaveTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "autosave_test.moc"
