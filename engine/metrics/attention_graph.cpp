#include "engine/metrics/attention_graph.h"

#include "engine/core/errors.h"

#include <string>

namespace headlight {

std::vector<Tensor<double>> layersWithResidual(const Trace& trace, Stack stack) {
    const std::string name(toString(stack));
    if (trace.layers(stack) == 0)
        throw RequestError("This recording has no " + name + " stack to follow through its layers.");
    std::vector<Tensor<double>> layers;
    const int64_t tokens = trace.site(stack, 0)->weights.dimension(1);
    for (int layer = 0; layer < trace.layers(stack); ++layer) {
        const Tensor<float>& weights = trace.site(stack, layer)->weights; // (H, n, m)
        if (stack == Stack::cross || weights.dimension(1) != tokens || weights.dimension(2) != tokens)
            throw RequestError("Attention can be followed through layers of self-attention only; " + name +
                               " attention looks from one text into another.");
        const int64_t heads = weights.dimension(0);
        Tensor<double>& mixed = layers.emplace_back(Tensor<double>({tokens, tokens}));
        for (int64_t query = 0; query < tokens; ++query) {
            for (int64_t key = 0; key < tokens; ++key) {
                double sum = 0;
                for (int64_t head = 0; head < heads; ++head)
                    sum += static_cast<double>(weights.at(head, query, key));
                mixed.at(query, key) = 0.5 * sum / static_cast<double>(heads);
            }
            mixed.at(query, query) += 0.5;
        }
    }
    return layers;
}

} // namespace headlight
