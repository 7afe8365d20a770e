#include "tests/ui/fake_model.h"
#include "ui/look/heatmap_view.h"
#include "ui/paint/map_zoom.h"
#include "ui/row/row_panel.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace headlight;

namespace {
/// Map and row panel on one trace, without a window around them: "it" (10) looks at "animal" (2).
struct Fixture {
    explicit Fixture(const std::string& text = animalSentence)
        : map(store, selection, options, &window), panel(store, selection, options, &window) {
        window.resize(790, 600); // the screen of a test is small
        panel.setGeometry(0, 0, 300, 600);
        map.setGeometry(300, 0, 490, 600);
        window.show();
        show(fakeTrace(text), "it");
    }
    void show(std::shared_ptr<const Trace> trace, const std::string& word) {
        selection.start(trace, word, HeadAddress{Stack::encoder, 2, 2});
        store.set(store.id() + 1, std::move(trace));
    }
    const HeatmapPicture& picture() const { return map.picture(); }
    QPoint cell(int row, int column) const { return picture().map.cell(row, column).center().toPoint(); }
    QPoint columnLabel(int column) const {
        return (picture().columnLabelFoot(column) + QPointF(8, -14)).toPoint();
    }
    QPoint rowLabel(int row) const {
        return {static_cast<int>(picture().map.rect.left()) - 20,
                static_cast<int>(picture().map.row(row).center().y())};
    }
    const RowContent& content() { return panel.findChild<RowList*>()->content(); }
    QToolButton& part(const char* name) {
        for (QToolButton* button : panel.findChildren<QToolButton*>())
            if (button->property("part").toString() == QLatin1String(name))
                return *button;
        qFatal("no such switch");
    }
    void wheel(QPoint point, int notches) {
        QWheelEvent event(point, map.mapToGlobal(point), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&map, &event);
    }
    float weight(int query, int key) const {
        return store.current()->site(Stack::encoder, 2)->weights.at(2, query, key);
    }

    TraceStore store;
    Selection selection;
    ViewOptions options;
    QWidget window;
    HeatmapView map;
    RowPanel panel;
};

std::shared_ptr<const Trace> withoutScores(const Trace& trace) {
    auto bare = std::make_shared<Trace>(trace);
    for (auto& site : bare->recording.stacks.front().sites) {
        auto copy = std::make_shared<SiteRecord>(*site);
        copy->scores = {};
        site = copy;
    }
    return bare;
}
} // namespace

class MapViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsHaveTheColourOfTheirWeightOnEveryScale();
    void ticksStandWhereTheirWeightsAre();
    void hiddenTokensAreLeftOutAndTheirShareIsSaid();
    void clicksAndKeysSpeakOfTokensWhateverIsHidden();
    void aHiddenSelectionIsSaid();
    void wordsAreOneRowAndOneColumn();
    void everythingHiddenIsSaid();
    void aColumnIsReadByClickingItsWord();
    void theSwitchAndTheKeyChangeTheAxis();
    void linesOfAColumnAreQueries();
    void theWheelZoomsAtThePointer();
    void theMapIsDraggedAndKeysZoom();
    void walkingKeepsTheCellInView();
    void theOverviewShowsAllOfAZoomedMap();
    void aZoomOfALongerTextIsCutToThisOne();
    void aTraceWithoutScoresShowsNone();
    void assistiveTechnologyReadsTheShownMap();
    void wordsAtTheTopNeverTouch();
    void thePairIsDivided();
    void aPreviewLeavesTheMapAsItIs();
};

void MapViewTest::cellsHaveTheColourOfTheirWeightOnEveryScale() {
    Fixture f;
    for (const WeightScale scale :
         {WeightScale::linear, WeightScale::squareRoot, WeightScale::logarithmic, WeightScale::rank}) {
        f.options.setScale(scale);
        const std::vector<float> ranks = rankShares(f.picture().shown.weights.values());
        const QImage picture = f.map.grab().toImage();
        for (int row = 0; row < 16; ++row)
            for (int column = 0; column < 16; ++column) {
                const float number = scale == WeightScale::rank
                                         ? ranks[static_cast<size_t>(row * 16 + column)]
                                         : f.weight(row, column);
                QCOMPARE(picture.pixel(f.cell(row, column)), f.picture().theme.weights.colour(number, scale));
            }
    }
}

