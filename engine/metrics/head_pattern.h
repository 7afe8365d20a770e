#pragma once

#include "engine/trace/trace.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace headlight {

/// The weights of one head of a trace as metrics read them: the recorded array, nothing copied. The trace has
/// to outlive it.
class HeadPattern {
public:
    /// Nothing when the trace has no such head.
    static std::optional<HeadPattern> of(const Trace& trace, const HeadAddress& head);

    const HeadAddress& head() const { return m_head; }
    const SiteRecord& site() const { return *m_site; }
    int queries() const { return m_queries; } ///< n
    int keys() const { return m_keys; }       ///< m
    /// The weights of one query, one a key.
    std::span<const float> row(int query) const { return m_site->weights.row(m_head.head, query); }
    /// False for a row whose every weight is 0: all its keys are masked. Metrics leave such rows out.
    bool looks(int query) const;

    /// Queries and keys are the same tokens: not so in cross-attention, where "previous" means nothing.
    bool isSelf() const { return m_head.stack != Stack::cross && m_queries == m_keys; }
    /// One a query or key; empty when the trace does not have them.
    std::span<const Token> queryTokens() const { return m_queryTokens; }
    std::span<const Token> keyTokens() const { return m_keyTokens; }

    /// Mean over the queries that look at something of what `valueOf` gives; those for which it gives nothing
    /// are left out. Nothing when none is left. Row sums are taken as recorded, in double.
    std::optional<double>
    meanOverQueries(const std::function<std::optional<double>(int query)>& valueOf) const;

private:
    HeadAddress m_head;
    const SiteRecord* m_site = nullptr;
    int m_queries = 0, m_keys = 0;
    std::span<const Token> m_queryTokens, m_keyTokens;
};

/// Every head that a trace recorded, stack by stack, layer by layer.
std::vector<HeadAddress> headsOf(const Trace& trace);

} // namespace headlight
