#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/edits/painted_row.h"
#include "engine/edits/resolve.h"
#include "engine/models/bert_network.h"
#include "engine/models/registry.h"
#include "tests/support/compare.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace headlight;
using namespace headlight::testing;

namespace {
constexpr Index n = 7, heads = 4, width = 6;
constexpr double infinity = std::numeric_limits<double>::infinity();
const ModelInput input{{2, 17, 44, 9, 23, 17, 3}, {}};

BertConfig smallConfig() {
    BertConfig config;
    config.vocabularySize = 50;
    config.width = heads * width;
    config.layers = 3;
    config.heads = heads;
    config.feedForward = 40;
    config.maximumPositions = 32;
    return config;
}

/// Scores of a network that has just been drawn are all near 0; these are not.
const BertNetwork<double>& network() {
    static const auto made = [] {
        auto network = std::make_unique<BertNetwork<double>>(smallConfig());
        network->initialise(5);
        for (Parameter<double>* one : network->parameters())
            if (one->name.find("attention.self") != std::string::npos)
                one->value *= 20;
        return network;
    }();
    return *made;
}

BasicRecording<double> runWith(const Edits& edits) {
    RunControl control;
    control.edits = edits;
    RecordPlan plan;
    plan.details = DetailChoice::ofAll();
    return network().run(input, plan, control);
}

const BasicSiteRecord<double>& site(const BasicRecording<double>& recording, size_t layer) {
    return *recording.stacks.front().sites[layer];
}

HeadScope one(int layer, int head) {
    return HeadScope::one({Stack::encoder, layer, head});
}

PaintedWeight weight(int query, int key, WeightPaint paint, double value, bool renormalise = false) {
    return {EditToken::at(query), EditToken::at(key), paint, value, renormalise};
}
PaintedScore score(int query, int key, ScorePaint paint, double value) {
    return {EditToken::at(query), EditToken::at(key), paint, value};
}

/// Scaled scores of a recorded head, from its queries and keys, in plain loops.
Matrix<double> plainScores(const BasicSiteRecord<double>& from, Index head) {
    Matrix<double> scores = Matrix<double>::Zero(n, n);
    for (Index i = 0; i < n; ++i)
        for (Index j = 0; j < n; ++j) {
            for (Index c = 0; c < width; ++c)
                scores(i, j) += from.queries.at(head, i, c) * from.keys.at(head, j, c);
            scores(i, j) /= std::sqrt(static_cast<double>(width));
        }
    return scores;
}

Matrix<double> plainSoftmax(const Matrix<double>& scores) {
    Matrix<double> weights = Matrix<double>::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
        double sum = 0;
        for (Index j = 0; j < n; ++j)
            sum += std::exp(scores(i, j));
        for (Index j = 0; sum > 0 && j < n; ++j)
            weights(i, j) = std::exp(scores(i, j)) / sum;
    }
    return weights;
}

Matrix<double> plainContext(const Matrix<double>& weights, const BasicSiteRecord<double>& from, Index head) {
    Matrix<double> context = Matrix<double>::Zero(n, width);
    for (Index i = 0; i < n; ++i)
        for (Index j = 0; j < n; ++j)
            for (Index c = 0; c < width; ++c)
                context(i, c) += weights(i, j) * from.values.at(head, j, c);
    return context;
}

double difference(const Matrix<double>& one, const Matrix<double>& other) {
    double largest = 0;
    for (Index i = 0; i < one.size(); ++i)
        if (one.data()[i] != other.data()[i])
            largest = std::max(largest, std::abs(one.data()[i] - other.data()[i]));
    return largest;
}

bool sameLogits(const BasicRecording<double>& a, const BasicRecording<double>& b) {
    return std::ranges::equal(a.logits->values(), b.logits->values());
}

std::vector<double> painted(std::vector<double> row, const std::vector<PaintedWeight>& cells) {
    std::vector<const PaintedWeight*> pointers;
    for (const PaintedWeight& cell : cells)
        pointers.push_back(&cell);
    paintRow<double>(pointers, row);
    return row;
}

