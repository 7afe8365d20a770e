#include "engine/core/errors.h"
#include "engine/experiments/cost_experiment.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
CostSettings small() {
    CostSettings settings;
    settings.width = 8;
    settings.heads = 2;
    settings.lengths = {4, 8, 16, 32};
    settings.repeats = 3;
    return settings;
}
} // namespace

/// Nothing here asserts a time: that measured times exist and are ordered is all that is asked of them.
class CostExperimentTest : public QObject {
    Q_OBJECT
private slots:
    void exactPowerLawsAreFound();
    void noiseIsAveraged();
    void whatCannotBeFitted();
    void costsAreThoseOfTheTable();
    void countedBytesAreHeld();
    void everyLengthIsMeasured();
    void memoryBudgetLeavesOut();
    void timeBudgetLeavesOut();
    void cancels();
    void badSettingsAreRefused();
};

void CostExperimentTest::exactPowerLawsAreFound() {
    for (const double exponent : {-1.0, 0.0, 0.5, 1.0, 2.0, 3.7}) {
        std::vector<double> n, y;
        for (double x = 16; x <= 2048; x *= 2) {
            n.push_back(x);
            y.push_back(3e-7 * std::pow(x, exponent));
        }
        const PowerLaw law = fitPowerLaw(n, y).value();
        QVERIFY(std::abs(law.exponent - exponent) < 1e-12);
        QVERIFY(std::abs(law.constant / 3e-7 - 1) < 1e-11);
        QVERIFY(exponent == 0 || std::abs(law.determination - 1) < 1e-12);
        QVERIFY(std::abs(law.at(100) / (3e-7 * std::pow(100, exponent)) - 1) < 1e-11);
        y[3] *= 1.5; // negative control
        QVERIFY(std::abs(fitPowerLaw(n, y)->exponent - exponent) > 1e-3);
    }
}

void CostExperimentTest::noiseIsAveraged() {
    std::vector<double> n, y;
    double sign = 1;
    for (double x = 1; x <= 1 << 20; x *= 2) {
        n.push_back(x);
        y.push_back(x * x * std::exp(0.1 * sign));
        sign = -sign;
    }
    const PowerLaw law = fitPowerLaw(n, y).value();
    QVERIFY(std::abs(law.exponent - 2) < 0.01);
    QVERIFY(law.determination > 0.99 && law.determination < 1);
}

void CostExperimentTest::whatCannotBeFitted() {
    QVERIFY(!fitPowerLaw({}, {}));
    QVERIFY(!fitPowerLaw({4}, {2}));
    QVERIFY(!fitPowerLaw({4, 4}, {2, 3}));
    QVERIFY(!fitPowerLaw({4, 8}, {2, 0}));
    QVERIFY(!fitPowerLaw({4, -8}, {2, 1}));
    QVERIFY(!fitPowerLaw({4, 8, 16}, {2, 1}));
    QVERIFY(!fitPowerLaw({4, 8}, {2, INFINITY}));
}

void CostExperimentTest::costsAreThoseOfTheTable() {
    CostSettings settings;
    settings.width = 64;
    settings.heads = 4;
    const LayerCost attention = attentionCost(settings, 1000), recurrent = recurrentCost(settings, 1000);
    QCOMPARE(attention.multiplyAdds, 4.0 * 1000 * 64 * 64 + 2.0 * 1000 * 1000 * 64);
    QCOMPARE(recurrent.multiplyAdds, 6.0 * 1000 * 64 * 64);
    QCOMPARE(attention.sequentialSteps, 1);
    QCOMPARE(attention.pathLength, 1);
    QCOMPARE(recurrent.sequentialSteps, 1000);
    QCOMPARE(recurrent.pathLength, 1000);
    QCOMPARE(attention.bytes, int64_t{4} * (4 * 1000 * 64 + 4 * 1000 * 1000));
    QCOMPARE(recurrent.bytes, int64_t{4} * 4 * 1000 * 64);
}

