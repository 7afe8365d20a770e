#include "engine/metrics/attention_graph.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <span>
#include <string>

namespace headlight {

namespace {
/// Those that count in a layer of so many.
std::vector<int64_t> headsOfLayer(const GraphChoice& choice, Stack stack, int layer, int64_t heads) {
    std::vector<int64_t> chosen;
    for (int64_t head = 0; head < heads; ++head)
        if (std::find(choice.heads.begin(), choice.heads.end(),
                      HeadAddress{stack, layer, static_cast<int>(head)}) != choice.heads.end())
            chosen.push_back(head);
    if (chosen.empty())
        for (int64_t head = 0; head < heads; ++head)
            chosen.push_back(head);
    return chosen;
}
} // namespace

std::vector<Tensor<double>> layersWithResidual(const Trace& trace, Stack stack, const GraphChoice& choice) {
    const std::string name(toString(stack));
    if (trace.layers(stack) == 0)
        throw RequestError("This recording has no " + name + " stack to follow through its layers.");
    std::vector<Tensor<double>> layers;
    const int64_t tokens = trace.site(stack, 0)->weights.dimension(1);
    const int recorded = trace.layers(stack);
    const int count = choice.lastLayer ? std::clamp(*choice.lastLayer + 1, 1, recorded) : recorded;
    for (int layer = 0; layer < count; ++layer) {
        const Tensor<float>& weights = trace.site(stack, layer)->weights; // (H, n, m)
        if (stack == Stack::cross || weights.dimension(1) != tokens || weights.dimension(2) != tokens)
            throw RequestError("Attention can be followed through layers of self-attention only; " + name +
                               " attention looks from one text into another.");
        const std::vector<int64_t> heads = headsOfLayer(choice, stack, layer, weights.dimension(0));
        Tensor<double>& mixed = layers.emplace_back(Tensor<double>({tokens, tokens}));
        for (int64_t query = 0; query < tokens; ++query) {
            const std::span<double> row = mixed.row(query);
            for (const int64_t head : heads) {
                const std::span<const float> from = weights.row(head, query);
                for (size_t key = 0; key < row.size(); ++key)
                    row[key] += static_cast<double>(from[key]);
            }
            for (double& cell : row)
                cell = 0.5 * cell / static_cast<double>(heads.size());
            mixed.at(query, query) += 0.5;
        }
    }
    return layers;
}

} // namespace headlight