/// Each of the new kinds, in one head of layer 0.
std::vector<EditKind> newKinds() {
    return {SwitchOff{OffContext::sentenceMean}, HiddenToken{EditToken::at(3)},
            score(2, 4, ScorePaint::set, 3),     score(2, 4, ScorePaint::add, -10000),
            score(2, 4, ScorePaint::set, 10000), BorrowedPattern{{Stack::encoder, 0, 3}},
            weight(2, 4, WeightPaint::set, 0),   weight(2, 4, WeightPaint::set, 0.75, true),
            weight(2, 4, WeightPaint::scale, 2), weight(2, 4, WeightPaint::set, 1000, true)};
}
} // namespace

class CellEditsTest : public QObject {
    Q_OBJECT
private slots:
    void rowsArePaintedAsStated() {
        const std::vector<double> row{0.5, 0.25, 0.25, 0};
        using Row = std::vector<double>;
        QCOMPARE(painted(row, {}), row);
        QCOMPARE(painted(row, {weight(0, 0, WeightPaint::set, 0)}), (Row{0, 0.25, 0.25, 0}));
        QCOMPARE(painted(row, {weight(0, 1, WeightPaint::scale, 3)}), (Row{0.5, 0.75, 0.25, 0}));
        QCOMPARE(painted(row, {weight(0, 3, WeightPaint::set, 1)}), (Row{0.5, 0.25, 0.25, 1}));
        // The others share what is left.
        QCOMPARE(painted(row, {weight(0, 0, WeightPaint::set, 0, true)}), (Row{0, 0.5, 0.5, 0}));
        QCOMPARE(painted(row, {weight(0, 0, WeightPaint::set, 0.75, true)}), (Row{0.75, 0.125, 0.125, 0}));
        QCOMPARE(painted(row, {weight(0, 3, WeightPaint::set, 1, true)}), (Row{0, 0, 0, 1}));
        QCOMPARE(
            painted(row, {weight(0, 0, WeightPaint::set, 0.25, true), weight(0, 3, WeightPaint::set, 0.25)}),
            (Row{0.25, 0.25, 0.25, 0.25}));
        // More than 1 is painted, or nothing else is there: divided by the sum.
        QCOMPARE(painted(row, {weight(0, 0, WeightPaint::set, 1.5, true)}), (Row{0.75, 0.125, 0.125, 0}));
        QCOMPARE(painted({0, 0}, {weight(0, 0, WeightPaint::set, 0.25, true)}), (Row{1, 0}));
        QCOMPARE(painted({1, 0}, {weight(0, 0, WeightPaint::set, 0, true)}), (Row{0, 0}));
    }

    void aPaintedScoreGoesThroughTheSoftmax() {
        const auto plain = runWith({});
        const auto edited = runWith(
            {{one(0, 1), score(2, 4, ScorePaint::set, 3)}, {one(0, 1), score(5, 0, ScorePaint::add, -1.5)}});
        Matrix<double> scores = plainScores(site(plain, 0), 1);
        QVERIFY(difference(scores, matrixOf(site(plain, 0).scores, 1)) < 1e-12); // the reimplementation holds
        scores(2, 4) = 3;
        scores(5, 0) -= 1.5;
        const Matrix<double> weights = plainSoftmax(scores);
        QVERIFY(difference(scores, matrixOf(site(edited, 0).scores, 1)) < 1e-12);
        QVERIFY(difference(weights, matrixOf(site(edited, 0).weights, 1)) < 1e-14);
        QVERIFY(difference(plainContext(weights, site(plain, 0), 1), matrixOf(site(edited, 0).context, 1)) <
                1e-14);
        QVERIFY(matrixOf(site(edited, 0).weights, 2) == matrixOf(site(plain, 0).weights, 2));
        QVERIFY(!sameLogits(plain, edited));
    }