void MapViewTest::ticksStandWhereTheirWeightsAre() {
    const std::vector<float> weights{0, 0.1F, 0.2F, 0.7F, 1};
    for (const WeightScale scale : {WeightScale::linear, WeightScale::squareRoot, WeightScale::logarithmic})
        for (const ScaleTick& tick : scaleTicks(scale, weights)) {
            const float weight = QString(tick.label).remove(QStringLiteral("≤ ")).toFloat();
            QVERIFY(std::abs(tick.place - static_cast<double>(scalePlace(weight, scale))) < 1e-6);
        }
    const std::vector<ScaleTick> ranks = scaleTicks(WeightScale::rank, weights);
    QCOMPARE(ranks.size(), size_t{5});
    QCOMPARE(ranks[1].label, QStringLiteral("0.1"));
    QCOMPARE(ranks[3].label, QStringLiteral("0.7"));
    QVERIFY(scaleName(WeightScale::linear).isEmpty());
    for (const WeightScale scale : {WeightScale::squareRoot, WeightScale::logarithmic, WeightScale::rank})
        QVERIFY(!scaleName(scale).isEmpty());
}

void MapViewTest::hiddenTokensAreLeftOutAndTheirShareIsSaid() {
    Fixture f;
    QVERIFY(f.picture().hiddenNote().isEmpty());
    f.options.setTokens({false, true, false});
    QCOMPARE(f.picture().map.rows, 14);
    QCOMPARE(f.picture().labels.front().text, QStringLiteral("The"));
    const float share = f.weight(10, 0) + f.weight(10, 15);
    QString shown;
    shown.setNum(static_cast<double>(share), 'f', 3);
    QVERIFY2(f.picture().hiddenNote().startsWith(shown), qPrintable(f.picture().hiddenNote()));
    QVERIFY(f.picture().hiddenNote().contains(QStringLiteral("nothing is rescaled")));
    QCOMPARE(f.content().lines.size(), size_t{14});
    QCOMPARE(f.content().lines.front().weight, f.weight(10, 2));
    QVERIFY(f.panel.footer().contains(shown + QStringLiteral(" of it on hidden tokens")));
    QVERIFY(f.panel.footer().contains(QStringLiteral("sums to 1.000")));
}

void MapViewTest::clicksAndKeysSpeakOfTokensWhateverIsHidden() {
    Fixture f;
    f.options.setTokens({false, true, false});
    QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.cell(3, 5));
    QCOMPARE(f.selection.query(), 4);
    QCOMPARE(f.selection.key(), 6);
    QTest::keyClick(&f.map, Qt::Key_Home);
    QCOMPARE(f.selection.key(), 1);
    QTest::keyClick(&f.map, Qt::Key_Left);
    QCOMPARE(f.selection.key(), 1);
    QTest::keyClick(&f.map, Qt::Key_End);
    QCOMPARE(f.selection.key(), 14);
    QTest::mouseMove(&f.map, f.cell(0, 1));
    QTRY_COMPARE(f.selection.hover().key, 2);
    QCOMPARE(f.selection.hover().query, 1);
    QCOMPARE(f.picture().card({0, 1}).weight.toFloat(), f.weight(1, 2));
}

void MapViewTest::aHiddenSelectionIsSaid() {
    Fixture f;
    f.selection.setQuery(0);
    f.options.setTokens({false, true, false});
    QCOMPARE(f.selection.query(), 0);
    QCOMPARE(f.picture().hiddenNote(), QStringLiteral("“[CLS]” is selected, but hidden"));
    QCOMPARE(f.panel.title(), QStringLiteral("“[CLS]” is selected, but hidden."));
    QVERIFY(f.content().lines.empty());
    QTest::keyClick(&f.map, Qt::Key_Right); // from there the walk begins at the first shown row
    QCOMPARE(f.selection.query(), 1);
}

void MapViewTest::wordsAreOneRowAndOneColumn() {
    Fixture f("It was tiredtired because"); // [CLS] It was tired|tired because [SEP]
    f.options.setTokens({true, true, true});
    QCOMPARE(f.picture().map.rows, 6);
    QCOMPARE(f.picture().labels[3].text, QStringLiteral("tiredtired"));
    QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.cell(3, 3));
    QCOMPARE(f.selection.query(), 3);
    QCOMPARE(f.selection.key(), 3);
    const CellCard sum = f.picture().card({1, 3});
    QCOMPARE(sum.pair, QStringLiteral("It → tiredtired"));
    QVERIFY(std::abs(sum.weight.toFloat() - f.weight(1, 3) - f.weight(1, 4)) < 1e-6F);
    QCOMPARE(sum.detail, QStringLiteral("sum over 2 key pieces"));
    QCOMPARE(f.picture().card({3, 1}).detail, QStringLiteral("mean over 2 query pieces"));
    QVERIFY(f.picture().card({3, 3}).detail.contains(QStringLiteral("mean over 2")));
    QVERIFY(f.picture().card({1, 1}).detail.contains(QStringLiteral("score")));
    f.selection.setQuery(4); // its second piece: the same row
    QCOMPARE(f.picture().rowOf(f.picture().query), 3);
    QCOMPARE(f.panel.title(), QStringLiteral("What “tiredtired” looks at · L2 H2"));
    QVERIFY(!f.content().lines.front().score);
}

