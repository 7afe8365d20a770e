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

    /// The row count that a product of n rows is padded to: multiples of 16 up to 128, of 64 beyond. A
    /// primitive belongs to one row count and its first use takes up to a millisecond, so there are few of
    /// them.
    static Index paddedRows(Index n);

    /// x: (n, in), y: (n, out), both contiguous; n is a padded row count.
    void forward(const float* x, float* y, Index n) const;

private:
    struct Implementation;
    explicit PackedLinear(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace headlight
