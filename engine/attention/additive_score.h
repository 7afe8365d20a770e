#pragma once

#include "engine/attention/score_function.h"

#include <vector>

namespace headlight {

/// v^T tanh(W_q q + W_k k + b) (Bahdanau, Cho & Bengio 2015, section A.1.2): a small network with one hidden
/// layer of width a looks at every pair. W_q Q and W_k K are computed once a token, tanh once a pair.
template <class T>
class Additive final : public ScoreFunction<T> {
public:
    /// queryMatrix: W_q (a, d_q), keyMatrix: W_k (a, d_k), direction: v (1, a), bias: b (1, a) or empty (0,
    /// 0).
    Additive(Matrix<T> queryMatrix, Matrix<T> keyMatrix, Matrix<T> direction, Matrix<T> bias = {});
    /// No bias; every matrix drawn from N(0, 1/columns).
    static std::unique_ptr<Additive> seeded(Index innerWidth, Index queryWidth, Index keyWidth,
                                            uint64_t seed);

    std::string_view name() const override { return "additive"; }
    void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const override;
    void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                  MatrixView<T> gradQueries, MatrixView<T> gradKeys) const override;
    /// W_q, W_k, v, and b where there is one.
    std::span<const Matrix<T>> parameters() const override { return m_parameters; }
    void parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                            ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const override;
    double multiplyAdds(Index n, Index m, Index d) const override;

private:
    /// Sums over the pairs of dL/d(W_q q + W_k k + b): by query (n, a) and by key (m, a); and dL/dv (1, a).
    struct InnerGradients {
        Matrix<T> byQuery, byKey, direction;
    };
    InnerGradients innerGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                  ConstMatrixView<T> gradScores) const;
    Matrix<T> projectedQueries(ConstMatrixView<T> queries) const; ///< W_q Q + b, (n, a)
    Matrix<T> projectedKeys(ConstMatrixView<T> keys) const;       ///< W_k K, (m, a)

    std::vector<Matrix<T>> m_parameters;
};

/// v^T tanh(W [q; k] + b) (Luong, Pham & Manning 2015, section 3.1, "concat"), q above k. With W = [W_q W_k]
/// it is the additive score, and is computed like it.
template <class T>
class Concat final : public ScoreFunction<T> {
public:
    /// matrix: W (a, d_q + d_k), direction: v (1, a), bias: b (1, a) or empty (0, 0).
    Concat(Matrix<T> matrix, Matrix<T> direction, Index queryWidth, Matrix<T> bias = {});
    /// No bias; every matrix drawn from N(0, 1/columns).
    static std::unique_ptr<Concat> seeded(Index innerWidth, Index queryWidth, Index keyWidth, uint64_t seed);

    std::string_view name() const override { return "concat"; }
    void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const override;
    void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                  MatrixView<T> gradQueries, MatrixView<T> gradKeys) const override;
    /// W, v, and b where there is one.
    std::span<const Matrix<T>> parameters() const override { return m_parameters; }
    void parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                            ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const override;
    double multiplyAdds(Index n, Index m, Index d) const override { return m_split.multiplyAdds(n, m, d); }

private:
    std::vector<Matrix<T>> m_parameters;
    Additive<T> m_split; ///< the same parameters, W in its two parts
};

} // namespace headlight
