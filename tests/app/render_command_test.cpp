#include "app/commands/application.h"
#include "engine/files/for_others.h"
#include "engine/files/recipe.h"
#include "tests/app/run_program.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

using namespace headlight;

namespace {
const std::string model = std::string(HEADLIGHT_GOLDEN) + "/bert-mlm";

Called render(const QString& view, const QString& out, std::vector<std::string> more = {}) {
    std::vector<std::string> words{
        "render", "--model",          model,   "--text",         "The animal was tired",
        "--view", view.toStdString(), "--out", out.toStdString()};
    words.insert(words.end(), more.begin(), more.end());
    return call(words);
}

/// More than a handful of colours: something was painted.
bool isPainted(const QImage& image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return colours.size() > 20;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

class RenderCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return QDir(m_folder.path()).filePath(name); }

private slots:
    void aDerivedMapKeepsItsChoice() {
        const QString file = path("r.png");
        QCOMPARE(render("flow", file, {"--layer", "0", "--pins", "encoder.0.head.1"}).status, 0);
        const Workspace workspace = workspaceIn(file.toStdString());
        QVERIFY(workspace.shown.view == ViewKind::derived);
        QVERIFY(workspace.shown.derived == (DerivedChoice{DerivedKind::flow, 0, true}));
        QCOMPARE(render("rollout", path("a.png")).status, 0);
        QCOMPARE(render("rollout", path("b.png"), {"--layer", "0"}).status, 0);
        QVERIFY(QImage(path("a.png")) != QImage(path("b.png")));
        const Called wrong = render("heatmap", path("c.png"), {"--layer", "0"});
        QCOMPARE(wrong.status, 2);
        QVERIFY(wrong.error.find("--layer goes with") != std::string::npos);
        QVERIFY(!QFile::exists(path("c.png")));
    }

    void everyViewIsPainted_data() {
        QTest::addColumn<QString>("view");
        QTest::newRow("heatmap") << "heatmap";
        QTest::newRow("lines") << "lines";
        QTest::newRow("heads") << "heads";
        QTest::newRow("rollout") << "rollout";
        QTest::newRow("flow") << "flow";
        QTest::newRow("window") << "window";
    }
    void everyViewIsPainted() {
        QFETCH(QString, view);
        const QString light = path(view + ".png"), dark = path(view + "-dark.png");
        const Called called = render(view, light);
        QVERIFY2(called.status == 0, called.error.c_str());
        QVERIFY(isPainted(QImage(light)));
        QCOMPARE(render(view, dark, {"--theme", "dark"}).status, 0);
        QVERIFY(isPainted(QImage(dark)));
        QVERIFY(QImage(light) != QImage(dark));
    }

    void headDecidesTheHeatmap() {
        QCOMPARE(render("heatmap", path("a.png"), {"--head", "encoder.0.head.1"}).status, 0);
        QCOMPARE(render("heatmap", path("b.png"), {"--head", "encoder.2.head.0"}).status, 0);
        QVERIFY(QImage(path("a.png")) != QImage(path("b.png")));
    }

    void pinsAddLines() {
        QCOMPARE(render("lines", path("one.png"), {"--query", "animal"}).status, 0);
        QCOMPARE(render("lines", path("two.png"), {"--query", "animal", "--pins", "encoder.0.head.1"}).status,
                 0);
        QVERIFY(QImage(path("one.png")) != QImage(path("two.png")));
        const Called called = render("lines", path("never.png"), {"--pins", "encoder.0.head.1,H9"});
        QCOMPARE(called.status, 2);
        QVERIFY2(called.error.find("not \"H9\"") != std::string::npos, called.error.c_str());
        QVERIFY(render("lines", path("never.png"), {"--query", "zebra"}).status != 0);
        QVERIFY(!QFile::exists(path("never.png")));
    }

