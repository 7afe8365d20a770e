#pragma once

#include "engine/attention/head.h"
#include "engine/edits/site_edits.h"

#include <memory>
#include <optional>
#include <vector>

namespace headlight {

/// The rule of one head as the edits leave it: the model's own, or what they put in its place. What each kind
/// of edit does to a head is here and nowhere else.
template <class T>
class EditedHead {
public:
    /// What `own` refers to has to outlive this object.
    EditedHead(const HeadRule<T>& own, const HeadEdits& edits);
    EditedHead(const EditedHead&) = delete;
    EditedHead& operator=(const EditedHead&) = delete;

    /// Valid as long as this object.
    const HeadRule<T>& rule() const { return m_rule ? *m_rule : m_own; }
    /// The head adds nothing: its context is zero.
    bool isOff() const { return m_off; }

private:
    const HeadRule<T> m_own;
    std::optional<DotProduct<T>> m_score;
    std::unique_ptr<const Normaliser<T>> m_normaliser;
    std::vector<MaskedCell> m_masked;
    std::optional<HeadRule<T>> m_rule;
    bool m_off = false;
};

} // namespace headlight
