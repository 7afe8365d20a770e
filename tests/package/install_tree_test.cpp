#include "ui/theme/window_icon.h"

#include <QDir>
#include <QFile>
#include <QIcon>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace headlight {

namespace {
struct Finished {
    int status = -1;
    QByteArray out;
    QByteArray error;
};

/// Runs a program from `folder`, without what the test's own environment says about resources.
Finished finish(const QString& program, const QStringList& words, const QString& folder) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("HEADLIGHT_RESOURCES");
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, words);
    Finished finished;
    constexpr int minutes = 10 * 60'000;
    if (process.waitForFinished(minutes) && process.exitStatus() == QProcess::NormalExit)
        finished.status = process.exitCode();
    finished.out = process.readAllStandardOutput();
    finished.error = process.readAllStandardError();
    return finished;
}

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What keeps a file from being XML; empty when nothing does.
QString xmlError(const QByteArray& text) {
    QXmlStreamReader reader(text);
    while (!reader.atEnd())
        reader.readNext();
    return reader.hasError() ? reader.errorString() : QString();
}

/// The strongest key of the head that `headlight.json` of the reader names, on the row of "it".
QString strongestKey(const QByteArray& json) {
    const QJsonObject row = QJsonDocument::fromJson(json).object()["rows"].toArray().first().toObject();
    const QJsonObject head = row["heads"].toArray().first().toObject();
    return head["keys"].toArray().first().toObject()["token"].toString();
}

const QStringList look{
    "look",    "--model", "reader", "--text", "The animal didn't cross the street because it was too tired.",
    "--query", "it",      "--json"};
} // namespace

/// `cmake --install` into a folder of its own, which is then moved: what is installed must not know where it
/// lies.
class InstallTreeTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString m_prefix = m_temporary.filePath("moved here");

    QString installed(const QString& path) const { return m_prefix + '/' + path; }
    Finished run(const QStringList& words) const { return finish(installed("bin/headlight"), words, "/"); }

private slots:
    void initTestCase() {
        const QString first = m_temporary.filePath("first");
        const Finished install =
            finish(HEADLIGHT_CMAKE, {"--install", HEADLIGHT_BUILD, "--prefix", first}, "/");
        QVERIFY2(install.status == 0, install.error.constData());
        QVERIFY(QDir().rename(first, m_prefix));
    }

    void everyFileIsThere() {
        for (const char* path :
             {"bin/headlight", "share/headlight/models/reader/config.json",
              "share/headlight/models/reader/model.safetensors", "share/applications/headlight.desktop",
              "share/mime/packages/headlight.xml", "share/metainfo/headlight.metainfo.xml",
              "share/icons/hicolor/16x16/apps/headlight.png",
              "share/icons/hicolor/256x256/apps/headlight.png",
              "share/icons/hicolor/scalable/apps/headlight.svg", "share/doc/headlight/copyright",
              "share/man/man1/headlight.1.gz"})
            QVERIFY2(QFile::exists(installed(path)), path);
        QVERIFY(!QFile::exists(installed("share/headlight/screenshots")));
    }

    void theProgramFindsItsOwnModels() {
        const Finished models = run({"models", "--json"});
        QVERIFY2(models.status == 0, models.error.constData());
        bool listed = false;
        const QJsonObject document = QJsonDocument::fromJson(models.out).object();
        const QJsonArray all = document["models"].toArray();
        for (const QJsonValue& model : all) {
            // Not those of the source tree, which this build knows as well.
            QVERIFY2(model["folder"].toString().startsWith(m_prefix), models.out.constData());
            QVERIFY2(!model.toObject().contains("error"), models.out.constData());
            listed = listed || model["name"].toString() == "reader";
        }
        QVERIFY(listed);
    }

    void itReadsTheAnimalSentence() {
        const QJsonObject notes =
            QJsonDocument::fromJson(contentsOf(installed("share/headlight/models/reader/headlight.json")))
                .object();
        const Finished answer = run(look + QStringList{"--head", notes["example_head"].toString()});
        QVERIFY2(answer.status == 0, answer.error.constData());
        QCOMPARE(strongestKey(answer.out), QString("animal"));
    }

    void withoutItsResourcesItSaysSo() {
        const QString resources = installed("share/headlight/models");
        const QString away = m_temporary.filePath("away");
        QVERIFY(QDir().rename(resources, away));
        const Finished answer = run(look);
        QVERIFY(QDir().rename(away, resources));
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.error.contains("there are none here"), answer.error.constData());
    }

    void theVersionIsTheProjects() {
        QCOMPARE(run({"--version"}).out.trimmed(), QByteArray("headlight " HEADLIGHT_VERSION));
    }

    void theDesktopFileStartsIt() {
        const QList<QByteArray> lines =
            contentsOf(installed("share/applications/headlight.desktop")).split('\n');
        QCOMPARE(lines.first(), QByteArray("[Desktop Entry]"));
        for (const char* line : {"Type=Application", "Name=Headlight",
                                 "Exec=env OMP_WAIT_POLICY=passive headlight %f", "Icon=headlight"})
            QVERIFY2(lines.contains(line), line);
        QByteArray types;
        for (const QByteArray& line : lines)
            if (line.startsWith("MimeType="))
                types = line.mid(line.indexOf('=') + 1);
        // Each kind of file that it opens is one that the MIME file declares.
        const QByteArray declared = contentsOf(installed("share/mime/packages/headlight.xml"));
        const QList<QByteArray> opened = types.split(';');
        QVERIFY(opened.size() == 3 && opened.last().isEmpty());
        for (const QByteArray& type : opened)
            QVERIFY2(type.isEmpty() || declared.contains("<mime-type type=\"" + type + "\">"),
                     type.constData());
    }

    void xmlIsWellFormed() {
        for (const char* path : {"share/mime/packages/headlight.xml", "share/metainfo/headlight.metainfo.xml",
                                 "share/icons/hicolor/scalable/apps/headlight.svg"}) {
            const QByteArray text = contentsOf(installed(path));
            QVERIFY2(!text.isEmpty(), path);
            QVERIFY2(xmlError(text).isEmpty(), path);
        }
        QVERIFY(!xmlError("<mime-info><glob></mime-info>").isEmpty()); // the check can fail
    }

    void theIconsAreTheWindows() {
        const QIcon icon = windowIcon();
        QCOMPARE(icon.availableSizes().size(), 7);
        for (const QSize size : icon.availableSizes()) {
            const QImage file(
                installed(QStringLiteral("share/icons/hicolor/%1x%1/apps/headlight.png").arg(size.width())));
            QCOMPARE(file.size(), size);
            const QImage::Format format = QImage::Format_ARGB32;
            QCOMPARE(file.convertToFormat(format), icon.pixmap(size).toImage().convertToFormat(format));
        }
        // The row of the token that looks at one other: its cell is the darkest.
        const QImage picture = icon.pixmap(64).toImage();
        QVERIFY(qGray(picture.pixel(25, 39)) < 60);
        QVERIFY(qGray(picture.pixel(25, 11)) > 200);
    }
};

} // namespace headlight

QTEST_MAIN(headlight::InstallTreeTest)
#include "install_tree_test.moc"
