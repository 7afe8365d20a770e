#include "engine/metrics/head_pattern.h"

#include <algorithm>

namespace headlight {

namespace {
std::span<const Token> tokensOf(const Trace& trace, bool target, int count) {
    const bool hasTarget = !trace.targetEncoding.tokens.empty();
    const std::vector<Token>& tokens =
        target && hasTarget ? trace.targetEncoding.tokens : trace.encoding.tokens;
    return std::ssize(tokens) == count ? std::span<const Token>(tokens) : std::span<const Token>();
}
} // namespace

std::optional<HeadPattern> HeadPattern::of(const Trace& trace, const HeadAddress& head) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || site->weights.shape().size() != 3 || head.head < 0 ||
        head.head >= site->weights.dimension(0))
        return std::nullopt;
    HeadPattern pattern;
    pattern.m_head = head;
    pattern.m_site = site;
    pattern.m_queries = static_cast<int>(site->weights.dimension(1));
    pattern.m_keys = static_cast<int>(site->weights.dimension(2));
    pattern.m_queryTokens = tokensOf(trace, head.stack != Stack::encoder, pattern.m_queries);
    pattern.m_keyTokens = tokensOf(trace, head.stack == Stack::decoder, pattern.m_keys);
    return pattern;
}

bool HeadPattern::looks(int query) const {
    const std::span<const float> weights = row(query);
    return std::any_of(weights.begin(), weights.end(), [](float weight) { return weight != 0; });
}

std::optional<double>
HeadPattern::meanOverQueries(const std::function<std::optional<double>(int query)>& valueOf) const {
    double sum = 0;
    int counted = 0;
    for (int query = 0; query < m_queries; ++query) {
        if (!looks(query))
            continue;
        if (const std::optional<double> value = valueOf(query)) {
            sum += *value;
            ++counted;
        }
    }
    if (counted == 0)
        return std::nullopt;
    return sum / counted;
}

std::vector<HeadAddress> headsOf(const Trace& trace) {
    std::vector<HeadAddress> heads;
    for (const StackRecord& stack : trace.recording.stacks)
        for (size_t layer = 0; layer < stack.sites.size(); ++layer)
            for (int head = 0; head < stack.sites[layer]->weights.dimension(0); ++head)
                heads.push_back({stack.stack, static_cast<int>(layer), head});
    return heads;
}

} // namespace headlight
