#include "engine/core/errors.h"
#include "engine/metrics/rollout.h"
#include "tests/metrics/hand_made.h"

#include <QTest>

#include <cmath>

using namespace headlight;
using namespace headlight::testing;

class RolloutTest : public QObject {
    Q_OBJECT

private slots:
    /// A = mean of diagonal and first token = (1, 0; 1/2, 1/2), so 0.5 A + 0.5 I = (1, 0; 1/4, 3/4).
    void twoLayersByHand() {
        const Trace trace =
            handMade({"a", "b"}, {{testing::diagonal(), testing::firstToken()}, {testing::uniform(2)}});
        const std::vector<Tensor<float>> rollout = attentionRollout(trace, Stack::encoder);
        QCOMPARE(rollout.size(), size_t{2});
        QVERIFY(std::ranges::equal(rollout[0].values(), std::vector<float>{1, 0, 0.25F, 0.75F}));
        // (3/4, 1/4; 1/4, 3/4) x (1, 0; 1/4, 3/4)
        QVERIFY(
            std::ranges::equal(rollout[1].values(), std::vector<float>{0.8125F, 0.1875F, 0.4375F, 0.5625F}));
    }

    void rowsSumToOneAndCausalStaysCausal() {
        const Trace trace = handMade({"a", "b", "c", "d"},
                                     {{testing::causal()}, {testing::causal()}, {testing::previousToken()}});
        for (const Tensor<float>& layer : attentionRollout(trace, Stack::encoder))
            for (int query = 0; query < 4; ++query) {
                double sum = 0;
                for (int key = 0; key < 4; ++key) {
                    sum += static_cast<double>(layer.at(query, key));
                    if (key > query)
                        QCOMPARE(layer.at(query, key), 0.0F);
                }
                QVERIFY(std::abs(sum - 1) < 1e-6);
            }
    }

    void someLayersAndSomeHeadsAlone() {
        const Trace trace =
            handMade({"a", "b"}, {{testing::diagonal(), testing::firstToken()}, {testing::uniform(2)}});
        GraphChoice choice;
        choice.lastLayer = 0;
        QCOMPARE(attentionRollout(trace, Stack::encoder, choice).size(), size_t{1});
        choice.lastLayer = 7; // not there: all of them
        QCOMPARE(attentionRollout(trace, Stack::encoder, choice).size(), size_t{2});
        choice.heads = {{Stack::encoder, 0, 1}};
        const std::vector<Tensor<float>> rollout = attentionRollout(trace, Stack::encoder, choice);
        // The first-token head alone: (1, 0; 1/2, 1/2), then all of the next layer.
        QVERIFY(std::ranges::equal(rollout[0].values(), std::vector<float>{1, 0, 0.5F, 0.5F}));
        QVERIFY(std::ranges::equal(rollout[1].values(), std::vector<float>{0.875F, 0.125F, 0.625F, 0.375F}));
        choice.heads = {{Stack::decoder, 0, 1}};
        QVERIFY(std::ranges::equal(attentionRollout(trace, Stack::encoder, choice)[0].values(),
                                   std::vector<float>{1, 0, 0.25F, 0.75F}));
    }

    void otherStacksAreRefused() {
        const Trace cross = handMade({"a"}, {{testing::diagonal()}}, Stack::cross);
        QVERIFY_EXCEPTION_THROWN(attentionRollout(cross, Stack::cross), RequestError);
        QVERIFY_EXCEPTION_THROWN(attentionRollout(cross, Stack::encoder), RequestError);
    }
};

QTEST_APPLESS_MAIN(RolloutTest)
#include "rollout_test.moc"
