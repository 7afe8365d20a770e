#pragma once

#include "engine/core/random.h"

#include <functional>
#include <optional>
#include <vector>

namespace headlight {

/// A model's input, and where the sentence in question begins in it.
struct PlacedSequence {
    std::vector<int> ids;
    int begin = 0;
};

/// Puts sentences at later positions by other sentences in front of them, as a longer text does.
class SequencePlacer {
public:
    SequencePlacer(int cls, int separator, int maximumTokens)
        : m_cls(cls), m_separator(separator), m_maximumTokens(maximumTokens) {}

    /// [CLS] sentence [SEP]
    PlacedSequence alone(const std::vector<int>& sentence) const;
    /// The piece `at` of the sentence comes to stand in part `part` of the positions (see reader_figures.h),
    /// if after some trials it does. `others` gives sentences for the front; with `separated`, [SEP] stands
    /// between all of them, else they are one text.
    std::optional<PlacedSequence> behind(const std::vector<int>& sentence, int at, size_t part,
                                         bool separated, const std::function<std::vector<int>()>& others,
                                         Random& random) const;

private:
    int m_cls, m_separator, m_maximumTokens;
};

} // namespace headlight
