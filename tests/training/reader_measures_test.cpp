#include "engine/core/errors.h"
#include "engine/edits/site_edits.h"
#include "engine/training/bigram.h"
#include "engine/training/head_deletion.h"
#include "engine/training/reader_figures.h"
#include "engine/training/sequence_placer.h"
#include "engine/training/word_pieces.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace headlight;

namespace {
/// Answers 5 everywhere while head 1 of layer 0 is on, and one of two heads of layer 1 besides.
class DecidingModel final : public Model {
public:
    DecidingModel() {
        m_shape.stacks = {{Stack::encoder, 2, 2, 2, 4, 8}};
        m_shape.vocabularySize = 8;
        m_shape.maximumTokens = 32;
    }
    const ModelShape& shape() const override { return m_shape; }
    std::string backend() const override { return "fake"; }
    Recording run(const ModelInput& input, const RecordPlan&, const RunControl& control) const override {
        const auto off = [&](int layer, int head) {
            const SiteEdits site(control.edits, Stack::encoder, layer);
            return site.of(head).find<SwitchOff>() != nullptr;
        };
        const bool knows = !off(0, 1) && !(off(1, 0) && off(1, 1));
        auto logits = std::make_shared<Tensor<float>>(std::vector<int64_t>{std::ssize(input.ids), 8});
        for (int64_t i = 0; i < std::ssize(input.ids); ++i)
            logits->at(i, knows ? 5 : 6) = 1;
        Recording recording;
        recording.logits = logits;
        return recording;
    }

private:
    ModelShape m_shape;
};
} // namespace

class ReaderMeasuresTest : public QObject {
    Q_OBJECT
private slots:
    void bigramsGuessTheMostFrequentFollower() {
        Bigram bigram;
        QCOMPARE(bigram.guess(1), -1);
        bigram.count(0, std::vector<int>{3, 4, 3, 4, 3, 5});
        QCOMPARE(bigram.guess(3), 4);
        QCOMPARE(bigram.guess(4), 3);
        QCOMPARE(bigram.guess(0), 3);
        QCOMPARE(bigram.guess(9), 3); // never seen: the most frequent of all
        bigram.count(3, std::vector<int>{5});
        QCOMPARE(bigram.guess(3), 4); // a tie goes to the smaller id
    }

    void wordsAreCountedAsTheTokenizerSplitsThem() {
        WordCounts counts;
        countWords("Don't say \"Tom's CAT2\" or caf\u00e9, Tom!", counts);
        QCOMPARE(counts, (WordCounts{{"don", 1}, {"t", 1}, {"say", 1}, {"tom", 2}, {"s", 1}, {"or", 1}}));
    }

    void piecesAreTheMostFrequentNeighbours() {
        const WordCounts words{{"low", 5}, {"lower", 2}, {"newest", 6}, {"widest", 3}};
        const std::vector<std::string> pieces = learnPieces(words, {}, 4, 6);
        QCOMPARE(pieces, (std::vector<std::string>{"##es", "##est", "##ow", "low"}));
        QCOMPARE(learnPieces(words, {"##es"}, 2, 6), (std::vector<std::string>{"##est", "##ow"}));
        for (const std::string& piece : learnPieces(words, {}, 100, 3))
            QVERIFY(piece.size() <= (piece.starts_with("##") ? 5U : 3U));
    }

    void positionsHaveFourParts() {
        for (const auto& [position, part] :
             {std::pair{0, 0U}, {15, 0U}, {16, 1U}, {31, 1U}, {32, 2U}, {63, 2U}, {64, 3U}, {127, 3U}})
            QCOMPARE(positionPart(position), size_t(part));
    }

    void sentencesArePlacedWhereTheyAreWanted() {
        const SequencePlacer placer(2, 3, 128);
        const std::vector<int> sentence{10, 11, 12, 13, 14};
        QCOMPARE(placer.alone(sentence).ids, (std::vector<int>{2, 10, 11, 12, 13, 14, 3}));
        Random random(1);
        const auto others = [&] { return std::vector<int>(3 + random.below(9), 20); };
        std::set<int> positions;
        for (int i = 0; i < 400; ++i) {
            const size_t part = 1 + random.below(3);
            const bool separated = random.chance(0.5);
            const auto placed = placer.behind(sentence, 2, part, separated, others, random);
            QVERIFY(placed);
            QVERIFY(placed->ids.size() <= 128);
            QCOMPARE(placed->ids[static_cast<size_t>(placed->begin) + 2], 12);
            QCOMPARE(placed->ids.back(), 3);
            QCOMPARE(placed->ids[static_cast<size_t>(placed->begin) - 1], separated ? 3 : 20);
            QCOMPARE(positionPart(placed->begin + 2), part);
            positions.insert(placed->begin + 2);
        }
        QVERIFY(*positions.begin() < 20 && *positions.rbegin() > 118 && positions.size() > 60);
        QVERIFY(!placer.behind(std::vector<int>(125, 7), 100, 1, true, others,
                               random)); // it stands later already
    }

    void headSetsAreAllDifferent() {
        const StackShape stack{Stack::encoder, 3, 4, 4, 32, 128};
        QCOMPARE(headSets(stack, 1).size(), size_t(12));
        QCOMPARE(headSets(stack, 2).size(), size_t(66));
        QCOMPARE(headSets(stack, 3).size(), size_t(220));
    }

    void deletionsAreComparedWithAllOtherSets() {
        const DecidingModel model;
        const std::vector<AskedSequence> sequences{{{1, 2, 3}, {{1, 5}}}, {{1, 2}, {{0, 5}, {1, 4}}}};
        QCOMPARE(accuracyWithout(model, sequences, {}), 2.0 / 3);
        const HeadAddress deciding{Stack::encoder, 0, 1}, left{Stack::encoder, 1, 0},
            right{Stack::encoder, 1, 1}, idle{Stack::encoder, 0, 0};
        const std::vector<DeletionFigures> figures =
            deleteHeads(model, sequences, {deciding, left, right, idle});
        QCOMPARE(figures.size(), size_t(3));
        QCOMPARE(figures[0].heads, std::vector<HeadAddress>{deciding});
        QCOMPARE(figures[0].drop, 2.0 / 3);
        QCOMPARE(figures[0].others, 3);
        QCOMPARE(figures[0].othersMeanDrop, 0.0);
        // Of the five other pairs, two have the deciding head and one both heads of layer 1.
        QCOMPARE(figures[1].others, 5);
        QCOMPARE(figures[1].othersMeanDrop, 2.0 / 3 * 3 / 5);
        QCOMPARE(figures[1].othersWorstDrop, 2.0 / 3);
        QCOMPARE(figures[1].apart, 1);
        QCOMPARE(figures[1].apartMeanDrop, 0.0);
        QVERIFY(std::find(figures[1].worst.begin(), figures[1].worst.end(), idle) != figures[1].worst.end());
        JobControl control;
        std::stop_source stop;
        stop.request_stop();
        control.stop = stop.get_token();
        QVERIFY_THROWS_EXCEPTION(Cancelled, deleteHeads(model, sequences, {deciding}, control));
    }
};

QTEST_APPLESS_MAIN(ReaderMeasuresTest)
#include "reader_measures_test.moc"
