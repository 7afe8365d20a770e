#pragma once

#include "engine/attention/score_function.h"

#include <array>

namespace headlight {

/// q^T W k (Luong, Pham & Manning 2015, section 3.1, "general"): a dot product in which W has learned which
/// component of a query meets which one of a key. Queries and keys may differ in width.
template <class T>
class General final : public ScoreFunction<T> {
public:
    /// matrix: W (d_q, d_k).
    explicit General(Matrix<T> matrix) : m_parameters{std::move(matrix)} {}
    /// W drawn from N(0, 1/d_k): scores as large as those of the scaled dot product.
    static std::unique_ptr<General> seeded(Index queryWidth, Index keyWidth, uint64_t seed);

    std::string_view name() const override { return "general"; }
    void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const override;
    void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                  MatrixView<T> gradQueries, MatrixView<T> gradKeys) const override;
    std::span<const Matrix<T>> parameters() const override { return m_parameters; }
    void parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                            ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const override;
    /// Q W once, then a dot product a pair.
    double multiplyAdds(Index n, Index m, Index d) const override;

private:
    std::array<Matrix<T>, 1> m_parameters;
};

} // namespace headlight