void MapViewTest::everythingHiddenIsSaid() {
    Fixture f("");
    const QImage before = f.map.grab().toImage();
    f.options.setTokens({false, true, false});
    QCOMPARE(f.picture().map.rows, 0);
    const QImage after = f.map.grab().toImage();
    QVERIFY(after != before);
    QTest::keyClick(&f.map, Qt::Key_Right);
    QTest::keyClick(&f.map, Qt::Key_Plus);
    f.wheel({300, 300}, 1);
    QVERIFY(!f.options.zoom());
}

void MapViewTest::aColumnIsReadByClickingItsWord() {
    Fixture f;
    for (const int column : {0, 2, 9, 15}) {
        QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.columnLabel(column));
        QCOMPARE(f.selection.key(), column);
        QVERIFY(f.selection.axis() == ReadAxis::key);
        QCOMPARE(f.picture().column, column);
    }
    QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.columnLabel(2));
    QCOMPARE(f.selection.query(), 10);
    QCOMPARE(f.panel.title(), QStringLiteral("every token → “animal” · L2 H2"));
    QVERIFY(!f.panel.footer().contains(QStringLiteral("row sums")));
    double sum = 0;
    for (int query = 0; query < 16; ++query)
        sum += static_cast<double>(f.weight(query, 2));
    QVERIFY2(f.panel.footer().contains(QStringLiteral("column sums to %1;").arg(sum, 0, 'f', 3)),
             qPrintable(f.panel.footer()));
    const QImage framed = f.map.grab().toImage();
    QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.rowLabel(8));
    QVERIFY(f.selection.axis() == ReadAxis::query);
    QCOMPARE(f.selection.query(), 8);
    QCOMPARE(f.panel.title(), QStringLiteral("What “street” looks at · L2 H2"));
    QVERIFY(f.map.grab().toImage() != framed);
}

void MapViewTest::theSwitchAndTheKeyChangeTheAxis() {
    Fixture f;
    QVERIFY(f.part("row").isChecked());
    QTest::mouseClick(&f.part("column"), Qt::LeftButton);
    QVERIFY(f.selection.axis() == ReadAxis::key);
    QVERIFY(f.part("column").isChecked() && !f.part("row").isChecked());
    QCOMPARE(f.panel.title(), QStringLiteral("every token → “it” · L2 H2")); // no key yet: the word itself
    QTest::keyClick(&f.map, Qt::Key_C);
    QVERIFY(f.selection.axis() == ReadAxis::query);
    QVERIFY(f.part("row").isChecked());
    QTest::keyClick(f.panel.findChild<RowList*>(), Qt::Key_C);
    QVERIFY(f.selection.axis() == ReadAxis::key);
    QTest::keyClick(&f.map, Qt::Key_C, Qt::ControlModifier); // copying is something else
    QVERIFY(f.selection.axis() == ReadAxis::key);
}

void MapViewTest::linesOfAColumnAreQueries() {
    Fixture f;
    f.selection.setColumn(2);
    auto& list = *f.panel.findChild<RowList*>();
    QCOMPARE(f.content().lines.size(), size_t{16});
    QCOMPARE(f.content().lines.front().weight, f.weight(f.content().lines.front().token, 2));
    QTest::mouseMove(list.viewport(), list.lineRect(5).center());
    QTRY_COMPARE(f.selection.hover().query, 5);
    QCOMPARE(f.selection.hover().key, 2);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.lineRect(5).center());
    QCOMPARE(f.selection.query(), 5);
    QCOMPARE(f.selection.key(), 2);
    QCOMPARE(f.panel.title(), QStringLiteral("every token → “animal” · L2 H2"));
    QTest::mouseClick(&f.part("position"), Qt::LeftButton);
    QTest::keyClick(&list, Qt::Key_Down);
    QCOMPARE(f.selection.query(), 6);
}

