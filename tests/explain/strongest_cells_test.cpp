#include "engine/explain/strongest_cells.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace headlight;

class StrongestCellsTest : public QObject {
    Q_OBJECT
private slots:
    /// Against a sort: forwards from the strongest and backwards from the weakest.
    void everyCellIsVisitedOnceInTheOrderOfWeight() {
        std::mt19937 random(5);
        for (const int columns : {1, 3, 7}) {
            std::vector<float> weights;
            for (int i = 0; i < columns * 6; ++i)
                weights.push_back(static_cast<float>(random() % 5) / 4); // many are equal
            weights[2] = std::nanf("");
            weights[4] = -std::numeric_limits<float>::infinity();
            std::vector<CellAt> expected;
            for (int i = 0; i < columns * 6; ++i)
                if (!std::isnan(weights[static_cast<size_t>(i)]))
                    expected.push_back({i / columns, i % columns});
            std::stable_sort(expected.begin(), expected.end(), [&](const CellAt& a, const CellAt& b) {
                return weights[static_cast<size_t>(a.row * columns + a.column)] >
                       weights[static_cast<size_t>(b.row * columns + b.column)];
            });
            std::optional<CellAt> cell;
            for (const CellAt& each : expected) {
                cell = nextStrongest(weights, columns, cell);
                QVERIFY(cell == each);
            }
            QVERIFY(!nextStrongest(weights, columns, cell));
            for (size_t i = expected.size(); i-- > 1;) {
                cell = previousStrongest(weights, columns, expected[i]);
                QVERIFY(cell == expected[i - 1]);
            }
            QVERIFY(!previousStrongest(weights, columns, expected.front()));
        }
    }

    void whereThereIsNothingThereIsNoNext() {
        const std::vector<float> none, nan{std::nanf(""), std::nanf("")}, two{1, 2};
        QVERIFY(!nextStrongest(none, 4, std::nullopt));
        QVERIFY(!nextStrongest(nan, 2, std::nullopt));
        QVERIFY(!nextStrongest(two, 0, std::nullopt));
        QVERIFY(!previousStrongest(two, 2, {3, 1}));
        QVERIFY(!previousStrongest(two, 2, {0, -1}));
        QVERIFY(nextStrongest(two, 2, CellAt{9, 9}) == (CellAt{0, 1})); // such a cell is none: from the start
    }
};

QTEST_APPLESS_MAIN(StrongestCellsTest)
#include "strongest_cells_test.moc"
