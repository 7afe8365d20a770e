#include "engine/metrics/flow.h"

#include "engine/core/errors.h"
#include "engine/metrics/attention_graph.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

namespace headlight {

namespace {
constexpr double nothingLeft = 1e-12; // what rounding leaves of an edge that is full

/// Dinic's algorithm on the layered graph. Node (level, token) has the number level x n + token; level 0 is
/// the input.
class LayeredFlow {
public:
    explicit LayeredFlow(const std::vector<Tensor<double>>& layers)
        : m_tokens(layers.empty() ? 0 : static_cast<size_t>(layers.front().dimension(0))),
          m_levels(layers.size() + 1), m_distance(m_levels * m_tokens), m_next(m_levels * m_tokens) {
        for (const Tensor<double>& layer : layers)
            m_capacities.insert(m_capacities.end(), layer.values().begin(), layer.values().end());
    }

    double run(size_t source, size_t sink) {
        m_down = m_capacities;
        m_up.assign(m_capacities.size(), 0);
        m_source = (m_levels - 1) * m_tokens + source;
        m_sink = sink;
        double flow = 0;
        while (findDistances()) {
            std::fill(m_next.begin(), m_next.end(), 0);
            while (const double pushed = push(m_source, std::numeric_limits<double>::infinity()))
                flow += pushed;
        }
        return flow;
    }

private:
    size_t levelOf(size_t node) const { return node / m_tokens; }
    /// What an edge out of `node` can still take. Edges 0 to n - 1 lead down, the next n up again: against
    /// flow that came down. Null where there is none.
    double* edge(size_t node, size_t index, size_t& target) {
        const size_t level = levelOf(node), token = node % m_tokens;
        if (index < m_tokens) {
            if (level == 0)
                return nullptr;
            target = (level - 1) * m_tokens + index;
            return &m_down[cell(level - 1, token, index)];
        }
        if (level + 1 == m_levels)
            return nullptr;
        target = (level + 1) * m_tokens + index - m_tokens;
        return &m_up[cell(level, index - m_tokens, token)];
    }
    /// The same edge the other way.
    double& reverse(size_t node, size_t index) {
        const size_t level = levelOf(node), token = node % m_tokens;
        return index < m_tokens ? m_up[cell(level - 1, token, index)]
                                : m_down[cell(level, index - m_tokens, token)];
    }
    size_t cell(size_t layer, size_t upper, size_t lower) const {
        return (layer * m_tokens + upper) * m_tokens + lower;
    }

    /// Steps from the source along edges that can take more; true when the sink can be reached.
    bool findDistances() {
        std::fill(m_distance.begin(), m_distance.end(), unreached);
        m_distance[m_source] = 0;
        m_queue.assign(1, m_source);
        for (size_t at = 0; at < m_queue.size(); ++at) {
            const size_t node = m_queue[at];
            for (size_t index = 0; index < 2 * m_tokens; ++index) {
                size_t target = 0;
                const double* left = edge(node, index, target);
                if (left && *left > nothingLeft && m_distance[target] == unreached) {
                    m_distance[target] = m_distance[node] + 1;
                    m_queue.push_back(target);
                }
            }
        }
        return m_distance[m_sink] != unreached;
    }

    /// Sends up to `most` from `node` on along a shortest path; no deeper than there are nodes on one.
    double push(size_t node, double most) {
        if (node == m_sink)
            return most;
        for (size_t& index = m_next[node]; index < 2 * m_tokens; ++index) {
            size_t target = 0;
            double* left = edge(node, index, target);
            if (!left || *left <= nothingLeft || m_distance[target] != m_distance[node] + 1)
                continue;
            const double pushed = push(target, std::min(most, *left));
            if (pushed > 0) {
                *left -= pushed;
                reverse(node, index) += pushed;
                return pushed;
            }
        }
        return 0;
    }

