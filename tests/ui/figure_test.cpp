#include "engine/core/errors.h"
#include "engine/files/recipe.h"
#include "engine/files/recipe_png.h"
#include "tests/ui/fake_model.h"
#include "ui/render/figure.h"
#include "ui/render/numbers.h"
#include "ui/theme/pinned_colours.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace headlight;

class FigureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void aPictureHasTheSizeAskedForAndTheColoursOfTheCells();
    void lightAndDarkDiffer();
    void aVectorFileHasARectangleForEachCell();
    void linesAreCurvesInTheColoursOfTheirHeads();
    void headsAreAllThere();
    void headsAgainstHeadsAreCellsAndDots();
    void whatCannotBeDoneIsSaidAndLeavesNothingBehind();
    void thePictureIsTheSameWithItsWorkspace();
    void aTextOfAnotherProgramIsRead();
    void numbersAreTheVeryFloats();
    void whatIsHiddenIsStated();

private:
    std::filesystem::path path(const char* name) const {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    QByteArray bytes(const char* name) const {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

void FigureTest::aPictureHasTheSizeAskedForAndTheColoursOfTheCells() {
    const auto trace = fakeTrace(animalSentence);
    const Theme theme = lightTheme();
    renderHeatmap(*trace, {{Stack::encoder, 2, 2}, 10, {}, theme}, {path("map.png"), {700, 600}, 2, {}});
    const QImage image(m_folder.filePath(QStringLiteral("map.png")));
    QCOMPARE(image.size(), QSize(1400, 1200));
    const QRgb strongest = theme.weights.colour(trace->site(Stack::encoder, 2)->weights.at(2, 10, 2));
    int found = 0;
    for (int y = 0; y < image.height(); y += 4)
        for (int x = 0; x < image.width() * 3 / 4; x += 4)
            found += image.pixel(x, y) == strongest;
    QVERIFY2(found > 30, qPrintable(QString::number(found)));
}

void FigureTest::lightAndDarkDiffer() {
    const auto trace = fakeTrace("it was");
    renderHeatmap(*trace, {{Stack::encoder, 0, 0}, -1, {}, lightTheme()},
                  {path("light.png"), {400, 300}, 1, {}});
    renderHeatmap(*trace, {{Stack::encoder, 0, 0}, -1, {}, darkTheme()},
                  {path("dark.png"), {400, 300}, 1, {}});
    const QImage light(m_folder.filePath(QStringLiteral("light.png")));
    const QImage dark(m_folder.filePath(QStringLiteral("dark.png")));
    QVERIFY(qGray(light.pixel(2, 2)) > 200);
    QVERIFY(qGray(dark.pixel(2, 2)) < 60);
}

void FigureTest::aVectorFileHasARectangleForEachCell() {
    const auto trace = fakeTrace("it was too tired"); // 6 tokens
    renderHeatmap(*trace, {{Stack::encoder, 1, 1}, 1, {}, lightTheme()},
                  {path("map.svg"), {600, 500}, 2, {}});
    const QByteArray svg = bytes("map.svg");
    QVERIFY(svg.startsWith("<?xml"));
    QVERIFY(svg.count("<rect") + svg.count("<path") >= 36);
    renderHeatmap(*trace, {{Stack::encoder, 1, 1}, 1, {}, lightTheme()},
                  {path("map.pdf"), {600, 500}, 2, {}});
    QVERIFY(bytes("map.pdf").startsWith("%PDF"));
}

void FigureTest::linesAreCurvesInTheColoursOfTheirHeads() {
    const auto trace = fakeTrace(animalSentence);
    const Theme theme = lightTheme();
    const HeadAddress head{Stack::encoder, 2, 2};
    ViewChoices choices;
    choices.pinned.push_back({{Stack::encoder, 0, 1}, 4});
    renderLines(*trace, {head, 10, choices, theme}, {path("lines.svg"), {700, 600}, 2, {}});
    const QByteArray svg = bytes("lines.svg");
    QVERIFY(svg.count("<path") + svg.count("<polyline") >= 10);
    QVERIFY(!svg.contains("<image"));
    QVERIFY(svg.contains(theme.palette.accent.name().toLatin1()));
    QVERIFY(svg.contains(pinnedColour(4, theme).name().toLatin1()));
    choices.pinned.clear();
    renderLines(*trace, {head, 10, choices, theme}, {path("alone.svg"), {700, 600}, 2, {}});
    QVERIFY(!bytes("alone.svg").contains(pinnedColour(4, theme).name().toLatin1()));
    renderLines(*trace, {head, 10, choices, theme}, {path("lines.pdf"), {700, 600}, 2, {}});
    QVERIFY(bytes("lines.pdf").startsWith("%PDF"));
    renderLines(*trace, {head, 10, choices, theme}, {path("lines.png"), {300, 120}, 1, {}});
    QCOMPARE(QImage(m_folder.filePath(QStringLiteral("lines.png"))).size(), QSize(300, 120));
    QVERIFY_THROWS_EXCEPTION(RequestError, renderLines(*trace, {{Stack::encoder, 9, 9}, -1, choices, theme},
                                                       {path("none.png"), {300, 300}, 1, {}}));
}

void FigureTest::headsAreAllThere() {
    const auto trace = fakeTrace(animalSentence);
    const Theme theme = darkTheme();
    renderHeads(*trace, theme, {path("heads.png"), {500, 400}, 1, {}});
    const QImage image(m_folder.filePath(QStringLiteral("heads.png")));
    QCOMPARE(image.size(), QSize(500, 400));
    int coloured = 0;
    for (int x = 0; x < image.width(); ++x)
        coloured += image.pixel(x, 120) != theme.palette.panel.rgb();
    QVERIFY(coloured > 200);
}

void FigureTest::headsAgainstHeadsAreCellsAndDots() {
    const auto trace = fakeTrace(animalSentence);
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        renderAlike(*trace, {{Stack::encoder, 2, 2}, -1, {}, theme}, {path("alike.png"), {900, 500}, 1, {}});
        const QImage image(m_folder.filePath(QStringLiteral("alike.png")));
        QCOMPARE(image.size(), QSize(900, 500));
        const auto painted = [&](const QRect& part, QRgb colour) {
            int count = 0;
            for (int y = part.top(); y <= part.bottom(); ++y)
                for (int x = part.left(); x <= part.right(); ++x)
                    count += image.pixel(x, y) == colour;
            return count;
        };
        // The selected head's row, column and dot; all the dots.
        QVERIFY(painted({0, 0, 450, 470}, theme.palette.accent.rgb()) > 200);
        QVERIFY(painted({450, 0, 450, 470}, theme.palette.accent.rgb()) > 10);
        QVERIFY(painted({450, 0, 450, 470}, theme.palette.mutedText.rgb()) > 12 * 20);
    }
    renderAlike(*trace, {{Stack::encoder, 2, 2}, -1, {}, lightTheme()},
                {path("alike.svg"), {900, 500}, 1, {}});
    QVERIFY(bytes("alike.svg").count("<rect") >= 12 * 12);
}

void FigureTest::whatCannotBeDoneIsSaidAndLeavesNothingBehind() {
    const auto trace = fakeTrace("it");
    QVERIFY_THROWS_EXCEPTION(RequestError,
                             renderHeads(*trace, lightTheme(), {path("heads.gif"), {300, 300}, 2, {}}));
    QVERIFY_THROWS_EXCEPTION(RequestError,
                             renderHeatmap(*trace, {{Stack::encoder, 9, 9}, -1, {}, lightTheme()},
                                           {path("none.png"), {300, 300}, 2, {}}));
    QVERIFY_THROWS_EXCEPTION(FileError, renderHeatmap(*trace, {{Stack::encoder, 0, 0}, -1, {}, lightTheme()},
                                                      {path("missing/none.png"), {300, 300}, 2, {}}));
    QVERIFY(
        QDir(m_folder.path()).entryList({QStringLiteral("none*"), QStringLiteral("heads.gif*")}).isEmpty());
}

void FigureTest::thePictureIsTheSameWithItsWorkspace() {
    const auto trace = fakeTrace("it was");
    Workspace workspace;
    workspace.text = "it was “here”";
    const HeadFigure figure{{Stack::encoder, 0, 0}, -1, {}, lightTheme()};
    renderHeatmap(*trace, figure, {path("plain.png"), {300, 200}, 1, {}});
    renderHeatmap(*trace, figure, {path("with.png"), {300, 200}, 1, workspace});
    QCOMPARE(QImage(m_folder.filePath(QStringLiteral("with.png"))),
             QImage(m_folder.filePath(QStringLiteral("plain.png"))));
    QVERIFY_THROWS_EXCEPTION(FileError, workspaceIn(path("plain.png")));
    for (const char* name : {"with.png", "with.svg", "with.pdf"}) {
        renderHeatmap(*trace, figure, {path(name), {300, 200}, 1, workspace});
        QCOMPARE(workspaceIn(path(name)).text, workspace.text);
    }
    // Saved again by another program, the text is compressed or gone: said, never taken for something else.
    QImage again(m_folder.filePath(QStringLiteral("with.png")));
    QVERIFY(again.save(m_folder.filePath(QStringLiteral("again.png"))));
    QVERIFY_THROWS_EXCEPTION(FileError, workspaceIn(path("again.png")));
    for (const QString& key : again.textKeys())
        again.setText(key, QString());
    QVERIFY(again.save(m_folder.filePath(QStringLiteral("stripped.png"))));
    QVERIFY_THROWS_EXCEPTION(FileError, workspaceIn(path("stripped.png")));
}

void FigureTest::aTextOfAnotherProgramIsRead() {
    QImage image(4, 4, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setText(QStringLiteral("headlight-workspace"), QStringLiteral("short"));
    QVERIFY(image.save(m_folder.filePath(QStringLiteral("text.png"))));
    const QByteArray png = bytes("text.png");
    const auto all = std::as_bytes(std::span(png.constData(), static_cast<size_t>(png.size())));
    QCOMPARE(std::string(pngText(all, "headlight-workspace", "f").value_or("none")), std::string("short"));
}

void FigureTest::numbersAreTheVeryFloats() {
    const auto trace = fakeTrace("it was too tired");
    const HeadAddress head{Stack::encoder, 1, 1};
    const SiteRecord& site = *trace->site(head.stack, head.layer);
    Workspace workspace;
    workspace.text = trace->text;
    saveNumbers(*trace, head, workspace, path("n.csv"));
    const QList<QByteArray> lines = bytes("n.csv").split('\n');
    for (int query = 0; query < 6; ++query)
        for (int key = 0; key < 6; ++key) {
            const QList<QByteArray> cells = lines[1 + query * 6 + key].trimmed().split(',');
            QCOMPARE(cells.size(), 10);
            QCOMPARE(cells[1].toInt(), query);
            QCOMPARE(cells[4].toInt(), key);
            QVERIFY(cells[7].toFloat() == site.weights.at(1, query, key));
            if (!site.scores.empty())
                QVERIFY(cells[8].toFloat() == site.scores.at(1, query, key));
            QCOMPARE(cells[9].toDouble(), 0.0);
        }
    QCOMPARE(workspaceIn(path("n.csv")), workspace);
    saveNumbers(*trace, head, workspace, path("n.json"));
    const auto json = nlohmann::json::parse(bytes("n.json").toStdString());
    QCOMPARE(json["format"].get<std::string>(), std::string("headlight-map"));
    QCOMPARE(json["head"].get<std::string>(), std::string("encoder.1.head.1"));
    for (int query = 0; query < 6; ++query)
        for (int key = 0; key < 6; ++key)
            QVERIFY(json["weights"][static_cast<size_t>(query)][static_cast<size_t>(key)].get<float>() ==
                    site.weights.at(1, query, key));
    QCOMPARE(workspaceIn(path("n.json")), workspace);
    QVERIFY_THROWS_EXCEPTION(RequestError, saveNumbers(*trace, head, workspace, path("n.txt")));
    QVERIFY_THROWS_EXCEPTION(RequestError,
                             saveNumbers(*trace, {Stack::encoder, 9, 9}, workspace, path("none.csv")));
}

void FigureTest::whatIsHiddenIsStated() {
    const auto trace = fakeTrace("the crocodiles were tired"); // a word of two pieces
    const HeadAddress head{Stack::encoder, 2, 2};
    Workspace workspace;
    workspace.shown.tokens = {false, true, true};
    const auto json = nlohmann::json::parse(mapJson(*trace, head, workspace));
    const auto whole = nlohmann::json::parse(mapJson(*trace, head, Workspace()));
    QVERIFY(json["rows"].size() < whole["rows"].size());
    QVERIFY(!json.contains("scores"));
    for (size_t row = 0; row < json["rows"].size(); ++row) {
        double sum = json["rows"][row]["hidden"].get<double>();
        for (const auto& weight : json["weights"][row])
            sum += weight.get<double>();
        QVERIFY2(std::abs(sum - 1) < 1e-5, qPrintable(QString::number(sum)));
    }
}

QTEST_MAIN(FigureTest)
#include "figure_test.moc"