    void aPaintedScoreComesAfterTheTemperatureAndDoesNotUnmask() {
        const auto edited = runWith({{one(0, 1), score(2, 4, ScorePaint::set, 3)},
                                     {one(0, 1), score(3, 5, ScorePaint::set, 3)},
                                     {one(0, 1), Temperature{2}},
                                     {HeadScope::all(), BlockedCell{EditToken::at(3), EditToken::at(5)}}});
        QCOMPARE(site(edited, 0).scores.at(1, 2, 4), 3.0);
        QCOMPARE(site(edited, 0).scores.at(1, 3, 5), -infinity);
        QCOMPARE(site(edited, 0).weights.at(1, 3, 5), 0.0);
        const auto causal = runWith(
            {{one(0, 1), score(2, 4, ScorePaint::set, 3)}, {HeadScope::all(), MaskChoice{MaskKind::causal}}});
        QCOMPARE(site(causal, 0).scores.at(1, 2, 4), -infinity);
    }

    void aPaintedWeightIsTheOneThatIsUsed() {
        const auto plain = runWith({});
        for (const bool renormalise : {false, true}) {
            const auto edited = runWith({{one(0, 1), weight(2, 4, WeightPaint::set, 0.75, renormalise)}});
            Matrix<double> weights = plainSoftmax(plainScores(site(plain, 0), 1));
            if (renormalise) {
                const double rest = weights.row(2).sum() - weights(2, 4);
                weights.row(2) *= 0.25 / rest;
            }
            weights(2, 4) = 0.75;
            QVERIFY(difference(weights, matrixOf(site(edited, 0).weights, 1)) < 1e-14);
            QVERIFY(difference(plainContext(weights, site(plain, 0), 1),
                               matrixOf(site(edited, 0).context, 1)) < 1e-14);
            QVERIFY(matrixOf(site(edited, 0).scores, 1) == matrixOf(site(plain, 0).scores, 1));
            // The joined contexts, which the output projection reads, are these contexts.
            QVERIFY(Matrix<double>(matrixOf(site(edited, 0).detail->joined).middleCols(width, width)) ==
                    Matrix<double>(matrixOf(site(edited, 0).context, 1)));
            QVERIFY(!sameLogits(plain, edited));
        }
    }

    void narrowScopesPaintOverWideOnesCellByCell() {
        const auto edited = runWith({{one(0, 1), weight(2, 4, WeightPaint::set, 0.75)},
                                     {HeadScope::all(), weight(2, 4, WeightPaint::set, 0.5)},
                                     {HeadScope::all(), weight(2, 5, WeightPaint::set, 0.125)},
                                     {HeadScope::all(), weight(2, 5, WeightPaint::set, 0.25)}});
        const auto& weights = site(edited, 0).weights;
        QVERIFY(weights.at(1, 2, 4) == 0.75 && weights.at(1, 2, 5) == 0.25);
        QVERIFY(weights.at(0, 2, 4) == 0.5 && weights.at(0, 2, 5) == 0.25);
        // A weight that a mask made 0 can be painted as well.
        const auto masked = runWith(
            {{one(0, 1), HiddenToken{EditToken::at(4)}}, {one(0, 1), weight(2, 4, WeightPaint::set, 0.75)}});
        QVERIFY(site(masked, 0).weights.at(1, 2, 4) == 0.75 && site(masked, 0).weights.at(1, 3, 4) == 0);
    }

    void whatIsPaintedAsItWasGivesTheSameBits() {
        const auto model = loadModel(ModelFolder::open(std::string(HEADLIGHT_GOLDEN) + "/bert-mlm"));
        const ModelInput text{{2, 17, 44, 9, 23}, {}};
        const Recording plain = model->run(text, {}, {});
        const auto& weights = plain.stacks.front().sites[1]->weights;
        RunControl control;
        for (int key = 0; key < 5; ++key)
            control.edits.push_back(
                {HeadScope::one({Stack::encoder, 1, 1}),
                 weight(3, key, WeightPaint::set, static_cast<double>(weights.at(1, 3, key)))});
        control.edits.push_back(
            {HeadScope::one({Stack::encoder, 1, 0}), BorrowedPattern{{Stack::encoder, 1, 0}}}); // from itself
        QVERIFY(std::ranges::equal(plain.logits->values(), model->run(text, {}, control).logits->values()));
        control.edits.push_back({HeadScope::one({Stack::encoder, 1, 1}), weight(3, 0, WeightPaint::set, 0)});
        QVERIFY(!std::ranges::equal(plain.logits->values(), model->run(text, {}, control).logits->values()));
    }

