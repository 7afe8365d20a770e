#include "engine/attention/head.h"

#include <limits>

namespace headlight {

template <class T>
void headWeights(const HeadRule<T>& rule, ConstMatrixView<T> queries, ConstMatrixView<T> keys,
                 MatrixView<T> scores, MatrixView<T> weights, HeadSteps<T>* steps) {
    if (steps)
        rule.score.scoresWithUnscaled(queries, keys, steps->dots, scores);
    else
        rule.score.scores(queries, keys, scores);
    if (steps)
        steps->scaled = scores;
    if (rule.temperature != T(1))
        scores /= rule.temperature;
    for (const ChangedScore<T>& cell : rule.changed)
        scores(cell.query, cell.key) = cell.isAdded ? scores(cell.query, cell.key) + cell.value : cell.value;
    applyMask<T>(rule.mask, scores);
    if (rule.window)
        applyLocalWindow<T>(*rule.window, 0, scores);
    for (const MaskedCell& cell : rule.masked)
        scores(cell.query, cell.key) = -std::numeric_limits<T>::infinity();
    for (const Index key : rule.hidden)
        scores.col(key).setConstant(-std::numeric_limits<T>::infinity());
    if (steps)
        rule.normaliser.weightsWithSteps(scores, weights, steps->softmax);
    else
        rule.normaliser.weights(scores, weights);
}

template <class T>
void headContext(ConstMatrixView<T> weights, ConstMatrixView<T> values, MatrixView<T> context) {
    context.noalias() = weights * values;
}

template void headWeights(const HeadRule<float>&, ConstMatrixView<float>, ConstMatrixView<float>,
                          MatrixView<float>, MatrixView<float>, HeadSteps<float>*);
template void headWeights(const HeadRule<double>&, ConstMatrixView<double>, ConstMatrixView<double>,
                          MatrixView<double>, MatrixView<double>, HeadSteps<double>*);
template void headContext(ConstMatrixView<float>, ConstMatrixView<float>, MatrixView<float>);
template void headContext(ConstMatrixView<double>, ConstMatrixView<double>, MatrixView<double>);

} // namespace headlight
