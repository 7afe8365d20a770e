#include "engine/files/safetensors.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace headlight;

class HalfTest : public QObject {
    Q_OBJECT

private slots:
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
            const auto half = static_cast<uint16_t>(bits);
            if (floatToHalf(halfToFloat(half)) != half)
                QFAIL(qPrintable(QString("half 0x%1 becomes 0x%2")
                                     .arg(bits, 4, 16)
                                     .arg(floatToHalf(halfToFloat(half)), 4, 16)));
        }
    }

    void halvesHaveTheValuesOfIeee754() {
        QCOMPARE(halfToFloat(0x3C00), 1.0F);
        QCOMPARE(halfToFloat(0xC000), -2.0F);
        QCOMPARE(halfToFloat(0x7BFF), 65504.0F);
        QCOMPARE(halfToFloat(0x0400), std::ldexp(1.0F, -14)); // smallest normal number
        QCOMPARE(halfToFloat(0x0001), std::ldexp(1.0F, -24)); // smallest number
        QCOMPARE(halfToFloat(0x3555), 0.333251953125F);
        QVERIFY(std::signbit(halfToFloat(0x8000)) && halfToFloat(0x8000) == 0);
        QCOMPARE(halfToFloat(0xFC00), -std::numeric_limits<float>::infinity());
        QVERIFY(std::isnan(halfToFloat(0x7C01)));
    }

    /// Between every two neighbours: just below the middle goes down, just above goes up, the middle to the
    /// even one.
    void floatsGoToTheNearestHalf() {
        for (uint32_t bits = 0; bits < 0x7BFF; ++bits) {
            const auto lower = static_cast<uint16_t>(bits);
            const auto upper = static_cast<uint16_t>(bits + 1);
            const float middle = (halfToFloat(lower) + halfToFloat(upper)) / 2; // exact in float
            const uint16_t even = (lower & 1U) == 0 ? lower : upper;
            if (floatToHalf(middle) != even || floatToHalf(std::nextafter(middle, 0.0F)) != lower ||
                floatToHalf(std::nextafter(middle, 1e9F)) != upper ||
                floatToHalf(-middle) != static_cast<uint16_t>(even | 0x8000U))
                QFAIL(qPrintable(QString("wrong rounding above half 0x%1").arg(bits, 4, 16)));
        }
    }

    void whatIsTooLargeBecomesInfinity() {
        QCOMPARE(floatToHalf(std::nextafter(65520.0F, 0.0F)), uint16_t{0x7BFF});
        QCOMPARE(floatToHalf(65520.0F), uint16_t{0x7C00});
        QCOMPARE(floatToHalf(-1e30F), uint16_t{0xFC00});
        QCOMPARE(floatToHalf(std::numeric_limits<float>::infinity()), uint16_t{0x7C00});
        QVERIFY(std::isnan(halfToFloat(floatToHalf(std::bit_cast<float>(0x7F800001U)))));
        QCOMPARE(floatToHalf(std::numeric_limits<float>::denorm_min()), uint16_t{0});
    }
};

QTEST_APPLESS_MAIN(HalfTest)
#include "half_test.moc"
