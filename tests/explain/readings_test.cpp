#include "engine/explain/readings.h"
#include "engine/text/tokenizer.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headlight;

namespace {
class Letters final : public Tokenizer {
public:
    std::vector<Token> pieces(std::string_view) const override { return {}; }
    Encoding encode(std::string_view, std::string_view, size_t) const override { return {}; }
    size_t vocabularySize() const override { return 5; }
    std::string_view piece(int id) const override {
        return std::string_view("abcde").substr(static_cast<size_t>(id), 1);
    }
    int id(std::string_view) const override { return -1; }
};

Trace traceWithLogits(std::vector<int64_t> shape, std::vector<float> logits) {
    Trace trace;
    trace.recording.logits = std::make_shared<Tensor<float>>(std::move(shape), std::move(logits));
    return trace;
}

bool near(double actual, double expected) {
    return std::abs(actual - expected) <= 1e-12 * std::abs(expected);
}
} // namespace

class ReadingsTest : public QObject {
    Q_OBJECT

private slots:
    void probabilitiesAreTheSoftmaxOfTheWholeRow() {
        // Row 1 holds log 1, log 2, log 4, log 8, log 16 up to rounding: probabilities k / 31.
        std::vector<float> logits(5, 100.0F);
        for (int i = 0; i < 5; ++i)
            logits.push_back(static_cast<float>(i * std::log(2.0)));
        double sum = 0;
        for (int i = 0; i < 5; ++i)
            sum += std::exp(static_cast<double>(logits[static_cast<size_t>(5 + i)]));
        const auto best = readings(traceWithLogits({2, 5}, logits), Letters(), 1, 3);
        QCOMPARE(best.size(), size_t{3});
        for (int rank = 0; rank < 3; ++rank) {
            const Reading& reading = best[static_cast<size_t>(rank)];
            QCOMPARE(reading.id, 4 - rank);
            QCOMPARE(reading.piece, std::string(1, "edc"[rank]));
            QVERIFY(near(reading.probability,
                         std::exp(static_cast<double>(logits[static_cast<size_t>(9 - rank)])) / sum));
            QVERIFY(std::abs(reading.probability - std::pow(2.0, 4 - rank) / 31) < 1e-6);
        }
    }

    void equalLogitsStandByIdAndSumToOne() {
        const auto all = readings(traceWithLogits({1, 5}, {7, 7, 7, 7, 7}), Letters(), 0, 9);
        QCOMPARE(all.size(), size_t{5});
        double sum = 0;
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(all[static_cast<size_t>(i)].id, i);
            QVERIFY(near(all[static_cast<size_t>(i)].probability, 0.2));
            sum += all[static_cast<size_t>(i)].probability;
        }
        QVERIFY(near(sum, 1));
    }

    void hugeLogitsDoNotOverflow() {
        const auto best = readings(traceWithLogits({1, 2}, {3e38F, -3e38F}), Letters(), 0, 2);
        QCOMPARE(best[0].probability, 1.0);
        QCOMPARE(best[1].probability, 0.0);
    }

    void nothingWithoutLogitsOrOutsideTheText() {
        QVERIFY(readings(Trace(), Letters(), 0, 5).empty());
        const Trace trace = traceWithLogits({1, 2}, {0, 0});
        QVERIFY(readings(trace, Letters(), 1, 5).empty());
        QVERIFY(readings(trace, Letters(), -1, 5).empty());
        QVERIFY(readings(trace, Letters(), 0, 0).empty());
    }

    void strongestKeysAreTheRecordedRowSorted() {
        auto site = std::make_shared<SiteRecord>();
        site->layer = 0;
        site->weights = Tensor<float>({2, 2, 4}, {0, 0, 0, 1, 1, 0, 0, 0, //
                                                  1, 0, 0, 0, 0.25F, 0.125F, 0.375F, 0.25F});
        site->scores = Tensor<float>({2, 2, 4}, {0, 0, 0, 0, 0, 0, 0, 0, //
                                                 0, 0, 0, 0, -1, -2, -3, -4});
        Trace trace;
        trace.recording.stacks.push_back({Stack::encoder, {site}, {}, nullptr});
        const auto keys = strongestKeys(trace, {Stack::encoder, 0, 1}, 1);
        QCOMPARE(keys.size(), size_t{4});
        const std::array<int, 4> order{2, 0, 3, 1}; // 0 and 3 are equal: by position
        for (size_t i = 0; i < 4; ++i) {
            QCOMPARE(keys[i].key, order[i]);
            QCOMPARE(keys[i].weight, site->weights.at(1, 1, order[i]));
            QVERIFY(keys[i].score == site->scores.at(1, 1, order[i]));
        }
        auto bare = std::make_shared<SiteRecord>(*site);
        bare->scores = {};
        trace.recording.stacks.front().sites.front() = bare;
        QVERIFY(!strongestKeys(trace, {Stack::encoder, 0, 1}, 1).front().score); // not a score of 0
        QVERIFY(strongestKeys(trace, {Stack::encoder, 0, 2}, 0).empty());
        QVERIFY(strongestKeys(trace, {Stack::encoder, 1, 0}, 0).empty());
        QVERIFY(strongestKeys(trace, {Stack::cross, 0, 0}, 0).empty());
        QVERIFY(strongestKeys(trace, {Stack::encoder, 0, 0}, 2).empty());
    }

    void entropyOfKnownRows() {
        QCOMPARE(entropyBits(std::vector<float>{0, 1, 0}), 0.0);
        QCOMPARE(entropyBits(std::vector<float>(8, 0.125F)), 3.0);
        QCOMPARE(entropyBits(std::vector<float>{0.5F, 0.25F, 0.25F}), 1.5);
        QCOMPARE(entropyBits(std::span<const float>{}), 0.0);
    }
};

QTEST_APPLESS_MAIN(ReadingsTest)
#include "readings_test.moc"
