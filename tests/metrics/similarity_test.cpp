#include "engine/core/errors.h"
#include "engine/core/random.h"
#include "engine/metrics/similarity.h"
#include "tests/metrics/hand_made.h"

#include <QTest>

#include <cmath>

using namespace headlight;
using namespace headlight::testing;

namespace {
HeadAddress at(int layer, int head) {
    return {Stack::encoder, layer, head};
}
HeadPattern patternOf(const Trace& trace, int layer, int head) {
    return *HeadPattern::of(trace, at(layer, head));
}

/// Rows that sum to 1 up to rounding, from flat to spiked; some cells are 0.
Pattern randomRows(uint64_t seed, int keys, double spikes) {
    std::vector<double> cells;
    Random random(seed);
    for (int query = 0; query < keys; ++query) {
        double sum = 0;
        for (int key = 0; key < keys; ++key) {
            cells.push_back(random.chance(0.1) ? 0 : std::exp(spikes * random.normal()));
            sum += cells.back();
        }
        for (size_t i = cells.size() - static_cast<size_t>(keys); i < cells.size(); ++i)
            cells[i] /= sum;
    }
    return [cells, keys](int query, int key) { return cells[static_cast<size_t>(query * keys + key)]; };
}

std::vector<std::string> words(int count) {
    return std::vector<std::string>(static_cast<size_t>(count), "a");
}
} // namespace

class SimilarityTest : public QObject {
    Q_OBJECT

private slots:
    void closedForms() {
        const std::vector<float> left{1, 0}, right{0, 1}, half{0.5F, 0.5F}, none{0, 0}, three{1, 0, 0};
        QCOMPARE(*rowDivergence(left, right), 1.0);
        QCOMPARE(*rowDivergence(left, left), 0.0);
        QCOMPARE(*rowDivergence(half, half), 0.0);
        // H(3/4, 1/4) - 1/2
        const double known = -(0.75 * std::log2(0.75) + 0.25 * std::log2(0.25)) - 0.5;
        QVERIFY(std::abs(*rowDivergence(left, half) - known) < 1e-12);
        QCOMPARE(*rowDivergence(left, half), *rowDivergence(half, left));
        QVERIFY(!rowDivergence(left, none) && !rowDivergence(left, three));
        const std::vector<float> twice{2, 0};
        QCOMPARE(*rowDivergence(twice, left), 0.0); // shares of the row's sum
        QCOMPARE(distanceOf(0.25), 0.5);
    }

    void rowsAndTheirMean() {
        const Pattern halfway = [](int query, int key) {
            return query == 0 ? key == 0 : key == 0 ? 1.0 : 0.0;
        };
        const Trace trace = handMade(words(2), {{testing::diagonal(), halfway, testing::nothing()}});
        const HeadDivergence divergence = divergenceOf(patternOf(trace, 0, 0), patternOf(trace, 0, 1));
        QCOMPARE(*divergence.rows[0], 0.0);
        QCOMPARE(*divergence.rows[1], 1.0);
        QCOMPARE(*divergence.mean, 0.5);
        const HeadDivergence empty = divergenceOf(patternOf(trace, 0, 0), patternOf(trace, 0, 2));
        QVERIFY(!empty.mean && !empty.rows[0]);
        const Trace longer = handMade(words(3), {{testing::diagonal()}});
        QVERIFY_EXCEPTION_THROWN(divergenceOf(patternOf(trace, 0, 0), patternOf(longer, 0, 0)), RequestError);
    }

    /// The fast float matrix against the double formula, row by row; with numbers of keys around the width of
    /// its blocks.
    void matrixAgreesWithRows() {
        for (const int keys : {1, 5, 16, 17, 40}) {
            std::vector<Pattern> heads;
            for (uint64_t seed = 1; seed <= 6; ++seed)
                heads.push_back(randomRows(seed, keys, static_cast<double>(seed)));
            heads.push_back(testing::diagonal());
            heads.push_back([](int query, int key) { return query == key ? 1 - 1e-4 : key == 0 ? 1e-4 : 0; });
            const Trace trace = handMade(words(keys), {heads});
            const HeadSimilarity matrix = similarityOf(trace, Stack::encoder);
            QCOMPARE(matrix.heads.size(), heads.size());
            double largest = 0;
            for (int a = 0; a < static_cast<int>(heads.size()); ++a)
                for (int b = 0; b < static_cast<int>(heads.size()); ++b) {
                    const HeadDivergence exact = divergenceOf(patternOf(trace, 0, a), patternOf(trace, 0, b));
                    const auto fast = static_cast<double>(matrix.divergence.at(a, b));
                    if (a == b)
                        QCOMPARE(fast, 0.0);
                    QCOMPARE(matrix.divergence.at(a, b), matrix.divergence.at(b, a));
                    if (exact.mean)
                        largest = std::max(largest, std::abs(fast - *exact.mean));
                }
            QVERIFY2(largest < 2e-6, qPrintable(QString("%1 keys: %2").arg(keys).arg(largest)));
        }
    }

