#include "engine/training/bigram.h"

namespace headlight {

void Bigram::count(int before, std::span<const int> ids) {
    for (const int id : ids) {
        ++m_followers[before][id];
        ++m_all[id];
        before = id;
    }
}

int Bigram::guess(int before) const {
    const auto found = m_followers.find(before);
    return best(found == m_followers.end() ? m_all : found->second);
}

int Bigram::best(const Counts& counts) {
    int id = -1, most = 0;
    for (const auto& [candidate, count] : counts)
        if (count > most || (count == most && candidate < id)) {
            id = candidate;
            most = count;
        }
    return id;
}

} // namespace headlight
