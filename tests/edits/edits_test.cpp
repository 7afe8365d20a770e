#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/edits/resolve.h"
#include "engine/edits/site_edits.h"
#include "engine/models/bert_network.h"
#include "engine/models/registry.h"
#include "tests/support/compare.h"

#include <QTest>

#include <algorithm>
#include <cmath>

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

/// Each of them changes the model's answer.
std::vector<EditKind> changes() {
    return {Temperature{3},
            Temperature{0.2},
            ScoreScale{1},
            ScoreScale{-2},
            NormaliserChoice{NormaliserKind::sparsemax},
            NormaliserChoice{NormaliserKind::hard},
            NormaliserChoice{NormaliserKind::sampled, 7},
            MaskChoice{MaskKind::causal},
            MaskChoice{MaskKind::local, 1},
            BlockedCell{EditToken::at(2), EditToken::at(4)}};
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

    /// What the model does anyway, said as edits, is the same arithmetic.
    void editsThatChangeNothingGiveTheSameBits() {
        const auto model = loadModel(ModelFolder::open(std::string(HEADLIGHT_GOLDEN) + "/bert-mlm"));
        const ModelInput text{{2, 17, 44, 9, 23}, {}};
        const double own = 1 / std::sqrt(static_cast<double>(model->shape().stacks.front().headWidth));
        const Recording plain = model->run(text, {}, {});
        for (const EditKind& what :
             {EditKind(Temperature{1}), EditKind(ScoreScale{own}), EditKind(NormaliserChoice{}),
              EditKind(MaskChoice{}), EditKind(MaskChoice{MaskKind::local, 4})}) {
            RunControl control;
            control.edits = {{HeadScope::all(), what}};
            const Recording edited = model->run(text, {}, control);
            QVERIFY(std::ranges::equal(plain.logits->values(), edited.logits->values()));
        }
        RunControl control;
        control.edits = {{HeadScope::all(), Temperature{1.001}}}; // the comparison can fail
        QVERIFY(!std::ranges::equal(plain.logits->values(), model->run(text, {}, control).logits->values()));
    }

    void theNumbersRecordedAreTheNumbersUsed_data() {
        QTest::addColumn<int>("which");
        const auto all = changes();
        for (size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%zu", i) << static_cast<int>(i);
    }
    void theNumbersRecordedAreTheNumbersUsed() {
        QFETCH(int, which);
        BertNetwork<double> network(smallConfig());
        network.initialise(5);
        RunControl control;
        control.edits = {{HeadScope::all(), changes()[static_cast<size_t>(which)]}};
        const auto plain = network.run(input, {}, {});
        const auto edited = network.run(input, {}, control);
        QVERIFY(!std::ranges::equal(plain.logits->values(), edited.logits->values()));
        const auto& site = *edited.stacks.front().sites.front();
        for (Index head = 0; head < 4; ++head) {
            const auto weights = matrixOf(site.weights, head);
            QVERIFY((weights.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-12);
            QVERIFY(
                (weights * matrixOf(site.values, head) - matrixOf(site.context, head)).cwiseAbs().maxCoeff() <
                1e-12);
            QVERIFY(
                (matrixOf(site.scores, head).array() > -1e300 || matrixOf(site.weights, head).array() == 0)
                    .all());
        }
    }

    void aTemperatureDividesTheScores() {
        BertNetwork<double> network(smallConfig());
        network.initialise(5);
        RunControl control;
        control.edits = {{HeadScope::one({Stack::encoder, 0, 1}), Temperature{2}},
                         {HeadScope::one({Stack::encoder, 0, 2}), ScoreScale{1}}};
        const auto whole = network.run(input, {}, {});
        const auto edited = network.run(input, {}, control);
        const auto& before = *whole.stacks.front().sites.front();
        const auto& after = *edited.stacks.front().sites.front();
        QVERIFY(matrixOf(after.weights, 0) == matrixOf(before.weights, 0));
        QVERIFY((matrixOf(after.scores, 1) * 2 - matrixOf(before.scores, 1)).cwiseAbs().maxCoeff() < 1e-14);
        QVERIFY(
            (matrixOf(after.scores, 2) / std::sqrt(6.0) - matrixOf(before.scores, 2)).cwiseAbs().maxCoeff() <
            1e-14);
    }

    void aCausalMaskHidesWhatComesLater() {
        BertNetwork<float> network(smallConfig());
        network.initialise(5);
        RunControl control;
        control.edits = {{HeadScope::all(), MaskChoice{MaskKind::causal}}};
        const auto first = network.run(input, {}, control);
        ModelInput other = input;
        constexpr Index changed = 4;
        other.ids[changed] = 31;
        const auto second = network.run(other, {}, control);
        const auto one = matrixOf(*first.logits), two = matrixOf(*second.logits);
        QVERIFY(one.topRows(changed) == two.topRows(changed));
        QVERIFY(one.row(changed) != two.row(changed));
        const auto open = network.run(other, {}, {});
        QVERIFY(matrixOf(*network.run(input, {}, {}).logits).row(0) != matrixOf(*open.logits).row(0));
    }

    void maskedCellsAreExactlyZero() {
        BertNetwork<float> network(smallConfig());
        network.initialise(5);
        RunControl control;
        const HeadAddress head{Stack::encoder, 1, 2};
        control.edits = {
            {HeadScope::one(head), BlockedCell{EditToken::at(1), EditToken::at(3)}},
            {HeadScope::one(head), BlockedCell{EditToken::at(1), EditToken::at(0)}},
            {HeadScope::one({Stack::encoder, 1, 3}), MaskChoice{MaskKind::local, 1}},
        };
        for (int key = 0; key < 7; ++key) // a row with nothing left to look at
            control.edits.push_back(
                {HeadScope::one(head), BlockedCell{EditToken::at(6), EditToken::at(key)}});
        const auto site = network.run(input, {}, control).stacks.front().sites[1];
        QVERIFY(site->weights.at(2, 1, 3) == 0 && site->weights.at(2, 1, 0) == 0);
        QVERIFY(site->weights.at(2, 1, 2) > 0 && site->weights.at(2, 2, 3) > 0 &&
                site->weights.at(1, 1, 3) > 0);
        QVERIFY((matrixOf(site->weights, 2).row(6).array() == 0).all());
        QVERIFY((matrixOf(site->context, 2).row(6).array() == 0).all());
        for (Index i = 0; i < 7; ++i)
            for (Index j = 0; j < 7; ++j)
                QCOMPARE(site->weights.at(3, i, j) == 0, std::abs(i - j) > 1);
    }

    void hardWeightsAreOneKeyAndDrawsFollowTheSeed() {
        BertNetwork<float> network(smallConfig());
        network.initialise(5);
        const auto weightsWith = [&](const NormaliserChoice& choice) {
            RunControl control;
            control.edits = {{HeadScope::all(), choice}};
            const auto site = network.run(input, {}, control).stacks.front().sites.front();
            return std::vector<float>(site->weights.values().begin(), site->weights.values().end());
        };
        for (const NormaliserChoice& choice :
             {NormaliserChoice{NormaliserKind::hard}, NormaliserChoice{NormaliserKind::sampled, 3}}) {
            const std::vector<float> weights = weightsWith(choice);
            QCOMPARE(std::count(weights.begin(), weights.end(), 1.0F), std::ptrdiff_t{4 * 7});
            QCOMPARE(std::count(weights.begin(), weights.end(), 0.0F), std::ptrdiff_t{4 * 7 * 6});
            QVERIFY(weights == weightsWith(choice));
        }
        const auto drawn = weightsWith({NormaliserKind::sampled, 3});
        QVERIFY(drawn != weightsWith({NormaliserKind::sampled, 4}));
        // Heads draw different numbers from one seed: their rows are not all alike.
        QVERIFY(!std::equal(drawn.begin(), drawn.begin() + 49, drawn.begin() + 49) ||
                !std::equal(drawn.begin(), drawn.begin() + 49, drawn.begin() + 98));
    }

    void anchorsAreResolvedAndWhatIsGoneIsLeftOut() {
        std::vector<Token> tokens(4);
        tokens[1].bytes = {0, 2};
        tokens[2].bytes = {3, 9};
        const std::vector<StackHeads> heads{{Stack::encoder, 2, 4}};
        const EditToken it{TokenAnchor{0, {0, 2}, {}}, "it", -1};
        const EditToken word{TokenAnchor{0, {3, 9}, {}}, "animal", -1};
        const EditToken last{TokenAnchor{0, {}, 1}, "[SEP]", -1};
        const EditToken gone{std::nullopt, "street", -1};
        const Edits edits{{HeadScope::all(), BlockedCell{it, word}},
                          {HeadScope::all(), BlockedCell{it, gone}},
                          {HeadScope::one({Stack::encoder, 1, 4}), Temperature{2}},
                          {HeadScope::all(), BlockedCell{last, it}}};
        const ResolvedEdits resolved = resolve(edits, tokens, heads);
        QCOMPARE(resolved.edits.size(), size_t{2});
        const auto& first = std::get<BlockedCell>(resolved.edits[0].what);
        QVERIFY(first.query.index == 1 && first.key.index == 2);
        QCOMPARE(std::get<BlockedCell>(resolved.edits[1].what).query.index, 3);
        QCOMPARE(resolved.unused.size(), size_t{2});
        QVERIFY(resolved.unused[0].index == 1 &&
                resolved.unused[0].reason.find("street") != std::string::npos);
        QVERIFY(resolved.unused[1].reason.find("2 layers of 4 heads") != std::string::npos);
        QVERIFY(isDormant(edits[1]) && !isDormant(edits[0]));
    }

    void tokensThatAreNotThereAreRefused() {
        BertNetwork<float> network(smallConfig());
        for (const int index : {-1, 7}) {
            RunControl control;
            control.edits = {{HeadScope::all(), BlockedCell{EditToken::at(0), EditToken::at(index)}}};
            QVERIFY_THROWS_EXCEPTION(RequestError, network.run(input, {}, control));
        }
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
