#include "engine/metrics/rollout.h"

#include "engine/core/matrix.h"
#include "engine/core/tensor_view.h"

namespace headlight {

std::vector<Tensor<float>> attentionRollout(const Trace& trace, Stack stack, const GraphChoice& choice) {
    std::vector<Tensor<float>> result;
    Matrix<double> product;
    for (const Tensor<double>& layer : layersWithResidual(trace, stack, choice)) {
        if (result.empty()) {
            product = matrixOf(layer);
        } else {
            const Matrix<double> before = product;
            product.noalias() = matrixOf(layer) * before;
        }
        result.push_back(tensorOf<float>(product.cast<float>()));
    }
    return result;
}

} // namespace headlight