void CostExperimentTest::countedBytesAreHeld() {
    for (const int length : {1, 7, 40}) {
        const CostPoint point = costPoint(length, small());
        QCOMPARE(point.attention.heldBytes, point.attention.bytes);
        QCOMPARE(point.recurrent.heldBytes, point.recurrent.bytes);
    }
}

void CostExperimentTest::everyLengthIsMeasured() {
    std::vector<size_t> seen;
    double last = 0;
    JobControl control;
    int stepsAside = 0;
    control.stepAside = [&] { ++stepsAside; };
    control.report = [&](const Progress& progress) {
        QVERIFY(progress.fraction > last);
        QVERIFY(progress.secondsLeft >= 0);
        last = progress.fraction;
    };
    const CostResult result = costExperiment(small(), control, [&](const CostResult& partial) {
        seen.push_back(partial.points.size());
        QCOMPARE(partial.laws.attentionTime.has_value(), partial.points.size() >= 2);
    });
    QCOMPARE(seen, (std::vector<size_t>{1, 2, 3, 4}));
    QCOMPARE(last, 1.0);
    QVERIFY(stepsAside >= 4 * 2 * 3); // before every timed call
    QCOMPARE(result.points.size(), size_t{4});
    QVERIFY(result.leftOut.empty());
    QVERIFY(!result.backend.empty());
    for (const CostPoint& point : result.points)
        for (const LayerCost* cost : {&point.attention, &point.recurrent}) {
            QVERIFY(cost->fastest > 0);
            QVERIFY(cost->fastest <= cost->seconds && cost->seconds <= cost->slowest);
        }
    for (const CostLaws* laws : {&result.laws, &result.longLaws}) {
        QVERIFY(laws->attentionTime && laws->recurrentTime);
        QVERIFY(std::abs(laws->recurrentBytes->exponent - 1) < 1e-9);
        QVERIFY(laws->attentionBytes->exponent > 1 && laws->attentionBytes->exponent < 2);
    }
    // The n^2 part outgrows the rest.
    QVERIFY(result.longLaws.attentionBytes->exponent > result.laws.attentionBytes->exponent);
}

void CostExperimentTest::memoryBudgetLeavesOut() {
    CostSettings settings = small();
    settings.bytesBudget = attentionCost(settings, 16).bytes;
    settings.lengths = {4, 16, 1 << 19};
    const CostResult result = costExperiment(settings);
    QCOMPARE(result.points.size(), size_t{2});
    QVERIFY2(result.leftOut.find("524288") != std::string::npos, result.leftOut.c_str());
}

void CostExperimentTest::timeBudgetLeavesOut() {
    CostSettings settings = small();
    settings.secondsBudget = 0; // used up by the first length
    const CostResult result = costExperiment(settings);
    QCOMPARE(result.points.size(), size_t{1});
    QVERIFY2(result.leftOut.find("from 8 on") != std::string::npos, result.leftOut.c_str());
    QVERIFY(!result.laws.attentionTime.has_value());
}

void CostExperimentTest::cancels() {
    std::stop_source source;
    JobControl control;
    control.stop = source.get_token();
    size_t measured = 0;
    QVERIFY_THROWS_EXCEPTION(Cancelled, costExperiment(small(), control, [&](const CostResult& partial) {
                                 measured = partial.points.size();
                                 if (measured == 2)
                                     source.request_stop();
                             }));
    QCOMPARE(measured, size_t{2});
}

void CostExperimentTest::badSettingsAreRefused() {
    CostSettings settings = small();
    settings.heads = 3;
    QVERIFY_THROWS_EXCEPTION(RequestError, costExperiment(settings));
    settings = small();
    settings.lengths = {0};
    QVERIFY_THROWS_EXCEPTION(RequestError, costExperiment(settings));
    settings = small();
    settings.repeats = 0;
    QVERIFY_THROWS_EXCEPTION(RequestError, costExperiment(settings));
    settings = small();
    settings.width = 1 << 30;
    QVERIFY_THROWS_EXCEPTION(RequestError, costPoint(4, settings));
}

QTEST_APPLESS_MAIN(CostExperimentTest)
#include "cost_experiment_test.moc"
