#pragma once

#include "engine/models/bert_network.h"
#include "engine/models/trainable.h"

namespace headlight {

/// A BERT with a masked-word head as something to train: the network that inference runs, with gradients.
template <class T>
class BertTrainable final : public Trainable<T> {
public:
    /// Weights are drawn from `seed`; see BertNetwork::initialise.
    BertTrainable(const BertConfig& config, uint64_t seed) : m_network(config) { m_network.initialise(seed); }

    const BertNetwork<T>& network() const { return m_network; }

    const std::vector<Parameter<T>*>& parameters() override { return m_network.parameters(); }
    LossSums accumulate(std::span<const Example> examples, const TrainingNoise& noise,
                        Gradients<T>& gradients) const override;
    LossSums evaluate(std::span<const Example> examples) const override;

private:
    BertNetwork<T> m_network;
};

} // namespace headlight
