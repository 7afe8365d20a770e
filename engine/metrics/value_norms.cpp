#include "engine/metrics/value_norms.h"

#include <cmath>

namespace headlight {

std::optional<std::vector<double>> transformedValueNorms(const HeadPattern& pattern, const Model* model) {
    const Tensor<float>& values = pattern.site().values; // (Hk, m, d_head)
    if (!model || values.shape().size() != 3 || values.dimension(1) != pattern.keys())
        return std::nullopt;
    const HeadAddress& head = pattern.head();
    const int64_t heads = pattern.site().weights.dimension(0), keyHeads = values.dimension(0);
    const int64_t headWidth = values.dimension(2);
    const ParameterView output = model->parameters(head.stack, head.layer).outputWeight; // (D, H d_head)
    if (!output || keyHeads < 1 || output.columns != heads * headWidth)
        return std::nullopt;
    const int64_t keyHead = head.head * keyHeads / heads;
    std::vector<double> norms;
    for (int key = 0; key < pattern.keys(); ++key) {
        const std::span<const float> value = values.row(keyHead, key);
        double squares = 0;
        for (int64_t row = 0; row < output.rows; ++row) {
            const float* slice = output.row(row) + head.head * headWidth;
            double component = 0;
            for (int64_t i = 0; i < headWidth; ++i)
                component +=
                    static_cast<double>(slice[i]) * static_cast<double>(value[static_cast<size_t>(i)]);
            squares += component * component;
        }
        norms.push_back(std::sqrt(squares));
    }
    return norms;
}

std::optional<Tensor<float>> valueWeightedNorms(const HeadPattern& pattern, const Model* model) {
    const std::optional<std::vector<double>> norms = transformedValueNorms(pattern, model);
    if (!norms)
        return std::nullopt;
    Tensor<float> result({pattern.queries(), pattern.keys()});
    for (int query = 0; query < pattern.queries(); ++query)
        for (int key = 0; key < pattern.keys(); ++key) {
            const auto at = static_cast<size_t>(key);
            result.at(query, key) =
                static_cast<float>(std::abs(static_cast<double>(pattern.row(query)[at])) * (*norms)[at]);
        }
    return result;
}

} // namespace headlight
