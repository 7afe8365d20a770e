#include "engine/training/sequence_placer.h"

#include "engine/training/reader_figures.h"

#include <algorithm>

namespace headlight {

PlacedSequence SequencePlacer::alone(const std::vector<int>& sentence) const {
    PlacedSequence placed{{m_cls}, 1};
    placed.ids.insert(placed.ids.end(), sentence.begin(), sentence.end());
    placed.ids.push_back(m_separator);
    return placed;
}

std::optional<PlacedSequence> SequencePlacer::behind(const std::vector<int>& sentence, int at, size_t part,
                                                     bool separated,
                                                     const std::function<std::vector<int>()>& others,
                                                     Random& random) const {
    constexpr int trials = 20;
    const auto length = static_cast<int>(sentence.size());
    // Behind `at` stand the rest of the sentence and [SEP].
    const int first = std::max(positionParts[part], at + 1),
              end = std::min(positionParts[part + 1], m_maximumTokens - length + at);
    if (first >= end)
        return std::nullopt;
    for (int trial = 0; trial < trials; ++trial) {
        const int goal = first + static_cast<int>(random.below(static_cast<size_t>(end - first)));
        PlacedSequence placed{{m_cls}, 1};
        while (static_cast<int>(placed.ids.size()) + at < goal) {
            const std::vector<int> other = others();
            placed.ids.insert(placed.ids.end(), other.begin(), other.end());
            if (separated)
                placed.ids.push_back(m_separator);
        }
        placed.begin = static_cast<int>(placed.ids.size());
        if (placed.begin + at >= end)
            continue;
        placed.ids.insert(placed.ids.end(), sentence.begin(), sentence.end());
        placed.ids.push_back(m_separator);
        return placed;
    }
    return std::nullopt;
}

} // namespace headlight
