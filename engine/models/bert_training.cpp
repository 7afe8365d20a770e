#include "engine/models/bert_training.h"

namespace headlight {

namespace {
LossSums sums(std::span<const Example> examples, double loss, double flops, int64_t correct) {
    LossSums result;
    result.loss = loss;
    result.flops = flops;
    result.correct = correct;
    for (const Example& example : examples) {
        result.targets += std::ssize(example.targets);
        for (const Target& target : example.targets)
            result.weight += static_cast<double>(target.weight);
    }
    return result;
}
} // namespace

template <class T>
LossSums BertTrainable<T>::accumulate(std::span<const Example> examples, const TrainingNoise& noise,
                                      Gradients<T>& gradients) const {
    const auto result = m_network.runBatch(examples, noise, &gradients);
    return sums(examples, result.loss, result.flops, result.correct);
}

template <class T>
LossSums BertTrainable<T>::evaluate(std::span<const Example> examples) const {
    const auto result = m_network.runBatch(examples, {}, nullptr);
    return sums(examples, result.loss, result.flops, result.correct);
}

template class BertTrainable<float>;
template class BertTrainable<double>;

} // namespace headlight
