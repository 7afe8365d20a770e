#include "ui/steps/array_geometry.h"

#include <QTest>

using namespace headlight;

/// Where the arrays of a stage stand.
class StepsGeometryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyNumberHasItsPlace_data();
    void everyNumberHasItsPlace();
    void nothingOverlaps();
    void longVectorsGoOnInTheNextLine();
    void arraysOverTheSameWordsShareATable();
    void linesOfTheSameWordsStandBesideEachOther();
    void numbersNeedRoom();
};

void StepsGeometryTest::everyNumberHasItsPlace_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("overKeys");
    QTest::addColumn<bool>("words");
    QTest::addColumn<bool>("numbers");
    for (const bool numbers : {false, true}) {
        const char* suffix = numbers ? ", numbers" : "";
        QTest::addRow("one number%s", suffix) << 1 << 1 << false << false << numbers;
        QTest::addRow("a vector%s", suffix) << 1 << 32 << false << false << numbers;
        QTest::addRow("a long vector%s", suffix) << 1 << 769 << false << false << numbers;
        QTest::addRow("keys%s", suffix) << 1 << 16 << true << false << numbers;
        QTest::addRow("a matrix%s", suffix) << 32 << 128 << false << false << numbers;
        QTest::addRow("a matrix with words%s", suffix) << 16 << 32 << false << true << numbers;
        QTest::addRow("a square map%s", suffix) << 12 << 12 << false << true << numbers;
    }
}

void StepsGeometryTest::everyNumberHasItsPlace() {
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(bool, overKeys);
    QFETCH(bool, words);
    QFETCH(bool, numbers);
    const StageGeometry geometry = layOutArrays({{rows, columns, overKeys, words, false}}, 554, numbers);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const ArrayPlace place{0, row, column};
            const QRectF rect = geometry.rect(place);
            QVERIFY(!rect.isEmpty());
            QVERIFY(geometry.at(rect.center()) == place);
            QVERIFY(rect.right() <= geometry.size.width() + 0.01);
            QVERIFY(rect.bottom() <= geometry.size.height());
        }
    QVERIFY(geometry.rect({0, rows, 0}).isEmpty());
    QVERIFY(geometry.rect({0, 0, columns}).isEmpty());
    QVERIFY(geometry.rect({1, 0, 0}).isEmpty());
    QVERIFY(!geometry.at({-1, -1}));
}

void StepsGeometryTest::nothingOverlaps() {
    const StageGeometry geometry = layOutArrays({{1, 128, false, false, false},
                                                 {32, 128, false, false, false},
                                                 {1, 16, true, false, false},
                                                 {1, 16, true, false, false},
                                                 {16, 16, false, true, true}},
                                                554, false);
    QCOMPARE(geometry.blocks.size(), size_t(4));
    for (size_t i = 0; i + 1 < geometry.blocks.size(); ++i) {
        QVERIFY(geometry.blocks[i].title.bottom() <= geometry.blocks[i].cells.top());
        QVERIFY(geometry.blocks[i].cells.bottom() <= geometry.blocks[i + 1].title.top());
    }
}

void StepsGeometryTest::longVectorsGoOnInTheNextLine() {
    const StageGeometry geometry = layOutArrays({{1, 128, false, false, false}}, 554, false);
    QCOMPARE(geometry.blocks[0].lines, 2);
    QCOMPARE(geometry.blocks[0].perLine, 64);
    QCOMPARE(geometry.rect({0, 0, 64}).left(), geometry.rect({0, 0, 0}).left());
    QVERIFY(geometry.rect({0, 0, 64}).top() >= geometry.rect({0, 0, 0}).bottom());
}

void StepsGeometryTest::arraysOverTheSameWordsShareATable() {
    const StageGeometry geometry =
        layOutArrays({{1, 16, true, false, false}, {1, 16, true, false, false}}, 554, false);
    QCOMPARE(geometry.blocks.size(), size_t(1));
    QCOMPARE(geometry.rect({0, 0, 3}).top(), geometry.rect({1, 0, 3}).top());
    QVERIFY(geometry.rect({0, 0, 3}).right() <= geometry.rect({1, 0, 3}).left());
    // The word at the left of a line stands for the line.
    QVERIFY((geometry.at({4, geometry.rect({0, 0, 3}).center().y()}) == ArrayPlace{0, 0, 3}));
}

void StepsGeometryTest::linesOfTheSameWordsStandBesideEachOther() {
    // Weights, values, weights times values: a line a key in all of them.
    const std::vector<ArrayShape> arrays{
        {1, 16, true, false, false}, {16, 32, false, true, false}, {16, 32, false, true, false}};
    const StageGeometry geometry = layOutArrays(arrays, 554, false);
    QCOMPARE(geometry.blocks.size(), size_t(3));
    QVERIFY(geometry.size.width() <= 554);
    for (int key = 0; key < 16; ++key) {
        const double top = geometry.rect({0, 0, key}).top();
        QCOMPARE(geometry.rect({1, key, 31}).top(), top);
        QCOMPARE(geometry.rect({2, key, 0}).top(), top);
    }
    QVERIFY(geometry.rect({0, 0, 0}).right() <= geometry.rect({1, 0, 0}).left());
    QVERIFY(geometry.rect({1, 0, 31}).right() <= geometry.rect({2, 0, 0}).left());
    QVERIFY((geometry.at(geometry.rect({2, 5, 7}).center()) == ArrayPlace{2, 5, 7}));
    // The words stand at the left of all, once.
    QVERIFY(geometry.blocks[0].words > 0);
    QCOMPARE(geometry.blocks[1].words, 0.0);
}

void StepsGeometryTest::numbersNeedRoom() {
    const StageGeometry plain = layOutArrays({{16, 32, false, true, false}}, 554, false);
    const StageGeometry numbers = layOutArrays({{16, 32, false, true, false}}, 554, true);
    QVERIFY(plain.size.width() <= 554);
    QVERIFY(numbers.size.width() > 554);
    QVERIFY(numbers.rect({0, 0, 0}).width() >= 40);
}

QTEST_APPLESS_MAIN(StepsGeometryTest)
#include "steps_geometry_test.moc"
