#include "engine/metrics/clustering.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace headlight {

namespace {
/// The clusters that are left while a tree grows. A place holds one cluster; the cluster that two of them
/// make takes the lower place.
class Agglomeration {
public:
    explicit Agglomeration(const Tensor<float>& distances)
        : m_count(static_cast<size_t>(distances.dimension(0))), m_distances(m_count * m_count),
          m_nearest(m_count), m_clusters(m_count) {
        for (size_t a = 0; a < m_count; ++a) {
            m_clusters[a] = {static_cast<int>(a), {static_cast<int>(a)}, true};
            for (size_t b = a + 1; b < m_count; ++b)
                setDistance(a, b, static_cast<double>(distances.at(a, b)));
        }
        for (size_t place = 0; place < m_count; ++place)
            findNearest(place);
    }

    ClusterTree grow() {
        ClusterTree tree;
        for (size_t step = 1; step < m_count; ++step)
            tree.merges.push_back(merge(static_cast<int>(m_count + step - 1)));
        if (m_count > 0)
            tree.order = m_clusters[0].items;
        return tree;
    }

private:
    struct Cluster {
        int id = 0;
        std::vector<int> items;
        bool there = false;
    };

    double distance(size_t a, size_t b) const { return m_distances[a * m_count + b]; }
    void setDistance(size_t a, size_t b, double value) {
        m_distances[a * m_count + b] = value;
        m_distances[b * m_count + a] = value;
    }

    /// The nearest cluster at a higher place; the place itself where there is none.
    void findNearest(size_t place) {
        size_t nearest = place;
        for (size_t other = place + 1; other < m_count; ++other)
            if (m_clusters[other].there &&
                (nearest == place || distance(place, other) < distance(place, nearest)))
                nearest = other;
        m_nearest[place] = nearest;
    }

    ClusterMerge merge(int id) {
        size_t low = m_count;
        for (size_t place = 0; place < m_count; ++place)
            if (m_clusters[place].there && m_nearest[place] != place &&
                (low == m_count || distance(place, m_nearest[place]) < distance(low, m_nearest[low])))
                low = place;
        const size_t high = m_nearest[low];
        Cluster &first = m_clusters[low], &second = m_clusters[high];
        ClusterMerge merge{first.id, second.id, distance(low, high), 0};
        const auto weightFirst = static_cast<double>(first.items.size());
        const auto weightSecond = static_cast<double>(second.items.size());
        for (size_t other = 0; other < m_count; ++other)
            if (m_clusters[other].there && other != low && other != high)
                setDistance(low, other,
                            (weightFirst * distance(low, other) + weightSecond * distance(high, other)) /
                                (weightFirst + weightSecond));
        first.items.insert(first.items.end(), second.items.begin(), second.items.end());
        merge.size = static_cast<int>(first.items.size());
        first.id = id;
        second = {};
        // Only distances to the two places changed.
        for (size_t place = 0; place < high; ++place)
            if (m_clusters[place].there &&
                (place == low || m_nearest[place] == low || m_nearest[place] == high))
                findNearest(place);
            else if (m_clusters[place].there && place < low &&
                     (m_nearest[place] == place || distance(place, low) < distance(place, m_nearest[place])))
                m_nearest[place] = low;
        return merge;
    }

    size_t m_count;
    std::vector<double> m_distances;
    std::vector<size_t> m_nearest;
    std::vector<Cluster> m_clusters;
};
} // namespace

ClusterTree averageLinkage(const Tensor<float>& distances) {
    const std::vector<int64_t>& shape = distances.shape();
    if (shape.size() != 2 || shape[0] != shape[1])
        throw RequestError("Clustering needs a square matrix of distances.");
    for (const float each : distances.values())
        if (!std::isfinite(each))
            throw RequestError("Clustering needs finite distances; one of them is not a number.");
    return Agglomeration(distances).grow();
}

} // namespace headlight
