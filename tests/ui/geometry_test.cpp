#include "ui/editor/chip_layout.h"
#include "ui/paint/head_grid_geometry.h"
#include "ui/paint/label_thinning.h"
#include "ui/paint/map_geometry.h"
#include "ui/paint/map_zoom.h"
#include "ui/paint/weight_image.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlight;

class GeometryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCellIsFoundUnderItsOwnMiddle();
    void nothingIsFoundOutsideOfTheMap();
    void mapsAreSquareCelledAndFit();
    void labelsAreNeverMoreThanEighty();
    void labelsKeepTheirDistanceAndTheSelectedOne();
    void thumbnailsAreFoundUnderThePointer();
    void anImageHasAPixelForEachNumber();
    void labelsStayChosenWhileAMapIsMoved();
    void aZoomedMapFindsItsCells();
    void zoomsAreCutToTheMap();
    void chipsBreakIntoRowsAndBracketPieces();
};

void GeometryTest::everyCellIsFoundUnderItsOwnMiddle() {
    const MapGeometry map{QRectF(13, 7, 333, 77.5), 9, 40};
    for (int query = 0; query < map.rows; ++query)
        for (int key = 0; key < map.columns; ++key) {
            const auto found = map.cellAt(map.cell(query, key).center());
            QVERIFY(found);
            QVERIFY((*found == MapCell{query, key}));
        }
    QCOMPARE(map.row(3).top(), map.cell(3, 0).top());
}

void GeometryTest::nothingIsFoundOutsideOfTheMap() {
    const MapGeometry map{QRectF(10, 20, 100, 100), 10, 10};
    for (const QPointF point : {QPointF(9.9, 50), QPointF(110, 50), QPointF(50, 19.9), QPointF(50, 120)})
        QVERIFY(!map.cellAt(point));
    QVERIFY(!MapGeometry().cellAt({0, 0}));
}

void GeometryTest::mapsAreSquareCelledAndFit() {
    const MapMargins margins{100, 70, 90, 40};
    for (const int tokens : {1, 2, 16, 32, 128, 512})
        for (const QSizeF size : {QSizeF(430, 400), QSizeF(1200, 500), QSizeF(500, 1000)}) {
            const MapGeometry map = fitMap(size, margins, tokens, tokens, 44);
            QCOMPARE(map.cellWidth(), map.cellHeight());
            QVERIFY(map.cellWidth() <= 44);
            QVERIFY(map.rect.left() >= margins.left && map.rect.top() >= margins.top);
            QVERIFY(map.rect.right() <= size.width() - margins.right + 1);
            QVERIFY(map.rect.bottom() <= size.height() - margins.bottom + 1);
            if (map.cellWidth() >= 4)
                QCOMPARE(map.cellWidth(), std::floor(map.cellWidth()));
        }
    QCOMPARE(fitMap({10, 10}, margins, 5, 5, 44).rows, 5);
    QVERIFY(fitMap({500, 500}, margins, 0, 0, 44).rect.isEmpty());
}

void GeometryTest::labelsAreNeverMoreThanEighty() {
    for (int count = 0; count <= 2000; ++count) {
        const int always = count / 3;
        for (const int selected : {-1, always}) {
            const std::vector<int> labels = labelsToDraw(count, 100, 10, selected);
            QVERIFY(static_cast<int>(labels.size()) <= largestLabelCount);
            QVERIFY(std::is_sorted(labels.begin(), labels.end()));
            QVERIFY(labels.empty() == (count == 0));
        }
    }
    QCOMPARE(labelsToDraw(80, 100, 10).size(), size_t{80});
}

void GeometryTest::labelsKeepTheirDistanceAndTheSelectedOne() {
    const std::vector<int> labels = labelsToDraw(30, 5, 14, 7); // every third one has room
    QVERIFY(std::find(labels.begin(), labels.end(), 7) != labels.end());
    for (size_t i = 1; i < labels.size(); ++i)
        QVERIFY((labels[i] - labels[i - 1]) * 5 >= 14);
    QCOMPARE(labelsToDraw(4, 20, 14), (std::vector<int>{0, 1, 2, 3}));
    QCOMPARE(labelsToDraw(4, 20, 14, 99), (std::vector<int>{0, 1, 2, 3}));
}

void GeometryTest::thumbnailsAreFoundUnderThePointer() {
    const HeadGridGeometry grid = fitHeadGrid({16, 38}, 194, 12, 12);
    QVERIFY(grid.thumbnail >= 12);
    for (int layer = 0; layer < 12; ++layer)
        for (int head = 0; head < 12; ++head) {
            const auto place = grid.at(grid.cell(layer, head).center());
            QVERIFY(place);
            QVERIFY((*place == HeadGridGeometry::Place{layer, head}));
        }
    QVERIFY(!grid.at({0, 0}));
    QVERIFY(!grid.at({10000, 60}));
}