    /// Rows that look at nothing or do not sum to 1 (edits make them) take another way to the same numbers.
    void matrixAgreesWithRowsThatWereEdited() {
        const Pattern base = randomRows(3, 9, 1);
        const Pattern gaps = [base](int q, int k) { return q == 4 ? 0.0 : base(q, k); };
        const Pattern doubled = [base](int q, int k) { return (q == 2 ? 2.0 : 1.0) * base(q, k); };
        const Trace trace = handMade(words(9), {{base, gaps}, {doubled, randomRows(4, 9, 2)}});
        const HeadSimilarity matrix = similarityOf(trace, Stack::encoder);
        QVERIFY(matrix.divergence.at(0, 1) < 1e-6F);
        QVERIFY(matrix.divergence.at(0, 2) < 1e-6F);
        for (int a = 0; a < 4; ++a)
            for (int b = 0; b < 4; ++b) {
                const HeadDivergence exact =
                    divergenceOf(patternOf(trace, a / 2, a % 2), patternOf(trace, b / 2, b % 2));
                QVERIFY(std::abs(static_cast<double>(matrix.divergence.at(a, b)) - *exact.mean) < 2e-6);
            }
    }

    /// Two heads that are copies of each other are exactly 0 apart, whatever the rounding.
    void copiesAreNoDistanceApart() {
        const Pattern base = randomRows(8, 33, 3);
        const HeadSimilarity matrix = similarityOf(handMade(words(33), {{base, base}}), Stack::encoder);
        QCOMPARE(matrix.divergence.at(0, 1), 0.0F);
        QCOMPARE(matrix.distances().at(0, 1), 0.0F);
    }

    void mostSimilarHead() {
        const Trace trace = handMade(
            words(4), {{testing::diagonal(), testing::uniform(4)},
                       {testing::firstToken(), [](int q, int k) { return q == k ? 0.9 : 0.1 / 3; }}});
        const HeadSimilarity matrix = similarityOf(trace, Stack::encoder);
        QCOMPARE(toString(*matrix.mostSimilar(at(0, 0))), std::string("encoder.1.head.1"));
        QCOMPARE(toString(*matrix.mostSimilar(at(1, 1))), std::string("encoder.0.head.0"));
        QVERIFY(!matrix.mostSimilar(at(2, 0)));
        const Trace alone = handMade(words(2), {{testing::diagonal()}});
        QVERIFY(!similarityOf(alone, Stack::encoder).mostSimilar(at(0, 0)));
    }

    void theNearestHeadIsFound() {
        const auto uniform = testing::uniform(2);
        const auto nearly = [](int q, int k) { return q == 1 ? 0.5 : k == 0 ? 0.6 : 0.4; };
        const Trace trace =
            handMade(words(2), {{uniform, testing::firstToken()}, {nearly, testing::uniform(2)}});
        const auto nearest = nearestHead(trace, at(0, 0));
        QVERIFY(nearest && nearest->head == at(1, 1) && nearest->bits == 0);
        const auto other = nearestHead(trace, at(0, 1));
        QVERIFY(other && other->head == at(1, 0));
        QCOMPARE(other->bits,
                 *divergenceOf(*HeadPattern::of(trace, at(0, 1)), *HeadPattern::of(trace, at(1, 0))).mean);
        QVERIFY(!nearestHead(handMade(words(2), {{uniform}}), at(0, 0)));
        QVERIFY(!nearestHead(trace, at(2, 0)));
    }

    void overManyTexts() {
        SimilarityMean mean(Stack::encoder);
        QVERIFY(mean.mean().heads.empty());
        mean.add(handMade(words(2), {{testing::diagonal(), testing::diagonal()}}));
        // Rows 0 equal, row 1 without a common key: 1/2. The other text adds 0.
        mean.add(handMade(words(2), {{testing::diagonal(), testing::firstToken()}}));
        QCOMPARE(mean.texts(), 2);
        QCOMPARE(mean.mean().divergence.at(0, 1), 0.25F);
        QVERIFY_EXCEPTION_THROWN(mean.add(handMade(words(2), {{testing::diagonal()}})), RequestError);
        QCOMPARE(mean.texts(), 2);
        QVERIFY_EXCEPTION_THROWN(similarityOf(handMade(words(2), {}), Stack::encoder), RequestError);
        QVERIFY_EXCEPTION_THROWN(similarityOf(handMade(words(2), {{testing::diagonal()}}), Stack::decoder),
                                 RequestError);
    }
};

QTEST_APPLESS_MAIN(SimilarityTest)
#include "similarity_test.moc"
