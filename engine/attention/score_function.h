#pragma once

#include "engine/core/matrix.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace headlight {

/// How well a key answers a query: one number for each pair. Immutable. A new score function is a new class,
/// a line where a model builds its heads and one in the table of the bench (experiments/mechanism_table.cpp).
template <class T>
class ScoreFunction {
public:
    ScoreFunction() = default;
    ScoreFunction(const ScoreFunction&) = delete;
    ScoreFunction& operator=(const ScoreFunction&) = delete;
    virtual ~ScoreFunction() = default;

    virtual std::string_view name() const = 0;

    /// queries: (n, d), keys: (m, d), scores: (n, m) is overwritten.
    virtual void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const = 0;
    /// The same bits; `unscaled` (n, m) receives them before the factor that scales them all.
    virtual void scoresWithUnscaled(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                    MatrixView<T> unscaled, MatrixView<T> result) const {
        scores(queries, keys, result);
        unscaled = result;
    }
    /// That factor.
    virtual T scale() const { return 1; }
    /// gradScores: (n, m); gradQueries (n, d) and gradKeys (m, d) are overwritten.
    virtual void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                          MatrixView<T> gradQueries, MatrixView<T> gradKeys) const = 0;

    /// Parameters of its own; most have none.
    virtual std::span<const Matrix<T>> parameters() const { return {}; }
    /// Adds dL/dparameter to `gradients`: one matrix a parameter, of its shape.
    virtual void parameterGradients(ConstMatrixView<T> /*queries*/, ConstMatrixView<T> /*keys*/,
                                    ConstMatrixView<T> /*gradScores*/,
                                    std::span<Matrix<T>> /*gradients*/) const {}
    int64_t parameterCount() const {
        int64_t sum = 0;
        for (const Matrix<T>& parameter : parameters())
            sum += parameter.size();
        return sum;
    }

    /// Multiplications of `scores` for n queries and m keys of width d, as it is computed here; each goes
    /// with at most one addition. tanh and square roots are not counted.
    virtual double multiplyAdds(Index n, Index m, Index d) const = 0;
};

/// q . k (Luong, Pham & Manning 2015, section 3.1, "dot"), times a fixed factor; with 1/sqrt(d_k) it is the
/// scaled dot product of Vaswani et al. 2017, eq. 1.
template <class T>
class DotProduct final : public ScoreFunction<T> {
public:
    explicit DotProduct(double factor = 1) : m_factor(static_cast<T>(factor)) {}
    static DotProduct scaledFor(Index headWidth);

    std::string_view name() const override { return m_factor == T(1) ? "dot" : "scaled dot"; }
    T factor() const { return m_factor; }
    T scale() const override { return m_factor; }
    void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const override;
    void scoresWithUnscaled(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> unscaled,
                            MatrixView<T> result) const override;
    void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                  MatrixView<T> gradQueries, MatrixView<T> gradKeys) const override;
    /// n m d, and one more a score where there is a factor.
    double multiplyAdds(Index n, Index m, Index d) const override;

private:
    T m_factor;
};

} // namespace headlight
