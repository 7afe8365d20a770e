#include "engine/explain/effects.h"

#include <QTest>

#include <cmath>

using namespace headlight;

namespace {
std::shared_ptr<Trace> traceWith(float first, float context, float logit) {
    auto trace = std::make_shared<Trace>();
    trace->encoding.tokens.resize(2);
    auto site = std::make_shared<SiteRecord>();
    site->weights = Tensor<float>({1, 2, 2}, {first, 1 - first, 0.5F, 0.5F});
    site->context = Tensor<float>({1, 2, 3}, {context, -2 * context, 0, 1, 1, 1});
    trace->recording.stacks.resize(1);
    trace->recording.stacks[0].sites.push_back(site);
    trace->recording.logits =
        std::make_shared<const Tensor<float>>(std::vector<int64_t>{2, 2}, std::vector<float>{logit, 0, 0, 0});
    return trace;
}
} // namespace

class EffectsTest : public QObject {
    Q_OBJECT
private slots:
    void aRowIsComparedWithItsBaseline() {
        const auto trace = traceWith(0.25F, 1, 0);
        QVERIFY(!rowEffect(*trace, {}, 0));
        QVERIFY(!readingChange(*trace, 0));
        trace->baseline = traceWith(0.75F, 3, std::log(3.0F));
        const std::optional<RowEffect> effect = rowEffect(*trace, {}, 0);
        QVERIFY(effect.has_value());
        QCOMPARE(effect->weightsBefore, (std::vector<float>{0.75F, 0.25F}));
        QCOMPARE(effect->weightChange, 1.0);
        QCOMPARE(effect->contextChange.value(), 6.0);
        QCOMPARE(effect->contextBefore, 9.0);
        QCOMPARE(rowEffect(*trace, {}, 1)->weightChange, 0.0);
        QVERIFY(std::abs(*readingChange(*trace, 0) - 0.25) < 1e-6);
        QCOMPARE(readingChange(*trace, 1).value(), 0.0);
        QVERIFY(std::abs(*probabilityOf(*trace->baseline, 0, 0) - 0.75) < 1e-6);
        QVERIFY(!probabilityOf(*trace, 0, 2) && !probabilityOf(*trace, 2, 0));
    }

    void whatCannotBeComparedIsNothing() {
        const auto trace = traceWith(0.25F, 1, 0);
        const auto other = traceWith(0.75F, 3, 0);
        auto site = std::make_shared<SiteRecord>();
        site->weights = Tensor<float>({1, 1, 1}, {1.0F});
        other->recording.stacks[0].sites[0] = site;
        trace->baseline = other;
        QVERIFY(!rowEffect(*trace, {}, 0));
        QVERIFY(!rowEffect(*trace, {Stack::encoder, 1, 0}, 0));
        QVERIFY(!rowEffect(*trace, {Stack::encoder, 0, 1}, 0));
        QVERIFY(!rowEffect(*trace, {}, 2));
    }
};

QTEST_APPLESS_MAIN(EffectsTest)
#include "effects_test.moc"
