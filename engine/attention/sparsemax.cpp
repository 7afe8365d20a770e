#include "engine/attention/sparsemax.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace headlight {

namespace {
/// The threshold tau of algorithm 1 for scores in descending order, of which the first is 0.
template <class T>
T threshold(const std::vector<T>& descending) {
    T sum = 0, tau = -1;
    T count = 0;
    for (const T score : descending) {
        sum += score;
        count += 1;
        if (1 + count * score <= sum)
            break;
        tau = (sum - 1) / count;
    }
    return tau;
}
} // namespace

template <class T>
void Sparsemax<T>::weights(ConstMatrixView<T> scores, MatrixView<T> weights) const {
    constexpr T masked = -std::numeric_limits<T>::infinity();
    std::vector<T> descending;
    for (Index i = 0; i < scores.rows(); ++i) {
        if (scores.row(i).hasNaN()) {
            weights.row(i).setConstant(std::numeric_limits<T>::quiet_NaN());
            continue;
        }
        const T maximum = scores.row(i).maxCoeff();
        if (maximum == masked) {
            weights.row(i).setZero();
            continue;
        }
        // The same number taken from all scores changes no weight; with the maximum at 0 sums stay exact
        // where scores are large. Keys more than 1 below the maximum can have no weight.
        descending.clear();
        for (Index j = 0; j < scores.cols(); ++j)
            if (scores(i, j) - maximum > T(-1))
                descending.push_back(scores(i, j) - maximum);
        std::sort(descending.begin(), descending.end(), std::greater<T>());
        const T tau = threshold(descending);
        for (Index j = 0; j < scores.cols(); ++j)
            weights(i, j) = std::max(scores(i, j) - maximum - tau, T(0));
    }
}

template <class T>
void Sparsemax<T>::backward(ConstMatrixView<T> weights, ConstMatrixView<T> gradWeights,
                            MatrixView<T> gradScores) const {
    for (Index i = 0; i < weights.rows(); ++i) {
        T sum = 0, count = 0;
        for (Index j = 0; j < weights.cols(); ++j)
            if (weights(i, j) > T(0)) {
                sum += gradWeights(i, j);
                count += 1;
            }
        for (Index j = 0; j < weights.cols(); ++j)
            gradScores(i, j) = weights(i, j) > T(0) ? gradWeights(i, j) - sum / count : T(0);
    }
}

template class Sparsemax<float>;
template class Sparsemax<double>;

} // namespace headlight
