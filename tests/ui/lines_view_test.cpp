#include "tests/ui/fake_model.h"
#include "ui/heads/heads_view.h"
#include "ui/lines/lines_painter.h"
#include "ui/lines/lines_view.h"
#include "ui/paint/token_labels.h"

#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <set>

using namespace headlight;

namespace {
constexpr HeadAddress linkHead{Stack::encoder, 2, 2};
constexpr HeadAddress nextHead{Stack::encoder, 0, 1};

HeadAddress headNumber(int number) {
    return {Stack::encoder, number / 4, number % 4};
}
} // namespace

class LinesViewTest : public QObject {
    Q_OBJECT
private:
    struct Window {
        TraceStore store;
        Selection selection;
        ViewOptions options;
        LinesView lines{store, selection, options};
        HeadsView heads{store, selection, options};

        explicit Window(const std::string& text = animalSentence) {
            for (QWidget* each : {static_cast<QWidget*>(&lines), static_cast<QWidget*>(&heads)}) {
                each->setAttribute(Qt::WA_DontShowOnScreen);
                each->resize(700, 560);
                each->show();
            }
            const auto trace = fakeTrace(text);
            selection.start(trace, "it", linkHead);
            store.set(1, trace);
        }
        const LinesPicture& picture() const { return lines.picture(); }
        void click(QPointF point) {
            QTest::mouseClick(lines.viewport(), Qt::LeftButton, {}, point.toPoint());
        }
        void move(QPointF point) {
            QMouseEvent event(QEvent::MouseMove, point, lines.viewport()->mapToGlobal(point), Qt::NoButton,
                              Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(lines.viewport(), &event);
        }
        void key(Qt::Key key) { QTest::keyClick(&lines, key); }
        int row(int token) const { return placeOf(picture().rows, token); }
        int column(int token) const { return placeOf(picture().columns, token); }
    };

private slots:
    void theWordThatIsReadHasItsLinesAndTheRestRecede() {
        Window window;
        const LinesPicture& picture = window.picture();
        QCOMPARE(picture.readRow, 10);
        QVERIFY(!picture.strong.empty() && !picture.rest.empty());
        for (const Line& line : picture.strong) {
            QCOMPARE(line.query, 10);
            QVERIFY(line.weight >= faintestLine);
            const auto& weights = picture.trace->site(Stack::encoder, 2)->weights;
            QVERIFY(line.weight == weights.at(2, line.query, line.key)); // the very float
        }
        QCOMPARE(picture.strong.back().key, 2); // the strongest is painted last
        for (const Line& line : picture.rest)
            QVERIFY(line.query != 10 && line.weight >= faintestGreyLine);
        QVERIFY(picture.faintNote().contains(QStringLiteral("below 0.01 are not drawn")));
    }

    void everyPinnedHeadHasItsLines() {
        Window window;
        window.options.pin(nextHead);
        window.options.pin({Stack::encoder, 9, 9}); // of another model
        const LinesPicture& picture = window.picture();
        QCOMPARE(picture.heads.size(), size_t{3});
        QVERIFY(picture.heads[0].pinned && picture.heads[0].there && !picture.heads[0].selected);
        QVERIFY(!picture.heads[1].there && picture.heads[1].absence.contains(QStringLiteral("not in this")));
        QVERIFY(picture.heads[2].selected && !picture.heads[2].pinned);
        QCOMPARE(picture.heads[2].colour, picture.theme.palette.accent);
        std::set<int> drawn;
        for (const Line& line : picture.strong)
            drawn.insert(line.head);
        QCOMPARE(drawn, (std::set<int>{0, 2}));
        for (const Line& line : picture.rest)
            QCOMPARE(line.head, 2);         // grey lines are the selected head's
        window.selection.setHead(nextHead); // selected and pinned: listed once, in its colour
        QCOMPARE(picture.heads.size(), size_t{2});
        QVERIFY(picture.heads[0].selected && picture.heads[0].colour != picture.theme.palette.accent);
    }

    void pointingPreviewsAndClickingSelects() {
        Window window;
        const LinesGeometry& geometry = window.picture().geometry;
        window.move(geometry.queryWord(4).center());
        QCOMPARE(window.selection.shownQuery(), 4);
        QCOMPARE(window.selection.query(), 10);
        QCOMPARE(window.picture().readRow, 4);
        window.move(geometry.keyWord(2).center());
        QVERIFY((window.selection.hover() == Hover{std::nullopt, 10, 2}));
        window.click(geometry.keyWord(2).center());
        QCOMPARE(window.selection.key(), 2);
        QCOMPARE(window.selection.query(), 10);
        window.click(geometry.queryWord(4).center());
        QCOMPARE(window.selection.query(), 4);
        QCOMPARE(window.selection.key(), -1);
        const Line line = window.picture().strong.back();
        window.click(window.picture().curve(line).at(0.5));
        QCOMPARE(window.selection.query(), 4);
        QCOMPARE(window.selection.key(), line.key);
        window.click({2, 2});
        QCOMPARE(window.selection.query(), 4);
    }

