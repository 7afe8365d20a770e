#include "engine/core/errors.h"
#include "tests/ui/fake_model.h"
#include "ui/render/figure.h"
#include "ui/theme/pinned_colours.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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
    void whatCannotBeDoneIsSaidAndLeavesNothingBehind();

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
    renderHeatmap(*trace, {Stack::encoder, 2, 2}, 10, theme, {700, 600}, path("map.png"), 2);
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
    renderHeatmap(*trace, {Stack::encoder, 0, 0}, -1, lightTheme(), {400, 300}, path("light.png"), 1);
    renderHeatmap(*trace, {Stack::encoder, 0, 0}, -1, darkTheme(), {400, 300}, path("dark.png"), 1);
    const QImage light(m_folder.filePath(QStringLiteral("light.png")));
    const QImage dark(m_folder.filePath(QStringLiteral("dark.png")));
    QVERIFY(qGray(light.pixel(2, 2)) > 200);
    QVERIFY(qGray(dark.pixel(2, 2)) < 60);
}

void FigureTest::aVectorFileHasARectangleForEachCell() {
    const auto trace = fakeTrace("it was too tired"); // 6 tokens
    renderHeatmap(*trace, {Stack::encoder, 1, 1}, 1, lightTheme(), {600, 500}, path("map.svg"));
    const QByteArray svg = bytes("map.svg");
    QVERIFY(svg.startsWith("<?xml"));
    QVERIFY(svg.count("<rect") + svg.count("<path") >= 36);
    renderHeatmap(*trace, {Stack::encoder, 1, 1}, 1, lightTheme(), {600, 500}, path("map.pdf"));
    QVERIFY(bytes("map.pdf").startsWith("%PDF"));
}

void FigureTest::linesAreCurvesInTheColoursOfTheirHeads() {
    const auto trace = fakeTrace(animalSentence);
    const Theme theme = lightTheme();
    const HeadAddress head{Stack::encoder, 2, 2};
    ViewChoices choices;
    choices.pinned.push_back({{Stack::encoder, 0, 1}, 4});
    renderLines(*trace, head, 10, choices, theme, {700, 600}, path("lines.svg"));
    const QByteArray svg = bytes("lines.svg");
    QVERIFY(svg.count("<path") + svg.count("<polyline") >= 10);
    QVERIFY(!svg.contains("<image"));
    QVERIFY(svg.contains(theme.palette.accent.name().toLatin1()));
    QVERIFY(svg.contains(pinnedColour(4, theme).name().toLatin1()));
    choices.pinned.clear();
    renderLines(*trace, head, 10, choices, theme, {700, 600}, path("alone.svg"));
    QVERIFY(!bytes("alone.svg").contains(pinnedColour(4, theme).name().toLatin1()));
    renderLines(*trace, head, 10, choices, theme, {700, 600}, path("lines.pdf"));
    QVERIFY(bytes("lines.pdf").startsWith("%PDF"));
    renderLines(*trace, head, 10, choices, theme, {300, 120}, path("lines.png"), 1);
    QCOMPARE(QImage(m_folder.filePath(QStringLiteral("lines.png"))).size(), QSize(300, 120));
    QVERIFY_THROWS_EXCEPTION(RequestError, renderLines(*trace, {Stack::encoder, 9, 9}, -1, choices, theme,
                                                       {300, 300}, path("none.png")));
}

void FigureTest::headsAreAllThere() {
    const auto trace = fakeTrace(animalSentence);
    const Theme theme = darkTheme();
    renderHeads(*trace, theme, {500, 400}, path("heads.png"), 1);
    const QImage image(m_folder.filePath(QStringLiteral("heads.png")));
    QCOMPARE(image.size(), QSize(500, 400));
    int coloured = 0;
    for (int x = 0; x < image.width(); ++x)
        coloured += image.pixel(x, 120) != theme.palette.panel.rgb();
    QVERIFY(coloured > 200);
}

void FigureTest::whatCannotBeDoneIsSaidAndLeavesNothingBehind() {
    const auto trace = fakeTrace("it");
    QVERIFY_THROWS_EXCEPTION(RequestError, renderHeads(*trace, lightTheme(), {300, 300}, path("heads.gif")));
    QVERIFY_THROWS_EXCEPTION(RequestError, renderHeatmap(*trace, {Stack::encoder, 9, 9}, -1, lightTheme(),
                                                         {300, 300}, path("none.png")));
    QVERIFY_THROWS_EXCEPTION(FileError, renderHeatmap(*trace, {Stack::encoder, 0, 0}, -1, lightTheme(),
                                                      {300, 300}, path("missing/none.png")));
    QVERIFY(
        QDir(m_folder.path()).entryList({QStringLiteral("none*"), QStringLiteral("heads.gif*")}).isEmpty());
}

QTEST_MAIN(FigureTest)
#include "figure_test.moc"
