#include "engine/core/errors.h"
#include "engine/models/bert_training.h"
#include "engine/training/head_order.h"

#include <QTest>

#include <cmath>

using namespace headlight;

class HeadOrderTest : public QObject {
    Q_OBJECT
private:
    static BertConfig config() {
        BertConfig result;
        result.vocabularySize = 11;
        result.width = 12;
        result.layers = 2;
        result.heads = 3;
        result.feedForward = 16;
        result.maximumPositions = 8;
        return result;
    }
    static Recording run(const BertNetwork<float>& network) {
        return network.run({{1, 5, 3, 9}, {}}, RecordPlan::everything(), {});
    }

private slots:
    void theModelComputesTheSame() {
        BertTrainable<float> model(config(), 4);
        for (Parameter<float>* parameter : model.parameters()) // so that no head resembles another
            for (Index i = 0; i < parameter->value.size(); ++i)
                parameter->value.data()[i] += 0.3F * std::sin(static_cast<float>(3 * i + parameter->index));
        const Recording before = run(model.network());
        const HeadOrder order{{2, 0, 1}, {1, 2, 0}};
        reorderHeads(model.parameters(), config(), order);
        const Recording after = run(model.network());
        float largest = 0;
        for (int64_t query = 0; query < 4; ++query)
            for (size_t id = 0; id < 11; ++id)
                largest =
                    std::max(largest, std::abs(before.logits->row(query)[id] - after.logits->row(query)[id]));
        QVERIFY2(largest < 1e-5F, std::to_string(largest).c_str());
        int changed = 0;
        for (size_t layer = 0; layer < order.size(); ++layer)
            for (int head = 0; head < 3; ++head)
                for (int query = 0; query < 4; ++query) {
                    const auto old = before.stacks[0].sites[layer]->weights.row(
                        order[layer][static_cast<size_t>(head)], query);
                    const auto now = after.stacks[0].sites[layer]->weights.row(head, query);
                    for (size_t key = 0; key < 4; ++key)
                        QVERIFY(std::abs(old[key] - now[key]) < 1e-5F);
                    const auto same = before.stacks[0].sites[layer]->weights.row(head, query);
                    changed += std::abs(same[0] - now[0]) + std::abs(same[1] - now[1]) > 1e-4F;
                }
        QVERIFY(changed > 12); // of 24 rows: a head that stayed where it was would be noticed
    }

    void ordersThatAreNoneAreRefused() {
        BertTrainable<float> model(config(), 4);
        for (const HeadOrder& order : {HeadOrder{{0, 1, 2}}, HeadOrder{{0, 1, 2}, {0, 1}},
                                       HeadOrder{{0, 1, 2}, {0, 1, 1}}, HeadOrder{{0, 1, 2}, {0, 1, 3}}})
            QVERIFY_THROWS_EXCEPTION(RequestError, reorderHeads(model.parameters(), config(), order));
    }
};

QTEST_APPLESS_MAIN(HeadOrderTest)
#include "head_order_test.moc"
