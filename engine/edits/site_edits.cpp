#include "engine/edits/site_edits.h"

namespace headlight {

uint64_t HeadEdits::seedOf(uint64_t seed) const {
    // The finaliser of splitmix64 (Steele, Lea & Flood 2014): neighbouring heads get unrelated numbers.
    uint64_t mixed =
        seed + 0x9e3779b97f4a7c15U *
                   (1 + static_cast<uint64_t>(m_head.stack) +
                    3 * (static_cast<uint64_t>(m_head.layer) * 4096 + static_cast<uint64_t>(m_head.head)));
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

std::optional<HeadAddress> HeadEdits::patternSource() const {
    const auto* borrowed = find<BorrowedPattern>();
    const bool counts = borrowed && borrowed->from.stack == m_head.stack &&
                        borrowed->from.layer <= m_head.layer && borrowed->from != m_head;
    return counts ? std::optional(borrowed->from) : std::nullopt;
}

std::vector<const PaintedWeight*> HeadEdits::paintedWeights(int query) const {
    std::vector<const PaintedWeight*> result = cells<PaintedWeight>();
    result.erase(std::remove_if(result.begin(), result.end(),
                                [query](const PaintedWeight* cell) { return cell->query.index != query; }),
                 result.end());
    return result;
}

SiteEdits::SiteEdits(const Edits& edits, Stack stack, int layer) : m_stack(stack), m_layer(layer) {
    for (const Edit& edit : edits)
        if (edit.heads.covers({stack, layer, std::max(edit.heads.head, 0)}))
            m_edits.push_back(edit);
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const Edit& one, const Edit& other) {
        return one.heads.narrowness() < other.heads.narrowness();
    });
}

HeadEdits SiteEdits::of(int head) const {
    HeadEdits result;
    result.m_head = {m_stack, m_layer, head};
    for (const Edit& edit : m_edits)
        if (edit.heads.covers({m_stack, m_layer, head}))
            result.m_edits.push_back(&edit);
    return result;
}

} // namespace headlight