    static constexpr size_t unreached = std::numeric_limits<size_t>::max();
    size_t m_tokens, m_levels;
    std::vector<double> m_capacities;
    std::vector<double> m_down, m_up; // (layer, upper token, lower token): what is left, what came down
    std::vector<size_t> m_distance, m_next, m_queue;
    size_t m_source = 0, m_sink = 0;
};
} // namespace

double maximumFlow(const std::vector<Tensor<double>>& layers, int source, int sink) {
    return LayeredFlow(layers).run(static_cast<size_t>(source), static_cast<size_t>(sink));
}

namespace {
/// Throws where that is too much, before memory is taken for it.
void checkNodes(const Trace& trace, Stack stack, const GraphChoice& choice) {
    if (trace.layers(stack) == 0)
        return; // said by layersWithResidual
    const int layers = std::min(trace.layers(stack), choice.lastLayer.value_or(trace.layers(stack) - 1) + 1);
    const int64_t tokens = trace.site(stack, 0)->weights.dimension(1);
    const int64_t nodes = (layers + 1) * tokens;
    if (nodes > maximumFlowNodes)
        throw RequestError("Attention flow is computed for graphs of up to " +
                           std::to_string(maximumFlowNodes) + " nodes; " + std::to_string(tokens) +
                           " tokens in " + std::to_string(layers + 1) + " levels make " +
                           std::to_string(nodes) + ". Shorten the text, or look at rollout.");
}

/// Flows to every input token, one after the other; `done` of `all` are counted over several calls.
class FlowRows {
public:
    FlowRows(const std::vector<Tensor<double>>& layers, int outputs, const JobControl& control)
        : m_tokens(static_cast<int>(layers.front().dimension(0))), m_all(outputs * m_tokens), m_graph(layers),
          m_control(control) {}

    std::vector<double> row(int output) {
        std::vector<double> flow;
        for (int input = 0; input < m_tokens; ++input) {
            if (m_control.stop.stop_requested())
                throw Cancelled();
            m_control.stepAside();
            const double most = m_graph.run(static_cast<size_t>(output), static_cast<size_t>(input));
            flow.push_back(std::clamp(most, 0.0, 1.0));
            ++m_done;
            report();
        }
        return flow;
    }

private:
    using Clock = std::chrono::steady_clock;
    /// Not more often than a person can see.
    void report() {
        constexpr double oftenest = 0.05; // seconds
        const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
        if (m_done < m_all && m_told >= 0 && seconds - m_told < oftenest)
            return;
        m_told = seconds;
        const double share = static_cast<double>(m_done) / static_cast<double>(m_all);
        m_control.report({share, seconds / share - seconds,
                          "flow " + std::to_string(m_done) + " of " + std::to_string(m_all)});
    }

    int m_tokens;
    double m_told = -1; ///< seconds, of the last report
    int m_all, m_done = 0;
    LayeredFlow m_graph;
    const JobControl& m_control;
    Clock::time_point m_begin = Clock::now();
};
} // namespace

std::vector<double> attentionFlow(const Trace& trace, Stack stack, int output, const JobControl& control) {
    checkNodes(trace, stack, {});
    const std::vector<Tensor<double>> layers = layersWithResidual(trace, stack);
    const auto tokens = static_cast<int>(layers.front().dimension(0));
    if (output < 0 || output >= tokens)
        throw RequestError("There is no token " + std::to_string(output) + ": the text has tokens 0 to " +
                           std::to_string(tokens - 1) + ".");
    return FlowRows(layers, 1, control).row(output);
}

void attentionFlows(const Trace& trace, Stack stack, const GraphChoice& choice,
                    const std::function<void(int output, std::span<const double> flow)>& found,
                    const FlowOrder& order, const JobControl& control) {
    checkNodes(trace, stack, choice);
    const std::vector<Tensor<double>> layers = layersWithResidual(trace, stack, choice);
    const auto tokens = static_cast<int>(layers.front().dimension(0));
    std::vector<bool> known = order.known;
    known.resize(static_cast<size_t>(tokens), false);
    const auto rows = static_cast<int>(std::count(known.begin(), known.end(), false));
    FlowRows flows(layers, rows, control);
    for (int count = 0; count < rows; ++count) {
        const int wanted = order.preferred ? order.preferred() : -1;
        const auto next =
            wanted >= 0 && wanted < tokens && !known[static_cast<size_t>(wanted)]
                ? wanted
                : static_cast<int>(std::find(known.begin(), known.end(), false) - known.begin());
        known[static_cast<size_t>(next)] = true;
        found(next, flows.row(next));
    }
}

} // namespace headlight