void GeometryTest::anImageHasAPixelForEachNumber() {
    const ColourScale scale = lightTheme().weights;
    const QImage image =
        weightImage(Tensor<float>({2, 3}, {0, 0.25F, 1, 0.5F, 0.1F, 0}), scale, WeightScale::squareRoot);
    QCOMPARE(image.size(), QSize(3, 2));
    QCOMPARE(image.pixel(1, 0), scale.colour(0.5F));
    QCOMPARE(image.pixel(2, 0), scale.colour(1));
    QVERIFY(weightImage({}, scale, WeightScale::linear).isNull());
}

void GeometryTest::labelsStayChosenWhileAMapIsMoved() {
    for (int first = 0; first < 100; ++first) {
        const std::vector<int> labels = labelsFrom(first, 200, 5, 14);
        QVERIFY(labels.front() >= first && labels.back() < first + 200);
        for (const int label : labels)
            QCOMPARE(label % 3, 0);
        QVERIFY(static_cast<int>(labelsFrom(first, 900, 100, 10, first + 1).size()) <= largestLabelCount);
    }
    QVERIFY(labelsFrom(5, 3, 20, 14, 4) == (std::vector<int>{5, 6, 7}));
}

void GeometryTest::aZoomedMapFindsItsCells() {
    MapGeometry map{QRectF(100, 50, 320, 320), 16, 16, MapZoom{2.5, 4, 7.25, 4}};
    QCOMPARE(map.cellWidth(), 80.0);
    QVERIFY((map.seen() == CellRange{2, 5, 7, 5}));
    for (int query = 3; query < 6; ++query)
        for (int key = 8; key < 11; ++key)
            QVERIFY((map.cellAt(map.cell(query, key).center()) == MapCell{query, key}));
    QVERIFY(!map.cellAt(map.cell(0, 0).center()));
    QVERIFY((MapGeometry{QRectF(0, 0, 10, 10), 4, 4}.seen() == CellRange{0, 4, 0, 4}));
}

void GeometryTest::zoomsAreCutToTheMap() {
    QVERIFY(!clamped(std::nullopt, 16, 16));
    QVERIFY(!clamped(MapZoom{0, 16, 0, 16}, 16, 16));
    QVERIFY(!clamped(MapZoom{0, 1, 0, 1}, 0, 0));
    QVERIFY((*clamped(MapZoom{14, 8, -3, 8}, 16, 16) == MapZoom{8, 8, 0, 8}));
    const double none = std::nan("");
    QVERIFY(!clamped(MapZoom{none, none, none, none}, 16, 16));
    QVERIFY(!clamped(MapZoom{0, 4, none, 4}, 16, 16));
    MapGeometry map{QRectF(0, 0, 160, 160), 16, 16};
    const QPointF point(33, 127);
    for (int i = 0; i < 30; ++i) {
        const double row = (map.zoom ? map.zoom->firstRow : 0) + point.y() / map.cellHeight();
        map.zoom = zoomedAt(map, point, 1.25);
        QVERIFY(map.zoom);
        QVERIFY(std::abs(map.zoom->firstRow + point.y() / map.cellHeight() - row) < 1e-9);
        QVERIFY(map.zoom->rows > 2.999);
    }
    const MapZoom before = *map.zoom;
    QCOMPARE(moved(map, {-map.cellWidth(), 0})->firstColumn, before.firstColumn + 1);
    QCOMPARE(moved(map, {1e9, 1e9})->firstRow, 0.0);
    map.zoom = revealing(map, {15, 0});
    QVERIFY((map.cellAt(map.cell(15, 0).center()) == MapCell{15, 0}));
    for (int i = 0; i < 40; ++i)
        map.zoom = zoomedAt(map, point, 0.8);
    QVERIFY(!map.zoom);
}

void GeometryTest::chipsBreakIntoRowsAndBracketPieces() {
    const ChipLayout layout = layOutChips({{40, -1}, {40, 0}, {30, 1}, {30, 1}, {30, 1}, {40, 2}}, 130);
    QCOMPARE(layout.chips.size(), size_t{6});
    QVERIFY(layout.rows >= 2);
    for (const QRectF& chip : layout.chips)
        QVERIFY(chip.right() <= 130);
    QVERIFY(!layout.brackets.empty());
    for (size_t i = 0; i < layout.chips.size(); ++i)
        QCOMPARE(layout.at(layout.chips[i].center()), static_cast<int>(i));
    QCOMPARE(layout.at({-5, 5}), -1);
    const ChipLayout oneRow = layOutChips({{40, 0}, {30, 1}, {30, 1}, {30, 1}, {40, 2}}, 1000);
    QCOMPARE(oneRow.brackets.size(), size_t{1});
    QCOMPARE(oneRow.brackets[0].left, oneRow.chips[1].left());
    QCOMPARE(oneRow.brackets[0].right, oneRow.chips[3].right());
    QVERIFY(layOutChips({{40, 0}, {40, 1}}, 1000).brackets.empty());
}

QTEST_APPLESS_MAIN(GeometryTest)
#include "geometry_test.moc"
