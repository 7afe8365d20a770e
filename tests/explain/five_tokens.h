#pragma once

#include "engine/trace/trace.h"

#include <cmath>
#include <memory>

namespace headlight::testing {

inline Token token(int word, bool special = false) {
    Token result;
    result.word = word;
    result.special = special;
    if (!special)
        result.bytes = {static_cast<size_t>(word), static_cast<size_t>(word) + 1};
    return result;
}

/// [CLS] a b1 ##b2 [SEP], one head; cell (q, k) is (10 q + k + 1) / 1000, its score q - k.
inline Trace example() {
    Trace trace;
    trace.text = "ab";
    trace.encoding.tokens = {token(-1, true), token(0), token(1), token(1), token(-1, true)};
    auto site = std::make_shared<SiteRecord>();
    site->weights = Tensor<float>({1, 5, 5});
    site->scores = Tensor<float>({1, 5, 5});
    for (int q = 0; q < 5; ++q)
        for (int k = 0; k < 5; ++k) {
            site->weights.at(0, q, k) = static_cast<float>(10 * q + k + 1) / 1000;
            site->scores.at(0, q, k) = static_cast<float>(q - k);
        }
    trace.recording.stacks.push_back({Stack::encoder, {site}, {}, {}});
    return trace;
}
inline constexpr HeadAddress head{Stack::encoder, 0, 0};
inline bool near(double a, double b) {
    return std::abs(a - b) < 1e-7;
}

} // namespace headlight::testing
