#pragma once

#include <cstdint>
#include <string>

namespace headlight {

/// A weight matrix or a vector of a model as its forward pass uses it: float32, row-major, read only. Valid
/// as long as the model lives. A vector is one row. `data` is null where the model has no such parameter.
struct ParameterView {
    const float* data = nullptr;
    int64_t rows = 0;
    int64_t columns = 0;
    std::string
        name; ///< of the tensor in the model's file: "bert.encoder.layer.1.attention.self.query.weight"

    explicit operator bool() const { return data != nullptr; }
    float at(int64_t row, int64_t column) const { return data[row * columns + column]; }
    const float* row(int64_t index) const { return data + index * columns; }
};

/// The parameters of one attention site by role. Weights stand as (out, in): y = x W^T + b; the rows of head
/// h are [h d_head, (h + 1) d_head).
struct SiteParameters {
    ParameterView queryWeight, queryBias;
    ParameterView keyWeight, keyBias;
    ParameterView valueWeight, valueBias;
    ParameterView outputWeight, outputBias;
    ParameterView normGain, normBias; ///< of the norm that reads the residual sum
    double normEps = 0;
};

} // namespace headlight
