#pragma once

#include "engine/core/progress.h"
#include "engine/core/tensor.h"
#include "engine/metrics/attention_graph.h"
#include "engine/trace/trace.h"

#include <functional>
#include <span>
#include <vector>

namespace headlight {

/// The most nodes of a graph that flow is computed for: (layers + 1) x tokens.
inline constexpr int maximumFlowNodes = 1000;

/// Attention flow (Abnar & Zuidema 2020, section 3.2): a node for every token of the input and of each
/// layer's output, an edge from (layer, i) down to (layer - 1, j) with the capacity of 0.5 A + 0.5 I there.
/// For each input token, the most that can flow to it from token `output` of the last layer's output, one
/// input token at a time. In [0, 1].
///
/// Derived from the recorded weights of all heads; the model computes no such thing. Exact to about 1e-9
/// times the number of edges. Reports its progress, steps aside between input tokens. Throws RequestError as
/// layersWithResidual does, when there is no such token, and when the graph has more than maximumFlowNodes
/// nodes; Cancelled.
std::vector<double> attentionFlow(const Trace& trace, Stack stack, int output,
                                  const JobControl& control = {});

/// In which order rows are computed.
struct FlowOrder {
    /// Asked before each row which one should be next: -1, or one that is known, is the first that is not.
    /// May be empty.
    std::function<int()> preferred = {};
    std::vector<bool> known = {}; ///< by row: left out; empty: none is
};
/// The same for every token of that output, row by row: `found` is told the flow from `output` to each input
/// token as soon as it is known.
void attentionFlows(const Trace& trace, Stack stack, const GraphChoice& choice,
                    const std::function<void(int output, std::span<const double> flow)>& found,
                    const FlowOrder& order = {}, const JobControl& control = {});

/// The most that can flow from `source` above the last layer to `sink` below the first, through layers of
/// (n, n) capacities (row: upper token, column: lower token). Dinic 1970.
double maximumFlow(const std::vector<Tensor<double>>& layers, int source, int sink);

} // namespace headlight
