#pragma once

#include "engine/attention/score_function.h"

namespace headlight {

/// q . k / (|q| |k|), times a fixed factor (Graves, Wayne & Danihelka 2014, equations 5 and 6, where the
/// factor is the key strength): only directions count. A vector of length 0 has the score 0 with everything,
/// and no gradient.
template <class T>
class Cosine final : public ScoreFunction<T> {
public:
    explicit Cosine(double factor = 1) : m_factor(static_cast<T>(factor)) {}

    std::string_view name() const override { return "cosine"; }
    void scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const override;
    void backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                  MatrixView<T> gradQueries, MatrixView<T> gradKeys) const override;
    /// The lengths and the division by them, then a dot product a pair.
    double multiplyAdds(Index n, Index m, Index d) const override;

private:
    T m_factor;
};

} // namespace headlight
