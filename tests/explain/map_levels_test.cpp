#include "engine/explain/map_levels.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlight;

class MapLevelsTest : public QObject {
    Q_OBJECT
private slots:
    void ofBothSignsTheFarthestFromZeroStays() {
        const float none = std::numeric_limits<float>::quiet_NaN();
        const std::vector<float> numbers{0.1F, -0.5F, none, none, 0.2F, 0.3F, none, -0.1F};
        const Tensor<float> pooled = farthestPooled(numbers, 2, 4, {0, 2, 0, 4}, 1, 2);
        QVERIFY(pooled.at(0, 0) == -0.5F); // with its sign
        QVERIFY(pooled.at(0, 1) == -0.1F); // a missing number hides none
        const Tensor<float> top = farthestPooled(numbers, 2, 4, {0, 1, 2, 2}, 1, 1);
        QVERIFY(std::isnan(top.at(0, 0)));
    }

    void aMapThatFitsIsItself() {
        const std::vector<float> numbers{1, 2, 3, 4, 5, 6};
        const Tensor<float> all = maxPooled(numbers, 2, 3, {0, 2, 0, 3}, 10, 10);
        QCOMPARE(all.shape(), (std::vector<int64_t>{2, 3}));
        QVERIFY(std::equal(numbers.begin(), numbers.end(), all.values().begin()));
        const Tensor<float> part = maxPooled(numbers, 2, 3, {1, 9, 1, 1}, 10, 10);
        QCOMPARE(part.shape(), (std::vector<int64_t>{1, 1}));
        QCOMPARE(part.at(0, 0), 5.0F);
    }

    void noPeakIsLostWhereverItIs() {
        constexpr int side = 37;
        for (const int most : {1, 2, 7, 10, 36})
            for (int peak = 0; peak < side * side; ++peak) {
                std::vector<float> numbers(side * side, 0.1F);
                numbers[static_cast<size_t>(peak)] = 0.9F;
                const Tensor<float> small = maxPooled(numbers, side, side, {0, side, 0, side}, most, most);
                QCOMPARE(small.shape(), (std::vector<int64_t>{most, most}));
                QCOMPARE(std::count(small.values().begin(), small.values().end(), 0.9F), 1);
            }
    }

    void aNumberThatIsNoneIsKept() {
        const std::vector<float> numbers{1, std::nanf(""), 3, 4};
        QVERIFY(std::isnan(maxPooled(numbers, 2, 2, {0, 2, 0, 2}, 1, 1).at(0, 0)));
    }

    void nothingFromNothing() {
        const std::vector<float> numbers(8);
        QVERIFY(maxPooled(numbers, 3, 3, {0, 3, 0, 3}, 9, 9).empty());
        QVERIFY(maxPooled(numbers, 2, 4, {2, 1, 0, 4}, 9, 9).empty());
        QVERIFY(maxPooled(numbers, 0, 0, {}, 9, 9).empty());
    }

    void ranksAreSharesOfSmallerCellsAndTiesShare() {
        const std::vector<float> shares = rankShares(std::vector<float>{0.5F, 0, 0, 0.1F, 0.1F});
        QCOMPARE(shares, (std::vector<float>{1, 0, 0, 0.5F, 0.5F}));
        QCOMPARE(rankShares(std::vector<float>{0.3F}), std::vector<float>{0});
        QCOMPARE(rankShares(std::vector<float>{0.3F, 0.3F}), (std::vector<float>{0, 0}));
        QVERIFY(rankShares({}).empty());
        const std::vector<float> odd = rankShares(std::vector<float>{std::nanf(""), 1, 2});
        QVERIFY(std::isnan(odd[0]));
        QCOMPARE(odd[2], 1.0F);
    }

    void theWeightAtAPlaceHasThatPlace() {
        const std::vector<float> weights{0.5F, 0, 0, 0.1F, 0.1F, 0.3F, 0.2F, 0.2F, 0.2F};
        const std::vector<float> shares = rankShares(weights);
        for (int i = 0; i <= 20; ++i) {
            const double share = i / 20.0;
            float smallest = 1;
            for (size_t cell = 0; cell < weights.size(); ++cell)
                if (shares[cell] >= share)
                    smallest = std::min(smallest, weights[cell]);
            QCOMPARE(weightAtRankShare(weights, share), smallest);
        }
        // Two largest alike: no cell has the place 1.
        QCOMPARE(weightAtRankShare(std::vector<float>{0.1F, 0.4F, 0.4F}, 1), 0.4F);
        QVERIFY(std::isnan(weightAtRankShare({}, 0.5)));
    }
};

QTEST_APPLESS_MAIN(MapLevelsTest)
#include "map_levels_test.moc"
