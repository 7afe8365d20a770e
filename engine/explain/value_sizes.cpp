#include "engine/explain/value_sizes.h"

#include <cmath>

namespace headlight {

std::vector<double> valueWeightedSizes(const Trace& trace, const Model& model, const HeadAddress& head,
                                       int query) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || site->values.empty() || head.head < 0 || head.head >= site->weights.dimension(0) ||
        query < 0 || query >= site->weights.dimension(1))
        return {};
    const ParameterView output = model.parameters(head.stack, head.layer).outputWeight; // (D, H d_head)
    const int64_t heads = site->weights.dimension(0), width = site->values.dimension(2);
    if (!output || output.columns != heads * width)
        return {};
    const int64_t keyHead = head.head * site->values.dimension(0) / heads; // fewer in grouped-query models
    std::vector<double> sizes;
    for (int64_t key = 0; key < site->weights.dimension(2); ++key) {
        const std::span<const float> value = site->values.row(keyHead, key); // (d_head)
        double squares = 0;
        for (int64_t i = 0; i < output.rows; ++i) {
            double component = 0;
            for (int64_t c = 0; c < width; ++c)
                component += static_cast<double>(value[static_cast<size_t>(c)]) *
                             static_cast<double>(output.at(i, head.head * width + c));
            squares += component * component;
        }
        const auto weight = static_cast<double>(site->weights.at(head.head, query, key));
        sizes.push_back(std::abs(weight) * std::sqrt(squares));
    }
    return sizes;
}

} // namespace headlight
