#pragma once

#include "engine/core/matrix.h"

#include <memory>

namespace headlight {

/// A Linear layer whose weights oneDNN has packed. Primitives are made once for each row count and kept;
/// scratchpads belong to the caller's thread, so one object serves several threads.
class PackedLinear {
public:
    /// weight: (out, in), copied; bias: (1, out) or null, must outlive the object. Null where oneDNN is not
    /// built in.
    static std::unique_ptr<PackedLinear> make(const Matrix<float>& weight, const Matrix<float>* bias);
    ~PackedLinear();
    PackedLinear(const PackedLinear&) = delete;
    PackedLinear& operator=(const PackedLinear&) = delete;

    /// x: (n, in), y: (n, out), both contiguous.
    void forward(const float* x, float* y, Index n) const;

private:
    struct Implementation;
    explicit PackedLinear(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace headlight
