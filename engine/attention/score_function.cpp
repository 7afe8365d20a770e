#include "engine/attention/score_function.h"

#include <cmath>

namespace headlight {

template <class T>
DotProduct<T> DotProduct<T>::scaledFor(Index headWidth) {
    return DotProduct(1.0 / std::sqrt(static_cast<double>(headWidth)));
}

template <class T>
void DotProduct<T>::scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const {
    scores.noalias() = queries * keys.transpose();
    scores *= m_factor;
}

template <class T>
void DotProduct<T>::scoresWithUnscaled(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                       MatrixView<T> unscaled, MatrixView<T> result) const {
    unscaled.noalias() = queries * keys.transpose();
    result = unscaled * m_factor;
}

template <class T>
void DotProduct<T>::backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                             ConstMatrixView<T> gradScores, MatrixView<T> gradQueries,
                             MatrixView<T> gradKeys) const {
    // scores = factor Q K^T
    gradQueries.noalias() = gradScores * keys;
    gradQueries *= m_factor;
    gradKeys.noalias() = gradScores.transpose() * queries;
    gradKeys *= m_factor;
}

template <class T>
double DotProduct<T>::multiplyAdds(Index n, Index m, Index d) const {
    return static_cast<double>(n * m) * static_cast<double>(m_factor == T(1) ? d : d + 1);
}

template class DotProduct<float>;
template class DotProduct<double>;

} // namespace headlight
