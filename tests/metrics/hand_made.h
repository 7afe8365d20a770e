#pragma once

#include "engine/trace/trace.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headlight::testing {

/// The weight of a query on a key.
using Pattern = std::function<double(int query, int key)>;

/// A trace with weights alone: layers of heads over these pieces. Pieces in brackets are special; equal
/// pieces have equal ids.
inline Trace handMade(const std::vector<std::string>& pieces, const std::vector<std::vector<Pattern>>& layers,
                      Stack stack = Stack::encoder) {
    Trace trace;
    for (const std::string& piece : pieces) {
        Token token;
        token.piece = piece;
        token.id = static_cast<int>(std::find(pieces.begin(), pieces.end(), piece) - pieces.begin());
        token.special = piece.starts_with('[');
        trace.encoding.tokens.push_back(token);
    }
    const auto n = static_cast<int>(pieces.size());
    StackRecord record{stack, {}, {}, {}};
    for (size_t layer = 0; layer < layers.size(); ++layer) {
        auto site = std::make_shared<SiteRecord>();
        site->stack = stack;
        site->layer = static_cast<int>(layer);
        site->weights = Tensor<float>({static_cast<int64_t>(layers[layer].size()), n, n});
        for (size_t head = 0; head < layers[layer].size(); ++head)
            for (int query = 0; query < n; ++query)
                for (int key = 0; key < n; ++key)
                    site->weights.at(head, query, key) = static_cast<float>(layers[layer][head](query, key));
        record.sites.push_back(site);
    }
    trace.recording.stacks.push_back(record);
    return trace;
}

inline Pattern uniform(int keys) {
    return [keys](int, int) { return 1.0 / keys; };
}
inline Pattern diagonal() {
    return [](int query, int key) { return query == key ? 1.0 : 0.0; };
}
/// The first query, which has no previous token, looks at itself.
inline Pattern previousToken() {
    return [](int query, int key) { return key == std::max(query - 1, 0) ? 1.0 : 0.0; };
}
inline Pattern firstToken() {
    return [](int, int key) { return key == 0 ? 1.0 : 0.0; };
}
/// Alike on every token up to the query.
inline Pattern causal() {
    return [](int query, int key) { return key <= query ? 1.0 / (query + 1) : 0.0; };
}
inline Pattern nothing() {
    return [](int, int) { return 0.0; };
}

} // namespace headlight::testing