    void vectorsAndNumbers() {
        QCOMPARE(render("heatmap", path("m.svg")).status, 0);
        QVERIFY(contentOf(path("m.svg")).contains("<svg"));
        QCOMPARE(render("heads", path("h.pdf")).status, 0);
        QVERIFY(contentOf(path("h.pdf")).startsWith("%PDF"));
        QCOMPARE(render("heatmap", path("m.csv"), {"--head", "encoder.1.head.2"}).status, 0);
        const QList<QByteArray> lines = contentOf(path("m.csv")).trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 13 * 13 + 1);
        QVERIFY(lines.front().startsWith("head,query_index,"));
        double sum = 0;
        for (const QByteArray& line : lines)
            if (line.startsWith("encoder.1.head.2,3,"))
                sum += line.split(',')[7].toDouble();
        QVERIFY(qAbs(sum - 1) < 1e-5);
    }

    void everyFigureCarriesItsWorkspace() {
        for (const char* name : {"w.png", "w.svg", "w.pdf", "w.csv", "w.json"}) {
            const Called called = render(
                "heatmap", path(name),
                {"--head", "L1H2", "--weights", "log", "--hide-special", "--words", "--size", "500x400"});
            QVERIFY2(called.status == 0, called.error.c_str());
            const Workspace found = workspaceIn(path(name).toStdString());
            QCOMPARE(found.text, std::string("The animal was tired"));
            QCOMPARE(found.model.name, lastPartOf(model)); // no folder goes with a figure
            QCOMPARE(found.model.sha256.size(), size_t{64});
            QVERIFY(found.selection.head == HeadAddress(Stack::encoder, 1, 2));
            QVERIFY(found.shown.scale == WeightScale::logarithmic);
            QVERIFY(found.shown.tokens == ShownTokens(false, true, true));
        }
        QCOMPARE(QImage(path("w.png")).size(), QSize(1000, 800));
        for (const char* view : {"heads", "window"}) {
            QCOMPARE(render(view, path("v.png")).status, 0);
            QCOMPARE(workspaceIn(path("v.png").toStdString()).text, std::string("The animal was tired"));
        }
    }

    void wrongOptionsAreSaidBeforeTheModelIsRead() {
        for (const std::vector<std::string>& more :
             std::vector<std::vector<std::string>>{{"--size", "500"},
                                                   {"--size", "axb"},
                                                   {"--size", "500x0"},
                                                   {"--size", "99999x100"},
                                                   {"--weights", "cubic"},
                                                   {"--scale", "0"},
                                                   {"--scale", "9"}}) {
            const Called called = render("heatmap", path("never.png"), more);
            QVERIFY2(called.status == 2, called.error.c_str());
            QVERIFY(!QFile::exists(path("never.png")));
        }
    }

    void otherEndingsAreRefusedAndNothingIsWritten() {
        for (const QString view : {"heatmap", "lines", "heads", "window"}) {
            const Called called = render(view, path("f.bmp"));
            QCOMPARE(called.status, 1);
            QVERIFY2(called.saysOnly("f.bmp"), called.error.c_str());
            QVERIFY(!QFile::exists(path("f.bmp")));
        }
    }

    void withoutADisplayTheWindowBecomesAPicture() {
        const Called called = call({model, "--out", path("window-alone.png").toStdString()});
        QVERIFY2(called.status == 0, called.error.c_str());
        QVERIFY2(called.saysOnly("there is no display"), called.error.c_str());
        QVERIFY(called.out.find("looks at") != std::string::npos);
        QVERIFY(isPainted(QImage(path("window-alone.png"))));
    }

    void folderThatIsNoModelIsOneSentence() {
        const Called called = call({m_folder.path().toStdString(), "--out", path("never.png").toStdString()});
        QCOMPARE(called.status, 1);
        QVERIFY2(called.saysOnly("config.json"), called.error.c_str());
        QVERIFY(!QFile::exists(path("never.png")));
    }
};

// The program makes its own application, as it does when it is started.
int main(int argc, char** argv) {
    const headlight::Application application(headlight::Application::Screen::none);
    RenderCommandTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "render_command_test.moc"
