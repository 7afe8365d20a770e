#include "engine/core/errors.h"
#include "engine/core/random.h"
#include "engine/metrics/clustering.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace headlight;

namespace {
Tensor<float> lineOf(const std::vector<float>& places) {
    const auto n = static_cast<int64_t>(places.size());
    Tensor<float> distances({n, n});
    for (int64_t a = 0; a < n; ++a)
        for (int64_t b = 0; b < n; ++b)
            distances.at(a, b) = std::abs(places[static_cast<size_t>(a)] - places[static_cast<size_t>(b)]);
    return distances;
}

/// The definition itself: the mean distance between all items of two clusters, looked up afresh each time.
ClusterTree byDefinition(const Tensor<float>& distances) {
    struct Cluster {
        int id;
        std::vector<int> items;
    };
    std::vector<Cluster> clusters;
    const auto n = static_cast<int>(distances.dimension(0));
    for (int i = 0; i < n; ++i)
        clusters.push_back({i, {i}});
    ClusterTree tree;
    while (clusters.size() > 1) {
        size_t first = 0, second = 0;
        double nearest = std::numeric_limits<double>::infinity();
        for (size_t a = 0; a < clusters.size(); ++a)
            for (size_t b = a + 1; b < clusters.size(); ++b) {
                double sum = 0;
                for (const int i : clusters[a].items)
                    for (const int j : clusters[b].items)
                        sum += static_cast<double>(distances.at(std::min(i, j), std::max(i, j)));
                sum /= static_cast<double>(clusters[a].items.size() * clusters[b].items.size());
                if (sum < nearest) {
                    nearest = sum;
                    first = a;
                    second = b;
                }
            }
        Cluster& kept = clusters[first];
        const Cluster& gone = clusters[second];
        kept.items.insert(kept.items.end(), gone.items.begin(), gone.items.end());
        tree.merges.push_back({kept.id, gone.id, nearest, static_cast<int>(kept.items.size())});
        kept.id = n + static_cast<int>(tree.merges.size()) - 1;
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(second));
    }
    tree.order = clusters.front().items;
    return tree;
}
} // namespace

class ClusteringTest : public QObject {
    Q_OBJECT

private slots:
    /// 0, 1 | 5, 7: (0 1) at 1, (5 7) at 2, both at the mean of 5, 7, 4, 6.
    void fourPointsOnALine() {
        const ClusterTree tree = averageLinkage(lineOf({0, 5, 1, 7}));
        QCOMPARE(tree.merges.size(), size_t{3});
        QVERIFY((tree.merges[0] == ClusterMerge{0, 2, 1, 2}));
        QVERIFY((tree.merges[1] == ClusterMerge{1, 3, 2, 2}));
        QVERIFY((tree.merges[2] == ClusterMerge{4, 5, 5.5, 4}));
        QVERIFY((tree.order == std::vector<int>{0, 2, 1, 3}));
    }

    void tiesGoToTheSmallerNumbers() {
        const ClusterTree tree = averageLinkage(lineOf({0, 1, 2, 3}));
        QVERIFY((tree.merges[0] == ClusterMerge{0, 1, 1, 2}));
        QVERIFY((tree.merges[1] == ClusterMerge{2, 3, 1, 2}));
    }

    void agreesWithTheDefinition() {
        for (uint64_t seed = 1; seed <= 20; ++seed) {
            Random random(seed);
            const auto n = static_cast<int64_t>(2 + random.below(25));
            Tensor<float> distances({n, n});
            for (int64_t a = 0; a < n; ++a)
                for (int64_t b = a + 1; b < n; ++b)
                    distances.at(a, b) = static_cast<float>(random.uniform());
            const ClusterTree tree = averageLinkage(distances), wanted = byDefinition(distances);
            QVERIFY(tree.order == wanted.order);
            for (size_t i = 0; i < wanted.merges.size(); ++i) {
                QCOMPARE(tree.merges[i].first, wanted.merges[i].first);
                QCOMPARE(tree.merges[i].second, wanted.merges[i].second);
                QCOMPARE(tree.merges[i].size, wanted.merges[i].size);
                QVERIFY(std::abs(tree.merges[i].height - wanted.merges[i].height) < 1e-9);
                QVERIFY(i == 0 || tree.merges[i].height >= tree.merges[i - 1].height - 1e-9);
            }
            std::vector<int> sorted = tree.order;
            std::sort(sorted.begin(), sorted.end());
            for (int i = 0; i < n; ++i)
                QCOMPARE(sorted[static_cast<size_t>(i)], i);
        }
    }

    void fewItems() {
        QVERIFY(averageLinkage(Tensor<float>({0, 0})).order.empty());
        const ClusterTree one = averageLinkage(Tensor<float>({1, 1}));
        QVERIFY(one.merges.empty() && one.order == std::vector<int>{0});
    }

    void badInputIsRefused() {
        QVERIFY_EXCEPTION_THROWN(averageLinkage(Tensor<float>({2, 3})), RequestError);
        QVERIFY_EXCEPTION_THROWN(averageLinkage(Tensor<float>({2, 2}, {0, NAN, 0, 0})), RequestError);
    }
};

QTEST_APPLESS_MAIN(ClusteringTest)
#include "clustering_test.moc"