void MapViewTest::theWheelZoomsAtThePointer() {
    Fixture f;
    const QPoint point = f.cell(10, 2);
    f.wheel(point, 3);
    QVERIFY(f.options.zoom());
    QCOMPARE(f.picture().map.cellAt(point), (MapCell{10, 2}));
    QVERIFY(zoomFactor(f.picture().map) > 1.9);
    QVERIFY(f.picture().zoomNote().startsWith(QStringLiteral("zoom 2.0")));
    const QImage picture = f.map.grab().toImage();
    QCOMPARE(picture.pixel(f.cell(10, 2)), f.picture().theme.weights.colour(f.weight(10, 2)));
    QTest::mouseClick(&f.map, Qt::LeftButton, {}, f.cell(9, 3));
    QCOMPARE(f.selection.query(), 9);
    f.wheel(point, 40);
    QVERIFY(f.options.zoom()->rows >= 3);
    f.wheel(point, -80);
    QVERIFY(!f.options.zoom());
    f.wheel({2, 2}, 3); // beside the map
    QVERIFY(!f.options.zoom());
}

void MapViewTest::theMapIsDraggedAndKeysZoom() {
    Fixture f;
    for (const auto& [button, modifier] :
         {std::pair(Qt::MiddleButton, Qt::NoModifier), std::pair(Qt::LeftButton, Qt::ShiftModifier)}) {
        f.selection.setCell(8, 8);
        QTest::keyClick(&f.map, Qt::Key_Plus);
        QTest::keyClick(&f.map, Qt::Key_Plus);
        const MapZoom before = *f.options.zoom();
        const QPoint from = f.picture().map.rect.center().toPoint();
        const QPoint to = from + QPoint(-40, -25);
        QTest::mousePress(&f.map, button, modifier, from);
        QMouseEvent move(QEvent::MouseMove, to, f.map.mapToGlobal(to), Qt::NoButton, button, modifier);
        QCoreApplication::sendEvent(&f.map, &move);
        QTest::mouseRelease(&f.map, button, modifier, to);
        QVERIFY(f.options.zoom()->firstRow > before.firstRow);
        QVERIFY(f.options.zoom()->firstColumn > before.firstColumn);
        QCOMPARE(f.options.zoom()->rows, before.rows);
        QCOMPARE(f.selection.query(), 8); // nothing was selected
        QTest::keyClick(&f.map, Qt::Key_Minus);
        QVERIFY(f.options.zoom()->rows > before.rows);
        QTest::keyClick(&f.map, Qt::Key_0);
        QVERIFY(!f.options.zoom());
    }
    QTest::keyClick(&f.map, Qt::Key_Minus);
    QVERIFY(!f.options.zoom());
}

void MapViewTest::walkingKeepsTheCellInView() {
    Fixture f;
    f.options.setZoom(MapZoom{0, 4, 0, 4});
    f.selection.setCell(3, 3);
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(&f.map, Qt::Key_Down);
        QTest::keyClick(&f.map, Qt::Key_Right);
        const MapGeometry& map = f.picture().map;
        QVERIFY(map.rect.contains(map.cell(f.selection.query(), f.selection.key()).center()));
    }
    QCOMPARE(f.selection.query(), 11);
}

void MapViewTest::theOverviewShowsAllOfAZoomedMap() {
    Fixture f;
    QVERIFY(f.picture().overviewRect.isEmpty());
    f.options.setZoom(MapZoom{4, 8, 0, 8});
    const QRectF whole = f.picture().overviewRect, part = f.picture().overviewPart();
    QVERIFY(whole.contains(part));
    QVERIFY(QRectF(f.map.rect()).contains(whole));
    QVERIFY(!whole.intersects(f.picture().map.rect) && !whole.intersects(f.picture().scaleBar));
    QCOMPARE(part,
             QRectF(whole.left(), whole.top() + whole.height() / 4, whole.width() / 2, whole.height() / 2));
    // Each cell of the map stands in it with its own colour, seen or not.
    const QImage picture = f.map.grab().toImage();
    const auto pixel = [&](int row, int column) {
        return picture.pixel((whole.topLeft() +
                              QPointF((column + 0.5) * whole.width() / 16, (row + 0.5) * whole.height() / 16))
                                 .toPoint());
    };
    for (int row = 0; row < 16; ++row)
        for (int column = 9; column < 16; ++column) // clear of the frame
            QCOMPARE(pixel(row, column), f.picture().theme.weights.colour(f.weight(row, column)));
    f.options.setZoom(std::nullopt);
    QVERIFY(f.picture().overviewRect.isEmpty());
}

