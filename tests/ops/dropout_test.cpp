#include "engine/ops/dropout.h"

#include <QTest>

#include <array>
#include <cmath>
#include <set>

using namespace headlight;

class DropoutTest : public QObject {
    Q_OBJECT
private slots:
    void dropsTheRateAndKeepsTheMean();
    void sameSeedSameChoice();
    void streamsDiffer();
    void nestedDropoutLeavesTheFirst();
};

void DropoutTest::dropsTheRateAndKeepsTheMean() {
    Matrix<float> x = Matrix<float>::Ones(400, 500), factors;
    dropout<float>(0.2, 42, x, factors);
    const auto dropped = (x.array() == 0.0F).count();
    // 200,000 cells: the standard deviation of the share is 0.0009.
    QVERIFY(std::abs(static_cast<double>(dropped) / 200000.0 - 0.2) < 0.005);
    QVERIFY(std::abs(x.cast<double>().mean() - 1.0) < 0.01);
    QVERIFY(((factors.array() == 0.0F) || (factors.array() == 1.25F)).all());
}

void DropoutTest::sameSeedSameChoice() {
    Matrix<float> a = Matrix<float>::Ones(30, 40), b = a, c = a, factors;
    dropout<float>(0.5, 7, a, factors);
    dropout<float>(0.5, 7, b, factors);
    dropout<float>(0.5, 8, c, factors);
    QVERIFY(a == b);
    QVERIFY(a != c);
}

void DropoutTest::streamsDiffer() {
    std::set<uint64_t> seen;
    for (uint64_t seed = 0; seed < 50; ++seed)
        for (uint64_t use = 0; use < 50; ++use)
            seen.insert(dropoutStream(seed, use));
    QVERIFY(seen.size() > 2400); // (seed, use) pairs with equal sums of steps may meet, few do
}

void DropoutTest::nestedDropoutLeavesTheFirst() {
    constexpr int draws = 30000;
    std::array<int, 5> count{};
    for (uint64_t seed = 1; seed <= draws; ++seed) {
        const int64_t used = nestedDropout(0.6, seed, 4);
        QVERIFY(used >= 1 && used <= 4);
        ++count[static_cast<size_t>(used)];
        QCOMPARE(nestedDropout(0.6, seed, 4), used);
        QCOMPARE(nestedDropout(0, seed, 4), 4);
        QCOMPARE(nestedDropout(0.6, seed, 1), 1);
    }
    for (size_t used = 1; used <= 3; ++used)
        QVERIFY(std::abs(count[used] - 0.2 * draws) < 0.012 * draws); // five standard deviations
    QVERIFY(std::abs(count[4] - 0.4 * draws) < 0.015 * draws);
}

QTEST_APPLESS_MAIN(DropoutTest)
#include "dropout_test.moc"