    void aHiddenTokenIsSeenByNoQuery() {
        const auto plain = runWith({});
        const auto everywhere = runWith({{HeadScope::all(), HiddenToken{EditToken::at(3)}}});
        for (size_t layer = 0; layer < 3; ++layer)
            for (Index head = 0; head < heads; ++head)
                QVERIFY((matrixOf(site(everywhere, layer).weights, head).col(3).array() == 0).all());
        const auto inOne =
            runWith({{one(0, 1), HiddenToken{EditToken::at(3)}}, {one(0, 1), HiddenToken{EditToken::at(5)}}});
        Matrix<double> scores = plainScores(site(plain, 0), 1);
        scores.col(3).setConstant(-infinity);
        scores.col(5).setConstant(-infinity);
        QVERIFY(difference(plainSoftmax(scores), matrixOf(site(inOne, 0).weights, 1)) < 1e-14);
        QVERIFY(matrixOf(site(inOne, 0).weights, 2) == matrixOf(site(plain, 0).weights, 2));
        Edits all; // nothing is left to look at
        for (int key = 0; key < n; ++key)
            all.push_back({one(0, 1), HiddenToken{EditToken::at(key)}});
        QVERIFY((matrixOf(site(runWith(all), 0).context, 1).array() == 0).all());
    }

    void aMeanAblatedHeadSaysTheSameOfEveryToken() {
        const auto plain = runWith({});
        const auto edited = runWith({{one(0, 1), SwitchOff{OffContext::sentenceMean}}});
        const Matrix<double> before =
            plainContext(plainSoftmax(plainScores(site(plain, 0), 1)), site(plain, 0), 1);
        for (Index row = 0; row < n; ++row)
            for (Index c = 0; c < width; ++c) {
                double mean = 0;
                for (Index i = 0; i < n; ++i)
                    mean += before(i, c) / static_cast<double>(n);
                QVERIFY(std::abs(site(edited, 0).context.at(1, row, c) - mean) < 1e-14);
            }
        QVERIFY(matrixOf(site(edited, 0).weights, 1) == matrixOf(site(plain, 0).weights, 1));
        QVERIFY(site(edited, 0).detail->switchedOff.empty());
        QVERIFY(!sameLogits(plain, edited) && !sameLogits(runWith({{one(0, 1), SwitchOff{}}}), edited));
        // The narrower choice counts, and painted weights come first.
        const auto both = runWith({{one(0, 1), SwitchOff{OffContext::zero}},
                                   {HeadScope::all(), SwitchOff{OffContext::sentenceMean}}});
        QVERIFY((matrixOf(site(both, 0).context, 1).array() == 0).all());
        QVERIFY(!(matrixOf(site(both, 0).context, 2).array() == 0).any());
        QVERIFY(!sameLogits(edited, runWith({{one(0, 1), SwitchOff{OffContext::sentenceMean}},
                                             {one(0, 1), weight(2, 4, WeightPaint::set, 1)}})));
    }

