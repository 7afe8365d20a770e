#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/edits/resolve.h"
#include "engine/edits/site_edits.h"
#include "engine/models/bert_network.h"
#include "engine/models/registry.h"
#include "tests/support/compare.h"

#include <QTest>

#include <algorithm>

using namespace headlight;
using namespace headlight::testing;

namespace {
BertConfig smallConfig() {
    BertConfig config;
    config.vocabularySize = 50;
    config.width = 24;
    config.layers = 3;
    config.heads = 4;
    config.feedForward = 40;
    config.maximumPositions = 32;
    return config;
}

const ModelInput input{{2, 17, 44, 9, 23, 17, 3}, {}};

template <class T>
Parameter<T>& parameter(const BertNetwork<T>& network, const std::string& name) {
    for (Parameter<T>* one : network.parameters())
        if (one->name == name)
            return *one;
    throw RequestError("no parameter " + name);
}
} // namespace

class EditsTest : public QObject {
    Q_OBJECT
private slots:
    void narrowScopesWinAndOfEqualOnesTheLater() {
        const HeadAddress head{Stack::encoder, 1, 2};
        const Edits edits{{HeadScope::one(head), Temperature{3}},
                          {HeadScope::ofLayer(Stack::encoder, 1), Temperature{5}},
                          {HeadScope::all(), Temperature{2}},
                          {HeadScope::all(), Temperature{4}},
                          {HeadScope::one({Stack::decoder, 1, 0}), SwitchOff{}}};
        const auto temperatureOf = [&](int layer, int one) {
            const SiteEdits site(edits, Stack::encoder, layer);
            return site.of(one).find<Temperature>()->t;
        };
        QCOMPARE(temperatureOf(1, 2), 3.0);
        QCOMPARE(temperatureOf(1, 0), 5.0);
        QCOMPARE(temperatureOf(0, 2), 4.0);
        QVERIFY(SiteEdits(Edits{{HeadScope::one(head), SwitchOff{}}}, Stack::encoder, 0).empty());
        const SiteEdits decoder(edits, Stack::decoder, 1);
        QVERIFY(decoder.of(0).find<SwitchOff>() && !decoder.of(1).find<SwitchOff>());
        QVERIFY(!SiteEdits(edits, Stack::encoder, 1).of(0).find<SwitchOff>());
        QVERIFY(decoder.of(0).seedOf(1) != decoder.of(1).seedOf(1));
        QVERIFY(decoder.of(0).seedOf(1) != decoder.of(0).seedOf(2));
    }

    void scopesHaveANameThatIsReadBack() {
        for (const HeadScope& scope :
             {HeadScope::all(), HeadScope{Stack::decoder, -1, -1}, HeadScope::ofLayer(Stack::encoder, 3),
              HeadScope::one({Stack::cross, 0, 11})})
            QVERIFY(parseHeadScope(toString(scope)) == scope);
        for (const char* text :
             {"", "every", "encoder.", "encoder.x", "encoder.-1", "encoder.1.head.", "all.1"})
            QVERIFY2(!parseHeadScope(text), text);
    }

    /// A head that is off is a head whose columns of the output projection are zero.
    void headOffIsItsOutputColumnsZero() {
        BertNetwork<double> network(smallConfig());
        network.initialise(5);
        RunControl control;
        control.edits = switchedOff({{Stack::encoder, 1, 2}, {Stack::encoder, 2, 0}});
        const auto whole = network.run(input, {}, {});
        const auto edited = network.run(input, {}, control);

        const auto zeroColumns = [&](int layer, int head) {
            const std::string name =
                "bert.encoder.layer." + std::to_string(layer) + ".attention.output.dense.weight";
            parameter(network, name).value.middleCols(head * 6, 6).setZero();
        };
        zeroColumns(1, 2);
        zeroColumns(2, 0);
        const auto expected = network.run(input, {}, {});
        QVERIFY(std::ranges::equal(edited.logits->values(), expected.logits->values()));
        QVERIFY(!std::ranges::equal(edited.logits->values(), whole.logits->values()));

        // The weights are there as computed, the context is what was used.
        const auto& site = *edited.stacks.front().sites[1];
        const auto& before = *whole.stacks.front().sites[1];
        QVERIFY(std::ranges::equal(site.weights.values(), before.weights.values()));
        QVERIFY((matrixOf(site.context, 2).array() == 0).all());
        QVERIFY(matrixOf(site.context, 1) == matrixOf(before.context, 1));
    }

    void noEditsGiveTheSameBits() {
        const auto model = loadModel(ModelFolder::open(std::string(HEADLIGHT_GOLDEN) + "/bert-mlm"));
        const ModelInput text{{2, 17, 44, 9, 23}, {}};
        RunControl control;
        control.edits = switchedOff({{Stack::encoder, 0, 1}});
        const Recording plain = model->run(text, {}, {});
        const Recording edited = model->run(text, {}, control);
        control.edits = {};
        const Recording again = model->run(text, {}, control);
        QVERIFY(std::ranges::equal(plain.logits->values(), again.logits->values()));
        QVERIFY(!std::ranges::equal(plain.logits->values(), edited.logits->values()));
    }

    void headsThatAreNotThereAreRefused() {
        BertNetwork<float> network(smallConfig());
        for (const HeadAddress& address :
             {HeadAddress{Stack::encoder, 3, 0}, HeadAddress{Stack::encoder, 0, 4},
              HeadAddress{Stack::decoder, 0, 0}}) {
            RunControl control;
            control.edits = switchedOff({address});
            try {
                network.run(input, {}, control);
                QFAIL("a head that is not there was switched off");
            } catch (const RequestError& error) {
                QVERIFY2(QString(error.what()).contains(QString::fromStdString(toString(address))),
                         error.what());
            }
        }
    }
};

QTEST_APPLESS_MAIN(EditsTest)
#include "edits_test.moc"
