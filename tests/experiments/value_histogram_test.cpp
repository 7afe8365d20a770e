#include "engine/experiments/value_histogram.h"

#include <QTest>

#include <limits>
#include <numeric>

using namespace headlight;

class ValueHistogramTest : public QObject {
    Q_OBJECT

private slots:
    void sharesFallBetweenZeroAndOne() {
        const std::vector<float> values{0.0F, 0.05F, 0.5F, 0.999F, 1.0F};
        const ValueHistogram histogram = histogramOf(values, 0, 1, 10);
        QCOMPARE(histogram.lowest, 0.0);
        QCOMPARE(histogram.width, 0.1);
        QCOMPARE(histogram.counts, (std::vector<int>{2, 0, 0, 0, 0, 1, 0, 0, 0, 2}));
    }

    void withoutABoundItReachesTheLargestValue() {
        const std::vector<float> values{1.0F, 4.0F, 8.0F};
        const ValueHistogram histogram = histogramOf(values, 0, std::nullopt, 4);
        QCOMPARE(histogram.width, 2.0);
        QCOMPARE(histogram.counts, (std::vector<int>{1, 0, 1, 1}));
    }

    void whatLiesOutsideIsNotLost() {
        const std::vector<float> values{-1.0F, 3.0F};
        const ValueHistogram histogram = histogramOf(values, 0, 1, 4);
        QCOMPARE(histogram.lowest, -1.0);
        QCOMPARE(std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0), 2);
    }

    void oneValueAndNone() {
        QVERIFY(histogramOf({}, 0, 1, 4).counts.empty());
        const std::vector<float> same{0.0F, 0.0F};
        const ValueHistogram histogram = histogramOf(same, 0, std::nullopt, 3);
        QVERIFY(histogram.width > 0);
        QCOMPARE(histogram.counts, (std::vector<int>{2, 0, 0}));
        const std::vector<float> odd{std::numeric_limits<float>::quiet_NaN(),
                                     std::numeric_limits<float>::infinity()};
        QVERIFY(histogramOf(odd, 0, 1, 4).counts.empty());
    }
};

QTEST_APPLESS_MAIN(ValueHistogramTest)
#include "value_histogram_test.moc"
