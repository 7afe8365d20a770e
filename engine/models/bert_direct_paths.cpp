#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/models/bert_network.h"

namespace headlight {

template <class T>
Matrix<T> BertNetwork<T>::readOut(ConstMatrixView<T> hidden) const {
    Matrix<T> logits(hidden.rows(), m_config.vocabularySize); // (n, V)
    HeadTape tape;
    predict(hidden, tape, logits);
    return logits;
}

template <class T>
DirectPaths BertNetwork<T>::directPaths(const BasicRecording<T>& recording, Index position, int id) const {
    const BasicStackRecord<T>* stack = recording.stacks.empty() ? nullptr : &recording.stacks.front();
    const size_t layers = m_layers.size();
    if (!stack || stack->sites.size() != layers || stack->hidden.size() != layers + 1)
        throw RequestError("Shares of a logit need a whole recording with the residual stream.");
    const auto isShort = [](const auto& site) { return site->context.empty(); };
    if (std::any_of(stack->sites.begin(), stack->sites.end(), isShort))
        throw RequestError("Shares of a logit need a recording with vectors.");
    if (position < 0 || position >= stack->hidden.front()->dimension(0) || id < 0 ||
        id >= m_config.vocabularySize)
        throw RequestError("There is no logit of token " + std::to_string(id) + " at position " +
                           std::to_string(position) + ".");

    // Of the output head: logit = row of the decoder . norm(f(W h + b)) + bias.
    const Matrix<T> last = matrixOf(*stack->hidden.back()).row(position); // (1, D)
    HeadTape tape;
    Matrix<T> logits(1, m_config.vocabularySize); // (1, V)
    predict(last, tape, logits);
    DirectPaths result;
    result.logit = static_cast<double>(logits(0, id));
    RowVector<double> direction = m_decoder.weight().row(id).template cast<double>(); // (D)
    result.biases = static_cast<double>((*m_decoder.bias())(0, id));
    result.biases += m_transformNorm.pullBackFrozen(tape.norm, direction);
    for (Index i = 0; i < direction.cols(); ++i) {
        const auto inner = static_cast<double>(tape.inner(0, i));
        direction(i) *= inner == 0 ? 0 : static_cast<double>(tape.activated(0, i)) / inner;
    }
    result.biases += m_transform.bias()->row(0).template cast<double>().dot(direction);
    direction = direction * m_transform.weight().template cast<double>();

    // Layer by layer towards the embeddings, `direction` being what the stream is read with there.
    result.heads.resize(layers);
    result.feedForward.resize(layers);
    for (size_t layer = layers; layer-- > 0;) {
        const Tensor<T>& context = stack->sites[layer]->context; // (H, n, d_head)
        Matrix<T> joined(1, m_config.width);                     // (1, D)
        for (Index head = 0; head < m_config.heads; ++head)
            joined.middleCols(head * m_config.headWidth(), m_config.headWidth()) =
                matrixOf(context, head).row(position);
        const Matrix<T> x = matrixOf(*stack->hidden[layer]).row(position); // (1, D)
        const auto shares = m_layers[layer]->directShares(x, joined, direction);
        result.heads[layer] = shares.heads;
        result.feedForward[layer] = shares.feedForward;
        result.biases += shares.biases;
    }
    result.embeddings = matrixOf(*stack->hidden.front()).row(position).template cast<double>().dot(direction);
    return result;
}

template Matrix<float> BertNetwork<float>::readOut(ConstMatrixView<float>) const;
template Matrix<double> BertNetwork<double>::readOut(ConstMatrixView<double>) const;
template DirectPaths BertNetwork<float>::directPaths(const BasicRecording<float>&, Index, int) const;
template DirectPaths BertNetwork<double>::directPaths(const BasicRecording<double>&, Index, int) const;

} // namespace headlight