    void patternsAreBorrowed() {
        const auto plain = runWith({});
        // Of an earlier layer, as used there.
        const auto earlier = runWith({{one(2, 0), BorrowedPattern{{Stack::encoder, 0, 3}}},
                                      {one(0, 3), weight(2, 4, WeightPaint::set, 0.75)}});
        QVERIFY(matrixOf(site(earlier, 2).weights, 0) == matrixOf(site(earlier, 0).weights, 3));
        QVERIFY(site(earlier, 2).weights.at(0, 2, 4) == 0.75);
        QVERIFY(difference(plainContext(matrixOf(site(earlier, 0).weights, 3), site(earlier, 2), 0),
                           matrixOf(site(earlier, 2).context, 0)) < 1e-14);
        // Two heads of one layer are swapped, and the scores are still their own.
        const auto swapped = runWith({{one(0, 1), BorrowedPattern{{Stack::encoder, 0, 2}}},
                                      {one(0, 2), BorrowedPattern{{Stack::encoder, 0, 1}}}});
        QVERIFY(matrixOf(site(swapped, 0).weights, 1) == matrixOf(site(plain, 0).weights, 2));
        QVERIFY(matrixOf(site(swapped, 0).weights, 2) == matrixOf(site(plain, 0).weights, 1));
        QVERIFY(matrixOf(site(swapped, 0).scores, 1) == matrixOf(site(plain, 0).scores, 1));
        QVERIFY(matrixOf(site(swapped, 0).weights, 0) == matrixOf(site(plain, 0).weights, 0));
        QVERIFY(difference(plainContext(matrixOf(site(plain, 0).weights, 2), site(plain, 0), 1),
                           matrixOf(site(swapped, 0).context, 1)) < 1e-14);
        // What is painted in a borrowed pattern stays in this head.
        const auto paintedOver = runWith({{one(0, 1), BorrowedPattern{{Stack::encoder, 0, 2}}},
                                          {one(0, 1), weight(2, 4, WeightPaint::scale, 2)}});
        QCOMPARE(site(paintedOver, 0).weights.at(1, 2, 4), 2 * site(plain, 0).weights.at(2, 2, 4));
        QVERIFY(matrixOf(site(paintedOver, 0).weights, 2) == matrixOf(site(plain, 0).weights, 2));
        // A wide scope reaches the heads that come no earlier than the source.
        const auto wide = runWith({{HeadScope::all(), BorrowedPattern{{Stack::encoder, 1, 2}}}});
        QVERIFY(std::ranges::equal(site(wide, 0).weights.values(), site(plain, 0).weights.values()));
        for (const size_t layer : {size_t{1}, size_t{2}})
            for (Index head = 0; head < heads; ++head)
                QVERIFY(matrixOf(site(wide, layer).weights, head) == matrixOf(site(plain, 1).weights, 2));
    }

    void patternsThatCannotBeBorrowedAreRefused_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("expected");
        QTest::newRow("later") << "encoder.2.head.0"
                               << "encoder.2.head.0 is computed after encoder.1.head.1";
        QTest::newRow("no layer") << "encoder.3.head.0"
                                  << "this model has 3 layers of 4 heads";
        QTest::newRow("no head") << "encoder.0.head.4"
                                 << "this model has 3 layers of 4 heads";
        QTest::newRow("no stack") << "decoder.0.head.0"
                                  << "this model has no decoder stack";
    }
    void patternsThatCannotBeBorrowedAreRefused() {
        QFETCH(QString, from);
        QFETCH(QString, expected);
        const Edits edits{{one(1, 1), BorrowedPattern{*parseHeadAddress(from.toStdString())}}};
        try {
            runWith(edits);
            QFAIL("not refused");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(expected), error.what());
        }
        const ResolvedEdits resolved = resolve(edits, {}, {{Stack::encoder, 3, 4}});
        QVERIFY(resolved.edits.empty() && resolved.unused.size() == 1);
        QVERIFY(QString::fromStdString(resolved.unused.front().reason).contains(expected));
    }

    void tokensThatAreNotThereAreRefused() {
        for (const EditKind& what :
             {EditKind(HiddenToken{EditToken::at(n)}), EditKind(score(0, n, ScorePaint::set, 0)),
              EditKind(weight(n, 0, WeightPaint::set, 0))})
            QVERIFY_THROWS_EXCEPTION(RequestError, runWith({{one(0, 0), what}}));
    }

    void everyKindLeavesFiniteNumbersAndAnEffect() {
        const auto plain = runWith({});
        Edits together;
        for (const EditKind& what : newKinds()) {
            for (const HeadScope& scope : {one(0, 1), HeadScope::all()}) {
                const auto edited = runWith({{scope, what}});
                QVERIFY(!sameLogits(plain, edited));
                for (const double logit : edited.logits->values())
                    QVERIFY(std::isfinite(logit));
            }
            together.push_back({HeadScope::all(), what});
        }
        const auto edited = runWith(together);
        for (const double logit : edited.logits->values())
            QVERIFY(std::isfinite(logit));
    }
};

QTEST_APPLESS_MAIN(CellEditsTest)
#include "cell_edits_test.moc"
