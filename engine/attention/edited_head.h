#pragma once

#include "engine/attention/head.h"
#include "engine/edits/site_edits.h"
#include "engine/trace/recording.h"

#include <memory>
#include <optional>
#include <span>
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
    /// What the head says in place of its context; nothing when it is not switched off.
    std::optional<OffContext> offContext() const { return m_off; }
    /// Puts the weights (n, m) of another sentence in place of the head's own, where an edit says so.
    void replace(MatrixView<T> weights) const;
    /// Paints the weights (n, m) that the head is about to use.
    void paint(MatrixView<T> weights) const;

private:
    const HeadRule<T> m_own;
    std::optional<DotProduct<T>> m_score;
    std::unique_ptr<const Normaliser<T>> m_normaliser;
    std::vector<MaskedCell> m_masked;
    std::vector<Index> m_hidden;
    std::vector<ChangedScore<T>> m_changed;
    const HeadEdits m_edits;
    std::optional<HeadRule<T>> m_rule;
    std::optional<OffContext> m_off;
};

/// Gives the heads of `record` that borrow a pattern the weights of its source; the weights of all heads of
/// the record are there, painted where they are, and so are `earlier`, the finished sites of the stack in
/// layer order. Returns the heads that borrowed.
template <class T>
std::vector<Index> borrowPatterns(const SiteEdits& edits,
                                  std::span<const std::shared_ptr<const BasicSiteRecord<T>>> earlier,
                                  BasicSiteRecord<T>& record);

} // namespace headlight
