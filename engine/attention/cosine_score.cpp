#include "engine/attention/cosine_score.h"

namespace headlight {

namespace {
/// Rows of length 1, or 0 where they had no length, and 1 / length (0 likewise).
template <class T>
struct UnitRows {
    Matrix<T> rows;                                    // (n, d)
    Eigen::Array<T, Eigen::Dynamic, 1> inverseLengths; // (n)

    explicit UnitRows(ConstMatrixView<T> x) : rows(x), inverseLengths(x.rows()) {
        for (Index i = 0; i < x.rows(); ++i) {
            // stableNorm: squares of very small or large components neither vanish nor overflow.
            const T length = x.row(i).stableNorm();
            inverseLengths(i) = length > T(0) ? T(1) / length : T(0);
            if (length > T(0))
                rows.row(i) /= length;
        }
    }
    /// dL/dx from dL/d(unit rows): (gradient - unit (unit . gradient)) / length. Both (n, d), in place.
    void backward(MatrixView<T> gradient) const {
        for (Index i = 0; i < rows.rows(); ++i) {
            const T along = rows.row(i).dot(gradient.row(i));
            gradient.row(i) = (gradient.row(i) - along * rows.row(i)) * inverseLengths(i);
        }
    }
};
} // namespace

template <class T>
void Cosine<T>::scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const {
    const UnitRows<T> unitQueries(queries), unitKeys(keys);
    scores.noalias() = unitQueries.rows * unitKeys.rows.transpose();
    scores *= m_factor;
}

template <class T>
void Cosine<T>::backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                         MatrixView<T> gradQueries, MatrixView<T> gradKeys) const {
    // scores = factor Q' K'^T, Q' and K' of unit rows
    const UnitRows<T> unitQueries(queries), unitKeys(keys);
    gradQueries.noalias() = gradScores * unitKeys.rows;
    gradQueries *= m_factor;
    unitQueries.backward(gradQueries);
    gradKeys.noalias() = gradScores.transpose() * unitQueries.rows;
    gradKeys *= m_factor;
    unitKeys.backward(gradKeys);
}

template <class T>
double Cosine<T>::multiplyAdds(Index n, Index m, Index d) const {
    const Index pair = m_factor == T(1) ? d : d + 1;
    return 2 * static_cast<double>((n + m) * d) + static_cast<double>(n * m * pair);
}

template class Cosine<float>;
template class Cosine<double>;

} // namespace headlight
