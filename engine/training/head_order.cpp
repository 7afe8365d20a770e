#include "engine/training/head_order.h"

#include "engine/core/errors.h"
#include "engine/training/masked_word_task.h"
#include "engine/training/sequence_placer.h"

#include <algorithm>
#include <numeric>

namespace headlight {

namespace {
/// `matrix` with blocks of `size` rows in another order.
Matrix<float> withRows(const Matrix<float>& matrix, Index size, const std::vector<int>& order) {
    Matrix<float> result(matrix.rows(), matrix.cols());
    for (size_t i = 0; i < order.size(); ++i)
        result.middleRows(static_cast<Index>(i) * size, size) = matrix.middleRows(order[i] * size, size);
    return result;
}

Matrix<float> withColumns(const Matrix<float>& matrix, Index size, const std::vector<int>& order) {
    Matrix<float> result(matrix.rows(), matrix.cols());
    for (size_t i = 0; i < order.size(); ++i)
        result.middleCols(static_cast<Index>(i) * size, size) = matrix.middleCols(order[i] * size, size);
    return result;
}

void check(const BertConfig& config, const HeadOrder& order) {
    std::vector<int> heads(static_cast<size_t>(config.heads));
    std::iota(heads.begin(), heads.end(), 0);
    if (std::ssize(order) != config.layers ||
        !std::all_of(order.begin(), order.end(), [&](const std::vector<int>& layer) {
            return std::is_permutation(layer.begin(), layer.end(), heads.begin(), heads.end());
        }))
        throw RequestError("An order of heads must hold every head of every layer once.");
}
} // namespace

HeadOrder orderByLink(const BertNetwork<float>& network, const Tokenizer& tokenizer, const Grammar& grammar,
                      int sentences, uint64_t seed) {
    const BertConfig& config = network.config();
    const auto layers = static_cast<size_t>(config.layers), heads = static_cast<size_t>(config.heads);
    const MaskedWordTask task(grammar, tokenizer, {});
    const SequencePlacer placer(task.cls(), task.separator(), config.maximumPositions);
    std::vector<std::vector<double>> weight(layers, std::vector<double>(heads, 0));
    Random random(seed);
    for (int i = 0; i < sentences; ++i) {
        const TokenizedSentence sentence = tokenize(grammar.sentence(random, Split::train), tokenizer);
        const PlacedSequence placed = placer.alone(sentence.ids);
        if (std::ssize(placed.ids) > config.maximumPositions)
            continue;
        const Recording recording = network.run({placed.ids, {}}, RecordPlan::weightsOnly(), {});
        for (const TokenizedSentence::Pronoun& pronoun : sentence.pronouns)
            if (pronoun.answer)
                for (size_t layer = 0; layer < layers; ++layer)
                    for (size_t head = 0; head < heads; ++head) {
                        const auto& weights = recording.stacks.front().sites[layer]->weights;
                        const auto row =
                            weights.row(static_cast<int64_t>(head), placed.begin + pronoun.position);
                        weight[layer][head] +=
                            row[static_cast<size_t>(placed.begin) + static_cast<size_t>(*pronoun.answer)];
                    }
    }
    HeadOrder order(layers, std::vector<int>(heads));
    for (size_t layer = 0; layer < layers; ++layer) {
        std::iota(order[layer].begin(), order[layer].end(), 0);
        std::stable_sort(order[layer].begin(), order[layer].end(), [&](int a, int b) {
            return weight[layer][static_cast<size_t>(a)] > weight[layer][static_cast<size_t>(b)];
        });
    }
    return order;
}

void reorderHeads(const std::vector<Parameter<float>*>& parameters, const BertConfig& config,
                  const HeadOrder& order) {
    check(config, order);
    for (Parameter<float>* parameter : parameters)
        for (size_t layer = 0; layer < order.size(); ++layer) {
            const std::string prefix = "bert.encoder.layer." + std::to_string(layer) + ".attention.";
            if (!parameter->name.starts_with(prefix))
                continue;
            const std::string_view rest = std::string_view(parameter->name).substr(prefix.size());
            if (rest == "output.dense.weight")
                parameter->value = withColumns(parameter->value, config.headWidth(), order[layer]);
            else if (rest.starts_with("self."))
                parameter->value = rest.ends_with(".bias")
                                       ? withColumns(parameter->value, config.headWidth(), order[layer])
                                       : withRows(parameter->value, config.headWidth(), order[layer]);
        }
}

} // namespace headlight