    void theKeyAxisReadsWhoLooks() {
        Window window;
        window.click(window.picture().keyHeading.center());
        QVERIFY(window.selection.axis() == ReadAxis::key);
        window.click(window.picture().geometry.keyWord(2).center());
        QCOMPARE(window.selection.key(), 2);
        QCOMPARE(window.picture().readColumn, 2);
        QVERIFY(!window.picture().geometry.barsAtKeys);
        for (const Line& line : window.picture().strong)
            QCOMPARE(line.key, 2);
        const std::vector<int> places = window.picture().strongestPlaces();
        QCOMPARE(places.front(), 10); // "it", the strongest query, is selected already
        window.key(Qt::Key_Right);
        QCOMPARE(window.selection.query(), places[1]);
        QCOMPARE(window.selection.key(), 2);
        window.key(Qt::Key_Down);
        QCOMPARE(window.selection.key(), 3);
        window.click(window.picture().geometry.queryWord(5).center());
        QCOMPARE(window.selection.query(), 5);
        QCOMPARE(window.selection.key(), 3);
    }

    void arrowsWalkAlongTheLines() {
        Window window;
        window.key(Qt::Key_Right);
        QCOMPARE(window.selection.key(), 2);
        const std::vector<int> places = window.picture().strongestPlaces();
        for (size_t i = 1; i < 4; ++i) {
            window.key(Qt::Key_Right);
            QCOMPARE(window.selection.key(), places[i]);
        }
        window.key(Qt::Key_Left);
        QCOMPARE(window.selection.key(), places[2]);
        window.key(Qt::Key_Home);
        QCOMPARE(window.selection.query(), 0);
        window.key(Qt::Key_Up);
        QCOMPARE(window.selection.query(), 0);
        window.key(Qt::Key_End);
        QCOMPARE(window.selection.query(), 15);
    }

    void hiddenAndMergedTokens() {
        Window window("The hippopotamus was tired because it was too wide.");
        const int tokens = static_cast<int>(window.picture().rows.size());
        window.options.setTokens({false, true, true});
        const LinesPicture& picture = window.picture();
        QCOMPARE(static_cast<int>(picture.rows.size()), tokens - 3); // [CLS], [SEP], and two pieces as one
        const int merged = window.row(2);
        QCOMPARE(picture.rowLabels[static_cast<size_t>(merged)], QStringLiteral("hippopotamus"));
        QCOMPARE(window.row(3), merged);
        QVERIFY(picture.hiddenNote().contains(QStringLiteral("lies on hidden tokens")));
        window.click(picture.geometry.queryWord(merged).center());
        QCOMPARE(window.selection.query(), 2);
        const ShownMap map = shownMap(*picture.trace, linkHead, picture.choices.tokens);
        const LinesCard card = linesCard(picture, merged, 0);
        QCOMPARE(card.weights.size(), size_t{1});
        QCOMPARE(card.weights[0].weight, exactWeightText(map.weights.at(merged, 0)));
        QVERIFY(card.remark.contains(QStringLiteral("averaged")));
        window.selection.setQuery(0);
        QCOMPARE(picture.readRow, -1);
        QVERIFY(picture.hiddenNote().contains(QStringLiteral("[CLS]")));
    }

    void theLegendSelectsAndReleases() {
        Window window;
        window.options.pin(nextHead);
        window.options.pin({Stack::encoder, 9, 9});
        const auto entry = [&](size_t i) {
            const QRectF place = window.picture().legend[i].entry;
            return QPointF(place.left() + 20, place.center().y());
        };
        window.move(entry(0));
        QVERIFY(window.selection.shownHead() == nextHead);
        QVERIFY(window.selection.head() == linkHead);
        window.click(entry(0));
        QVERIFY(window.selection.head() == nextHead);
        window.click(entry(1)); // is not there
        QVERIFY(window.selection.head() == nextHead);
        window.click(window.picture().legend[1].cross.center());
        QCOMPARE(window.options.pinned().size(), size_t{1});
        window.click(window.picture().legend[0].cross.center());
        QVERIFY(window.options.pinned().empty());
        QVERIFY(window.selection.head() == nextHead);
    }

