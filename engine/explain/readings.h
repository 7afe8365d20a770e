#pragma once

#include "engine/trace/trace.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlight {

/// One guess of the model at a position.
struct Reading {
    int id = 0;
    std::string piece;
    double probability = 0; ///< softmax over the whole vocabulary of the recorded logits
};

class Tokenizer;

/// The `count` most probable tokens at position `query`, best first; empty when logits were not recorded.
std::vector<Reading> readings(const Trace& trace, const Tokenizer& tokenizer, int query, int count);

/// The `count` most probable tokens of one row of logits (V), best first.
std::vector<Reading> bestReadings(std::span<const float> logits, const Tokenizer& tokenizer, int count);

/// One row of a head: keys with their recorded weight and score, strongest weight first (ties by position).
struct RowKey {
    int key = 0;
    float weight = 0;
    std::optional<float> score; ///< nothing where the trace holds weights alone
};
std::vector<RowKey> strongestKeys(const Trace& trace, const HeadAddress& head, int query);

/// Shannon entropy of a row of weights in bits; 0 log 0 = 0.
double entropyBits(std::span<const float> weights);

/// The recorded weights of a row, added up in double: 1 but for rounding.
double sumOfWeights(std::span<const float> weights);

} // namespace headlight
