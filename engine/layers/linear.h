#pragma once

#include "engine/layers/parameter.h"

#include <memory>
#include <string>

namespace headlight {

class PackedLinear;

/// y = x W^T + b for all rows at once, with one of two backends: Plain (Eigen, any T) and Packed (oneDNN,
/// float, weights packed once). Weights stand as on disk: (out, in). The parameters belong to the model's
/// ParameterList and must outlive the layer; two layers may share one (tied embeddings).
template <class T>
class Linear {
public:
    /// `bias` may be null. weight: (out, in); bias: (1, out).
    Linear(Parameter<T>& weight, Parameter<T>* bias);
    ~Linear();
    Linear(Linear&&) noexcept;
    Linear(const Linear&) = delete;
    Linear& operator=(const Linear&) = delete;
    Linear& operator=(Linear&&) = delete;

    Index inputs() const { return m_weight->value.cols(); }
    Index outputs() const { return m_weight->value.rows(); }

    const Matrix<T>& weight() const { return m_weight->value; } ///< (out, in)
    /// (1, out), or null.
    const Matrix<T>* bias() const { return m_bias ? &m_bias->value : nullptr; }

    /// Packs the weights for this machine; to be called when they no longer change. Does nothing for double
    /// and where oneDNN is not built in. Safe to use from several threads afterwards.
    void pack();
    bool packed() const { return m_packed != nullptr; }

    /// x: (n, in), y: (n, out). Rows are padded to at least 16, so that a row's result does not depend on how
    /// few rows stand beside it.
    void forward(ConstMatrixView<T> x, MatrixView<T> y) const;

    /// gradX = gradY W where gradX is not null; adds gradY^T x and the column sums of gradY to the gradients
    /// of weight and bias. x: (n, in), gradY: (n, out), gradX: (n, in).
    void backward(ConstMatrixView<T> x, ConstMatrixView<T> gradY, Matrix<T>* gradX,
                  Gradients<T>& gradients) const;

    /// Arithmetic of one forward pass over n rows, multiply and add counted as two.
    double flops(Index n) const {
        return 2.0 * static_cast<double>(n) * static_cast<double>(m_weight->value.size());
    }

private:
    Parameter<T>* m_weight;
    Parameter<T>* m_bias;
    std::unique_ptr<PackedLinear> m_packed;
};

/// Fewest rows that a product is computed with.
constexpr Index minimumRows = 16;

/// Whether packing is expected to win on this machine: oneDNN is built in and may use AVX-512 (the table in
/// DESIGN section 4; ONEDNN_MAX_CPU_ISA is honoured). On AVX2 Eigen wins from 16 rows on.
bool packingWins();
/// Threads that a packed product of this size runs on: 1 for a typed sentence in a small model, all cores for
/// large ones.
int packedThreads(Index n, Index in, Index out);
/// "oneDNN 2.6.3, AVX-512" or "" when it is not built in.
std::string packedBackendName();
/// "Eigen 3.4.0, AVX2 + FMA".
std::string plainBackendName();

} // namespace headlight