    void pinsAreMadeByKeyAndByClick() {
        Window window;
        QTest::keyClick(&window.heads, Qt::Key_P);
        QCOMPARE(window.options.colourOf(linkHead), std::optional<int>(0));
        const QPoint other = window.heads.thumbnailRect(nextHead).center();
        QTest::mouseClick(&window.heads, Qt::LeftButton, Qt::ControlModifier, other);
        QCOMPARE(window.options.colourOf(nextHead), std::optional<int>(1));
        QVERIFY(window.selection.head() == linkHead);
        const QColor dot = window.picture().heads[1].colour;
        const QRect cell = window.heads.thumbnailRect(nextHead);
        const QImage image = window.heads.grab().toImage();
        QCOMPARE(image.pixelColor(cell.topRight()), dot);
        QTest::keyClick(&window.heads, Qt::Key_P);
        QVERIFY(!window.options.colourOf(linkHead));
    }

    void theNinthPinAsksWhichToRelease() {
        Window window;
        for (int i = 0; i < pinnedColours; ++i)
            QVERIFY(window.options.pin(headNumber(i)));
        QTest::keyClick(&window.lines, Qt::Key_P);
        QVERIFY(!window.options.colourOf(linkHead));
        auto* menu = window.lines.findChild<QMenu*>(QStringLiteral("releaseMenu"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2 + pinnedColours); // title, line, the eight
        const QSignalSpy changes(&window.options, &ViewOptions::changed);
        menu->actions()[2 + 3]->trigger();
        QCOMPARE(changes.count(), 1);
        QCOMPARE(window.options.colourOf(linkHead), std::optional<int>(3));
        QVERIFY(!window.options.colourOf(headNumber(3)));
        QCOMPARE(window.options.pinned().size(), size_t{pinnedColours});
        menu->close();
    }

    void scaleDecidesStrengthNotWeight() {
        const std::vector<float> row{0, 0.25F, 0.25F, 0.5F};
        QCOMPARE(lineStrength(0.25F, WeightScale::linear, row), 0.25);
        QCOMPARE(lineStrength(0.25F, WeightScale::squareRoot, row), 0.5);
        QVERIFY(std::abs(lineStrength(0.01F, WeightScale::logarithmic, row) - 0.5) < 1e-6);
        QCOMPARE(lineStrength(0, WeightScale::logarithmic, row), 0.0);
        QCOMPARE(lineStrength(0.5F, WeightScale::rank, row), 1.0);
        QCOMPARE(lineStrength(0.25F, WeightScale::rank, row), 1.0 / 3);
        Window window;
        const std::vector<Line> before = window.picture().strong;
        window.options.setScale(WeightScale::rank);
        QCOMPARE(window.picture().strong.back().weight, before.back().weight);
        QVERIFY(window.picture().strong.back().strength > 0.9);
        window.options.setScale(WeightScale::squareRoot);
        QCOMPARE(window.picture().strong.size(), before.size());
        for (size_t i = 0; i < before.size(); ++i) {
            QVERIFY(window.picture().strong[i].weight == before[i].weight);
            QVERIFY(window.picture().strong[i].strength >= before[i].strength);
        }
    }

    void aHiddenViewReadsNothing() {
        Window window;
        window.lines.hide();
        window.selection.setQuery(3);
        QCOMPARE(window.picture().readRow, 10);
        window.lines.show();
        QCOMPARE(window.picture().readRow, 3);
    }

    void itCanBeHeard() {
        Window window;
        QVERIFY(window.lines.accessibleName().contains(QStringLiteral("layer 2 head 2")));
        QVERIFY(window.lines.accessibleDescription().startsWith(QStringLiteral("it → animal: L2 H2 0.9")));
        window.options.pin(nextHead);
        QVERIFY(window.lines.accessibleDescription().contains(QStringLiteral("L0 H1")));
    }

    void aLowViewScrollsToWhatIsSelected() {
        Window window(
            "it was too tired it was too wide it was too tired it was too wide it was too tired it was");
        window.lines.resize(500, 260);
        QVERIFY(window.lines.verticalScrollBar()->maximum() > 0);
        window.selection.setQuery(0);
        QCOMPARE(window.lines.verticalScrollBar()->value(), 0);
        const int end = static_cast<int>(window.picture().rows.size()) - 1;
        window.selection.setHover({std::nullopt, end, -1}); // nothing moves under the pointer
        QCOMPARE(window.lines.verticalScrollBar()->value(), 0);
        window.selection.clearHover();
        window.selection.setQuery(end); // chosen elsewhere
        QVERIFY(window.lines.verticalScrollBar()->value() > 0);
        window.key(Qt::Key_Home);
        QCOMPARE(window.lines.verticalScrollBar()->value(), 0);
        window.key(Qt::Key_End);
        const int last = static_cast<int>(window.picture().rows.size()) - 1;
        QCOMPARE(window.selection.query(), last);
        QVERIFY(window.picture()
                    .geometry.area.adjusted(0, -1, 0, 1)
                    .contains(window.picture().geometry.queryWord(last)));
        QCOMPARE(window.picture().geometry.queryAt(window.picture().geometry.queryWord(last).center()), last);
    }
};

QTEST_MAIN(LinesViewTest)
#include "lines_view_test.moc"
