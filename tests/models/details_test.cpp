#include "engine/models/registry.h"
#include "tests/support/compare.h"

#include <QTest>

#include <array>
#include <bit>

using namespace headlight;
using namespace headlight::testing;

namespace {
const std::string golden = std::string(HEADLIGHT_GOLDEN) + "/bert-mlm";

ModelInput someInput(int tokens) {
    ModelInput input;
    for (int i = 0; i < tokens; ++i)
        input.ids.push_back((i * 37 + 11) % 456);
    return input;
}

bool sameBits(const Tensor<float>& a, const Tensor<float>& b) {
    return a.shape() == b.shape() &&
           std::equal(a.values().begin(), a.values().end(), b.values().begin(), [](float x, float y) {
               return std::bit_cast<uint32_t>(x) == std::bit_cast<uint32_t>(y);
           });
}

RecordPlan withDetails() {
    RecordPlan plan = RecordPlan::everything();
    plan.details = DetailChoice::ofAll();
    return plan;
}

std::vector<const Tensor<float>*> tensorsOf(const SiteDetail& detail) {
    return {&detail.input,        &detail.scale,   &detail.temperature, &detail.dots,         &detail.scaled,
            &detail.positionBias, &detail.maximum, &detail.shifted,     &detail.exponentials, &detail.rowSum,
            &detail.joined,       &detail.output,  &detail.residual,    &detail.normed};
}
} // namespace

class DetailsTest : public QObject {
    Q_OBJECT

private slots:
    void detailsChangeNoBit_data() {
        QTest::addColumn<int>("backend");
        QTest::newRow("plain") << static_cast<int>(BackendChoice::plain);
        QTest::newRow("packed") << static_cast<int>(BackendChoice::packed);
    }
    void detailsChangeNoBit() {
        QFETCH(int, backend);
        const auto model = loadModel(ModelFolder::open(golden), {static_cast<BackendChoice>(backend)});
        for (const int tokens : {1, 2, 7, 16, 33}) {
            const Recording plain = model->run(someInput(tokens), RecordPlan::everything(), {});
            const Recording detailed = model->run(someInput(tokens), withDetails(), {});
            QVERIFY(sameBits(*plain.logits, *detailed.logits));
            for (size_t layer = 0; layer < plain.stacks[0].sites.size(); ++layer) {
                const SiteRecord& a = *plain.stacks[0].sites[layer];
                const SiteRecord& b = *detailed.stacks[0].sites[layer];
                QVERIFY(!a.detail && b.detail);
                for (const auto member : {&SiteRecord::queries, &SiteRecord::keys, &SiteRecord::values,
                                          &SiteRecord::scores, &SiteRecord::weights, &SiteRecord::context})
                    QVERIFY(sameBits(a.*member, b.*member));
            }
        }
    }

    /// The arrays fit together where they hold the same numbers under two names.
    void detailsAreThoseOfThePass() {
        const auto model = loadModel(ModelFolder::open(golden));
        const Recording recording = model->run(someInput(9), withDetails(), {});
        const StackRecord& stack = recording.stacks[0];
        for (size_t layer = 0; layer < stack.sites.size(); ++layer) {
            const SiteRecord& site = *stack.sites[layer];
            const SiteDetail& detail = *site.detail;
            QVERIFY(sameBits(detail.input, *stack.hidden[layer]));
            QVERIFY(sameBits(detail.scaled, site.scores)); // no mask here
            QCOMPARE(detail.normalisers, std::vector<std::string>(4, "softmax"));
            const auto width = static_cast<int>(site.context.dimension(2));
            for (int token = 0; token < 9; ++token)
                for (int i = 0; i < detail.joined.dimension(1); ++i) {
                    QCOMPARE(detail.joined.at(token, i), site.context.at(i / width, token, i % width));
                    QCOMPARE(detail.residual.at(token, i),
                             detail.input.at(token, i) + detail.output.at(token, i));
                }
            for (int head = 0; head < 4; ++head)
                for (int query = 0; query < 9; ++query)
                    for (int key = 0; key < 9; ++key) {
                        QCOMPARE(site.weights.at(head, query, key),
                                 detail.exponentials.at(head, query, key) / detail.rowSum.at(head, query));
                        QCOMPARE(detail.shifted.at(head, query, key),
                                 site.scores.at(head, query, key) - detail.maximum.at(head, query));
                        QCOMPARE(detail.scaled.at(head, query, key),
                                 detail.dots.at(head, query, key) * detail.scale.at(head));
                    }
        }
    }

    void onlyWhatIsAskedForIsKept() {
        const auto model = loadModel(ModelFolder::open(golden));
        RecordPlan plan = RecordPlan::everything();
        plan.details = DetailChoice::of({Stack::encoder, 1, 3});
        const Recording recording = model->run(someInput(5), plan, {});
        for (size_t layer = 0; layer < recording.stacks[0].sites.size(); ++layer)
            QCOMPARE(recording.stacks[0].sites[layer]->detail != nullptr, layer == 1);
    }

    void plannedBytesCountThem() {
        const auto model = loadModel(ModelFolder::open(golden));
        for (const auto& choice : {DetailChoice::ofAll(), DetailChoice::of({Stack::encoder, 2, 0})}) {
            RecordPlan plan = RecordPlan::everything();
            plan.details = choice;
            const Recording recording = model->run(someInput(6), plan, {});
            int64_t taken = 0;
            for (const auto& site : recording.stacks[0].sites)
                if (site->detail)
                    for (const Tensor<float>* tensor : tensorsOf(*site->detail))
                        taken += static_cast<int64_t>(tensor->size() * sizeof(float));
            QVERIFY(taken > 0);
            QCOMPARE(plannedBytes(plan, model->shape(), 6) -
                         plannedBytes(RecordPlan::everything(), model->shape(), 6),
                     taken);
        }
    }

    void parametersAreThoseOfTheFile() {
        const auto folder = ModelFolder::open(golden);
        const auto model = loadModel(folder);
        const SiteParameters site = model->parameters(Stack::encoder, 1);
        int compared = 0;
        for (const ParameterView* view : std::array{
                 &site.queryWeight, &site.queryBias, &site.keyWeight, &site.keyBias, &site.valueWeight,
                 &site.valueBias, &site.outputWeight, &site.outputBias, &site.normGain, &site.normBias}) {
            QVERIFY(*view);
            const Tensor<float> tensor = folder.weights().read(view->name);
            QCOMPARE(tensor.size(), static_cast<size_t>(view->rows * view->columns));
            QVERIFY(std::equal(tensor.values().begin(), tensor.values().end(), view->data));
            ++compared;
        }
        QCOMPARE(compared, 10);
        QVERIFY(!model->parameters(Stack::encoder, 99).queryWeight);
        QVERIFY(!model->parameters(Stack::encoder, -1).queryWeight);
        QVERIFY(!model->parameters(Stack::cross, 0).queryWeight);
    }
};

QTEST_GUILESS_MAIN(DetailsTest)
#include "details_test.moc"
