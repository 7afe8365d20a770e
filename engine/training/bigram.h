#pragma once

#include <span>
#include <unordered_map>
#include <vector>

namespace headlight {

/// The guess that needs no model: the piece that most often followed the one before it in the text counted.
class Bigram {
public:
    /// Counts one sequence of ids; `before` stands in front of it.
    void count(int before, std::span<const int> ids);
    /// The most frequent follower; of a piece never seen, the most frequent piece; -1 before any count. Equal
    /// counts go to the smaller id.
    int guess(int before) const;

private:
    using Counts = std::unordered_map<int, int>;
    static int best(const Counts& counts);
    std::unordered_map<int, Counts> m_followers;
    Counts m_all;
};

} // namespace headlight
