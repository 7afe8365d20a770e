#include "engine/attention/additive_score.h"

#include "engine/attention/seeded_matrix.h"

namespace headlight {

template <class T>
Additive<T>::Additive(Matrix<T> queryMatrix, Matrix<T> keyMatrix, Matrix<T> direction, Matrix<T> bias) {
    m_parameters.push_back(std::move(queryMatrix));
    m_parameters.push_back(std::move(keyMatrix));
    m_parameters.push_back(std::move(direction));
    if (bias.size() > 0)
        m_parameters.push_back(std::move(bias));
}

template <class T>
std::unique_ptr<Additive<T>> Additive<T>::seeded(Index innerWidth, Index queryWidth, Index keyWidth,
                                                 uint64_t seed) {
    Random random(seed);
    Matrix<T> queryMatrix = seededMatrix<T>(innerWidth, queryWidth, random);
    Matrix<T> keyMatrix = seededMatrix<T>(innerWidth, keyWidth, random);
    return std::make_unique<Additive<T>>(std::move(queryMatrix), std::move(keyMatrix),
                                         seededMatrix<T>(1, innerWidth, random));
}

template <class T>
Matrix<T> Additive<T>::projectedQueries(ConstMatrixView<T> queries) const {
    Matrix<T> projected(queries.rows(), m_parameters[0].rows()); // (n, a)
    projected.noalias() = queries * m_parameters[0].transpose();
    if (m_parameters.size() > 3)
        projected.rowwise() += m_parameters[3].row(0);
    return projected;
}

template <class T>
Matrix<T> Additive<T>::projectedKeys(ConstMatrixView<T> keys) const {
    Matrix<T> projected(keys.rows(), m_parameters[1].rows()); // (m, a)
    projected.noalias() = keys * m_parameters[1].transpose();
    return projected;
}

template <class T>
void Additive<T>::scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const {
    const Matrix<T> fromQueries = projectedQueries(queries), fromKeys = projectedKeys(keys);
    const Matrix<T>& v = m_parameters[2];
    Matrix<T> hidden(fromKeys.rows(), fromKeys.cols()); // (m, a), of one query
    for (Index i = 0; i < queries.rows(); ++i) {
        hidden = (fromKeys.rowwise() + fromQueries.row(i)).array().tanh();
        scores.row(i).noalias() = v * hidden.transpose();
    }
}

template <class T>
typename Additive<T>::InnerGradients Additive<T>::innerGradients(ConstMatrixView<T> queries,
                                                                 ConstMatrixView<T> keys,
                                                                 ConstMatrixView<T> gradScores) const {
    const Matrix<T> fromQueries = projectedQueries(queries), fromKeys = projectedKeys(keys);
    const Matrix<T>& v = m_parameters[2];
    InnerGradients result{Matrix<T>(fromQueries.rows(), fromQueries.cols()),
                          Matrix<T>::Zero(fromKeys.rows(), fromKeys.cols()), Matrix<T>::Zero(1, v.cols())};
    Matrix<T> hidden(fromKeys.rows(), fromKeys.cols()),
        gradHidden(fromKeys.rows(), fromKeys.cols()); // (m, a)
    for (Index i = 0; i < queries.rows(); ++i) {
        // score_j = v . h_j, h_j = tanh(W_q q + W_k k_j + b)
        hidden = (fromKeys.rowwise() + fromQueries.row(i)).array().tanh();
        result.direction.noalias() += gradScores.row(i) * hidden;
        gradHidden.noalias() = gradScores.row(i).transpose() * v;
        gradHidden.array() *= T(1) - hidden.array().square();
        result.byQuery.row(i) = gradHidden.colwise().sum();
        result.byKey += gradHidden;
    }
    return result;
}

template <class T>
void Additive<T>::backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                           MatrixView<T> gradQueries, MatrixView<T> gradKeys) const {
    const InnerGradients inner = innerGradients(queries, keys, gradScores);
    gradQueries.noalias() = inner.byQuery * m_parameters[0];
    gradKeys.noalias() = inner.byKey * m_parameters[1];
}

template <class T>
void Additive<T>::parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                     ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const {
    const InnerGradients inner = innerGradients(queries, keys, gradScores);
    gradients[0].noalias() += inner.byQuery.transpose() * queries;
    gradients[1].noalias() += inner.byKey.transpose() * keys;
    gradients[2] += inner.direction;
    if (m_parameters.size() > 3)
        gradients[3] += inner.byQuery.colwise().sum();
}

template <class T>
double Additive<T>::multiplyAdds(Index n, Index m, Index /*d*/) const {
    const Index innerWidth = m_parameters[0].rows();
    return static_cast<double>(n * m_parameters[0].size() + m * m_parameters[1].size()) +
           static_cast<double>(n * m * innerWidth);
}

template <class T>
Concat<T>::Concat(Matrix<T> matrix, Matrix<T> direction, Index queryWidth, Matrix<T> bias)
    : m_split(matrix.leftCols(queryWidth), matrix.rightCols(matrix.cols() - queryWidth), direction, bias) {
    m_parameters.push_back(std::move(matrix));
    m_parameters.push_back(std::move(direction));
    if (bias.size() > 0)
        m_parameters.push_back(std::move(bias));
}

template <class T>
std::unique_ptr<Concat<T>> Concat<T>::seeded(Index innerWidth, Index queryWidth, Index keyWidth,
                                             uint64_t seed) {
    Random random(seed);
    Matrix<T> matrix = seededMatrix<T>(innerWidth, queryWidth + keyWidth, random);
    return std::make_unique<Concat<T>>(std::move(matrix), seededMatrix<T>(1, innerWidth, random), queryWidth);
}

template <class T>
void Concat<T>::scores(ConstMatrixView<T> queries, ConstMatrixView<T> keys, MatrixView<T> scores) const {
    m_split.scores(queries, keys, scores);
}

template <class T>
void Concat<T>::backward(ConstMatrixView<T> queries, ConstMatrixView<T> keys, ConstMatrixView<T> gradScores,
                         MatrixView<T> gradQueries, MatrixView<T> gradKeys) const {
    m_split.backward(queries, keys, gradScores, gradQueries, gradKeys);
}

template <class T>
void Concat<T>::parameterGradients(ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                                   ConstMatrixView<T> gradScores, std::span<Matrix<T>> gradients) const {
    std::vector<Matrix<T>> parts;
    for (const Matrix<T>& parameter : m_split.parameters())
        parts.push_back(Matrix<T>::Zero(parameter.rows(), parameter.cols()));
    m_split.parameterGradients(queries, keys, gradScores, parts);
    gradients[0].leftCols(parts[0].cols()) += parts[0];
    gradients[0].rightCols(parts[1].cols()) += parts[1];
    for (size_t i = 1; i < m_parameters.size(); ++i)
        gradients[i] += parts[i + 1];
}

template class Additive<float>;
template class Additive<double>;
template class Concat<float>;
template class Concat<double>;

} // namespace headlight
