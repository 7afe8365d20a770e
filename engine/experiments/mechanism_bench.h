#pragma once

#include "engine/core/head_address.h"
#include "engine/core/progress.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlight {

/// Attention mechanisms side by side: the queries, keys and values that one head of a trace recorded, given
/// to every score function, and its scores to every normaliser.

/// A score function or a normaliser, for people. A new one is one line in mechanism_table.cpp.
struct MechanismInfo {
    std::string name;        ///< "additive"; also what JSON calls it
    std::string formula;     ///< "v^T tanh(W_q q + W_k k)"
    std::string reference;   ///< "Bahdanau, Cho & Bengio 2015, section A.1.2"
    bool parameters = false; ///< it has some of its own, which the model does not have
};

/// dot, scaled dot, general, concat, additive, cosine.
std::vector<MechanismInfo> benchScoreFunctions();
/// softmax, sparsemax, hard, local (a softmax over the keys near the query).
std::vector<MechanismInfo> benchNormalisers();

struct BenchSettings {
    uint64_t seed = 1;      ///< of parameters that the model does not have
    int innerWidth = 0;     ///< rows of W in concat and additive; 0: d_head
    int localHalfWidth = 2; ///< "local" sees the keys at most so far from the query's own position
    int repeats = 15;       ///< timed calls; 0: no times are measured
    friend bool operator==(const BenchSettings&, const BenchSettings&) = default;
};

/// One score function under one normaliser. All vectors have one entry a key.
struct BenchRow {
    int scoreFunction = 0;  ///< index in benchScoreFunctions()
    int normaliser = 0;     ///< index in benchNormalisers()
    bool untrained = false; ///< its parameters were drawn at random from `seed`, nobody trained them
    uint64_t seed = 0;
    std::vector<float> scores;  ///< of the query; -inf where the model's mask or the local window hides a key
    std::vector<float> weights; ///< they sum to 1; all 0 where every key is hidden
    double entropy = 0;         ///< of the weights, in bits: -sum w log2 w
    /// Every score and weight of the query is, bit for bit, the one that the forward pass recorded: this row
    /// is what the model itself does.
    bool recorded = false;

    // Cost of the head: one call that scores all n queries against all m keys and normalises the rows.
    double multiplyAdds = 0; ///< of the scores; the normaliser's work is not counted
    int64_t parameterCount = 0;
    /// Median over at most `repeats` calls on this machine, scores and weights; 0: not measured. Slow calls
    /// are repeated less often, at least once.
    double seconds = 0;

    /// Length (L2) of the gradient dL/dscores of the query's row, for L = u . context with u = (1, ..., 1) /
    /// sqrt(d_head): a gradient of length 1 arrives at the context, this much of it reaches the scores. Same
    /// u for every row.
    double gradientNorm = 0;
    /// False for "hard": its weights do not change when the scores change a little, so gradientNorm is
    /// exactly 0 whatever the scores. Sparsemax is true, and gives 0 only where one key has taken all.
    bool differentiable = true;
};

struct BenchResult {
    HeadAddress head;
    int query = 0;
    int queries = 0;   ///< n
    int keys = 0;      ///< m
    int headWidth = 0; ///< d_head
    BenchSettings settings;
    /// Row s * normalisers + k: score function s under normaliser k.
    std::vector<BenchRow> rows;
};

/// Whether the bench can be run: the trace has the site's queries, keys and values (see RecordPlan::vectors).
bool hasVectors(const Trace& trace, const HeadAddress& head);

/// Throws RequestError: no such head or query, vectors were not recorded, settings out of range; and
/// Cancelled. Numbers come from the same ScoreFunction and Normaliser classes, in float, and in calls of the
/// same shape as a forward pass makes.
BenchResult mechanismBench(const Trace& trace, const HeadAddress& head, int query,
                           const BenchSettings& settings = {}, const JobControl& control = {});

} // namespace headlight
