#include "engine/attention/general_score.h"

#include "engine/attention/seeded_matrix.h"

namespace headlight {

template <class T>
std::unique_ptr<General<T>> General<T>::seeded(Index queryWidth, Index keyWidth, uint64_t seed) {
    Random random(seed);
    return std::make_unique<General<T>>(seededMatrix<T>(queryWidth, keyWidth, random));
}

template <class T>
void General<T>::scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const {
    Matrix<T> turned(queries.rows(), keys.cols()); // Q W, (n, d_k)
    turned.noalias() = queries * m_parameters[0];
    scores.noalias() = turned * keys.transpose();
}

template <class T>
void General<T>::backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                          MatrixView<T> gradQueries, MatrixView<T> gradKeys) const {
    // scores = Q W K^T
    const Matrix<T>& W = m_parameters[0];
    Matrix<T> part(queries.rows(), keys.cols()); // (n, d_k)
    part.noalias() = gradScores * keys;
    gradQueries.noalias() = part * W.transpose();
    part.noalias() = queries * W;
    gradKeys.noalias() = gradScores.transpose() * part;
}

template <class T>
void General<T>::parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                    ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const {
    // scores = Q W K^T
    Matrix<T> part(queries.rows(), keys.cols()); // (n, d_k)
    part.noalias() = gradScores * keys;
    gradients[0].noalias() += queries.transpose() * part;
}

template <class T>
double General<T>::multiplyAdds(Index n, Index m, Index /*d*/) const {
    const Index keyWidth = m_parameters[0].cols();
    return static_cast<double>(n * m_parameters[0].size()) + static_cast<double>(n * m * keyWidth);
}

template class General<float>;
template class General<double>;

} // namespace headlight
