#pragma once

#include "engine/edits/edits.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace headlight {

/// The edits that reach one head, the one that wins last.
class HeadEdits {
public:
    bool empty() const { return m_edits.empty(); }
    /// The edit of this kind that counts; null when there is none.
    template <class Kind>
    const Kind* find() const {
        for (auto edit = m_edits.rbegin(); edit != m_edits.rend(); ++edit)
            if (const Kind* what = std::get_if<Kind>(&(*edit)->what))
                return what;
        return nullptr;
    }
    /// All of this kind, for kinds that add up.
    template <class Kind, class Visit>
    void each(Visit visit) const {
        for (const Edit* edit : m_edits)
            if (const Kind* what = std::get_if<Kind>(&edit->what))
                visit(*what);
    }

    /// Of the kinds that are about one cell: those that count, of each cell the one that wins.
    template <class Kind>
    std::vector<const Kind*> cells() const {
        std::vector<const Kind*> result;
        each<Kind>([&result](const Kind& what) {
            const auto same = std::find_if(result.begin(), result.end(), [&](const Kind* other) {
                return other->query.index == what.query.index && other->key.index == what.key.index;
            });
            if (same == result.end())
                result.push_back(&what);
            else
                *same = &what;
        });
        return result;
    }
    /// The head whose weights this one uses in place of its own; nothing when it keeps them.
    std::optional<HeadAddress> patternSource() const;
    /// The painted weights of one row that count.
    std::vector<const PaintedWeight*> paintedWeights(int query) const;

    /// Another one for each head of the model, so that heads that draw from one seed draw different numbers.
    uint64_t seedOf(uint64_t seed) const;

private:
    friend class SiteEdits;
    HeadAddress m_head;
    std::vector<const Edit*> m_edits; ///< of the SiteEdits
};

/// What the edits say about one attention site.
class SiteEdits {
public:
    SiteEdits() = default;
    SiteEdits(const Edits& edits, Stack stack, int layer);

    bool empty() const { return m_edits.empty(); }
    /// Some edit of the site is of this kind.
    template <class Kind>
    bool has() const {
        return std::any_of(m_edits.begin(), m_edits.end(),
                           [](const Edit& edit) { return std::holds_alternative<Kind>(edit.what); });
    }
    /// Valid as long as this object.
    HeadEdits of(int head) const;

private:
    Stack m_stack = Stack::encoder;
    int m_layer = 0;
    Edits m_edits; ///< that reach some head of the site, wide scopes first
};

} // namespace headlight