void MapViewTest::aZoomOfALongerTextIsCutToThisOne() {
    Fixture f;
    f.options.setZoom(MapZoom{9, 6, 9, 6});
    f.show(fakeTrace("it was too tired because the dog"), "it"); // 9 tokens
    QVERIFY(f.picture().map.zoom);
    QCOMPARE(f.picture().map.zoom->firstRow, 3.0);
    f.show(fakeTrace("it"), "it"); // 3 tokens
    QVERIFY(!f.picture().map.zoom);
    QCOMPARE(f.options.zoom()->firstRow, 9.0); // what was wanted is kept
}

void MapViewTest::aTraceWithoutScoresShowsNone() {
    Fixture f;
    f.show(withoutScores(*f.store.current()), "it");
    for (const RowLine& line : f.content().lines)
        QVERIFY(!line.score);
    QVERIFY(!f.content().hasScores);
    QCOMPARE(f.picture().card({10, 2}).detail, QStringLiteral("1st of 16 · score –"));
}

void MapViewTest::assistiveTechnologyReadsTheShownMap() {
    Fixture f;
    f.options.setTokens({false, true, false});
    QAccessibleTableInterface* table = QAccessible::queryAccessibleInterface(&f.map)->tableInterface();
    QCOMPARE(table->rowCount(), 14);
    QCOMPARE(table->columnDescription(1), QStringLiteral("animal"));
    QCOMPARE(table->cellAt(9, 1)->text(QAccessible::Name), QStringLiteral("it → animal 0.994"));
    f.selection.setCell(10, 2);
    QCOMPARE(table->selectedCells(), QList<QAccessibleInterface*>{table->cellAt(9, 1)});
    QCOMPARE(table->selectedRows(), QList<int>{9});
    f.selection.setAxis(ReadAxis::key);
    QCOMPARE(table->selectedColumns(), QList<int>{1});
    QVERIFY(table->selectedRows().isEmpty());
    QVERIFY(f.map.accessibleDescription().contains(QStringLiteral("column of “animal”")));
}

void MapViewTest::wordsAtTheTopNeverTouch() {
    for (const int words : {6, 10, 14, 16, 18, 20, 22, 24, 27, 29}) {
        Fixture f(std::string("animal ") + QStringLiteral("street ").repeated(words).toStdString());
        f.selection.setCell(2, 3); // its word is drawn, whatever makes room
        const std::vector<int> drawn = f.picture().drawnColumnLabels();
        QVERIFY(std::find(drawn.begin(), drawn.end(), 3) != drawn.end());
        for (size_t i = 1; i < drawn.size(); ++i)
            QVERIFY2(!f.picture()
                          .columnLabelShape(drawn[i - 1])
                          .intersects(f.picture().columnLabelShape(drawn[i])),
                     qPrintable(QStringLiteral("%1 words, column %2").arg(words).arg(drawn[i])));
        for (const int column : drawn) { // and is found where it stands
            const QPointF middle = f.picture().columnLabelShape(column).boundingRect().center();
            QCOMPARE(f.picture().columnLabelAt(middle), column);
        }
    }
}

void MapViewTest::thePairIsDivided() {
    Fixture f;
    const QImage before = f.map.grab().toImage();
    auto pair = std::make_shared<Trace>(*fakeTrace(animalSentence));
    for (size_t i = 8; i < pair->encoding.tokens.size(); ++i)
        pair->encoding.tokens[i].text = 1;
    f.show(pair, "it");
    QCOMPARE(f.picture().pairStart, 8);
    const QRectF map = f.picture().map.rect;
    const QPoint between(static_cast<int>(f.picture().map.column(8).left()) - 1,
                         static_cast<int>(map.top()) - 6);
    QCOMPARE(f.map.grab().toImage().pixelColor(between), f.picture().theme.palette.mutedText);
    QVERIFY(before.pixelColor(between) != f.picture().theme.palette.mutedText);
    f.show(fakeTrace(animalSentence), "it");
    QCOMPARE(f.picture().pairStart, -1);
}

void MapViewTest::aPreviewLeavesTheMapAsItIs() {
    Fixture f;
    const QImage before = f.map.grab().toImage();
    QSignalSpy repainted(&f.map, &QCustomPlot::afterReplot);
    f.selection.setHover({std::nullopt, 4, 6});
    const QImage previewed = f.map.grab().toImage();
    QVERIFY(previewed != before); // the card, the frame, the words
    f.selection.clearHover();
    QCOMPARE(f.map.grab().toImage(), before);
    QCOMPARE(repainted.count(), 0);
    f.selection.setCell(4, 6);
    QTRY_VERIFY(repainted.count() > 0);
}

QTEST_MAIN(MapViewTest)
#include "map_view_test.moc"
