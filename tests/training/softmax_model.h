#pragma once

#include "engine/core/random.h"
#include "engine/layers/parameter_list.h"
#include "engine/models/trainable.h"
#include "engine/ops/dropout.h"
#include "engine/training/task.h"

#include <cmath>
#include <functional>

namespace headlight {

/// The smallest thing that can be trained: logits = row of a table picked by a token, with dropout on the
/// table's row.
class SoftmaxModel final : public Trainable<float> {
public:
    SoftmaxModel(Index words, uint64_t seed)
        : m_table(m_list.matrix("table", words, words)), m_bias(m_list.vector("bias", words)) {
        Random random(seed);
        for (Index i = 0; i < m_table.value.size(); ++i)
            m_table.value.data()[i] = static_cast<float>(random.uniform() - 0.5);
    }

    std::function<void()> onAccumulate = [] {}; ///< called in every accumulate, on its thread

    const std::vector<Parameter<float>*>& parameters() override { return m_list.all(); }
    LossSums accumulate(std::span<const Example> examples, uint64_t dropoutSeed,
                        Gradients<float>& gradients) const override {
        onAccumulate();
        return pass(examples, dropoutSeed, &gradients);
    }
    LossSums evaluate(std::span<const Example> examples) const override { return pass(examples, 0, nullptr); }

private:
    LossSums pass(std::span<const Example> examples, uint64_t dropoutSeed,
                  Gradients<float>* gradients) const {
        LossSums sums;
        uint64_t use = 0;
        for (const Example& example : examples)
            for (const Target& target : example.targets) {
                const Index word = example.ids[static_cast<size_t>(target.position)];
                Matrix<float> row = m_table.value.row(word), factors = Matrix<float>::Ones(1, row.cols());
                if (dropoutSeed)
                    dropout<float>(0.3, dropoutStream(dropoutSeed, use++), row, factors);
                row += m_bias.value;
                const RowVector<float> exponentials = (row.array() - row.maxCoeff()).exp();
                RowVector<float> p = exponentials / exponentials.sum();
                Index best = 0;
                p.maxCoeff(&best);
                sums.loss -= std::log(static_cast<double>(p(target.id)));
                sums.weight += 1;
                sums.targets += 1;
                sums.correct += best == target.id;
                p(target.id) -= 1;
                if (gradients) {
                    (*gradients)[0].row(word).array() += p.array() * factors.array().row(0);
                    (*gradients)[1].row(0) += p;
                }
            }
        sums.flops = static_cast<double>(examples.size());
        return sums;
    }

    ParameterList<float> m_list;
    Parameter<float>& m_table;
    Parameter<float>& m_bias;
};

/// Token i is followed by (3 i + 1) modulo the number of words.
class SuccessorTask final : public Task {
public:
    SuccessorTask(int words, uint64_t seed) : m_words(words), m_random(seed) {}
    Batch next() override {
        Batch batch(16);
        for (Example& example : batch)
            for (size_t i = 0; i <= m_random.below(5); ++i) {
                const auto word = static_cast<int>(m_random.below(static_cast<size_t>(m_words)));
                example.ids.push_back(word);
                example.targets.push_back({static_cast<int>(i), (3 * word + 1) % m_words, 0, 1});
            }
        return batch;
    }
    std::string state() const override { return std::to_string(m_random.state()); }
    void restore(const std::string& state) override { m_random.setState(std::stoull(state)); }

private:
    int m_words;
    Random m_random;
};

} // namespace headlight
