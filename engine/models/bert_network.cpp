#include "engine/models/bert_network.h"

#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/edits/resolve.h"
#include "engine/files/safetensors.h"
#include "engine/layers/embedding.h"
#include "engine/ops/cross_entropy.h"
#include "engine/ops/dropout.h"

#include <cmath>
#include <random>

namespace headlight {

namespace {
template <class T>
Linear<T> transformLinear(ParameterList<T>& parameters, Index width) {
    Parameter<T>& weight = parameters.matrix("cls.predictions.transform.dense.weight", width, width);
    return Linear<T>(weight, &parameters.vector("cls.predictions.transform.dense.bias", width));
}

/// Old checkpoints call a norm's gain and bias gamma and beta.
std::string nameIn(const SafetensorsFile& file, const std::string& name) {
    if (file.contains(name))
        return name;
    for (const auto& [today, before] :
         {std::pair{"LayerNorm.weight", "LayerNorm.gamma"}, std::pair{"LayerNorm.bias", "LayerNorm.beta"}}) {
        const size_t at = name.rfind(today);
        if (at == std::string::npos)
            continue;
        std::string old = name.substr(0, at) + before;
        if (file.contains(old))
            return old;
    }
    return name;
}

/// The examples of a batch laid end to end.
struct Joined {
    std::vector<int> ids, types, positions;
    std::vector<Segment> segments;
    std::vector<Index> targetRows;
    std::vector<int> answers;
    std::vector<float> targetWeights;

    explicit Joined(std::span<const Example> examples) {
        for (const Example& example : examples) {
            const auto begin = static_cast<Index>(ids.size());
            segments.push_back({begin, static_cast<Index>(example.ids.size())});
            for (size_t i = 0; i < example.ids.size(); ++i) {
                ids.push_back(example.ids[i]);
                types.push_back(example.tokenTypes.empty() ? 0 : example.tokenTypes[i]);
                positions.push_back(example.firstPosition + static_cast<int>(i));
            }
            for (const Target& target : example.targets) {
                targetRows.push_back(begin + target.position);
                answers.push_back(target.id);
                targetWeights.push_back(target.weight);
            }
        }
    }
};
} // namespace

template <class T>
BertNetwork<T>::BertNetwork(const BertConfig& config)
    : m_config(config), m_words(m_parameters.matrix("bert.embeddings.word_embeddings.weight",
                                                    config.vocabularySize, config.width)),
      m_positions(m_parameters.matrix("bert.embeddings.position_embeddings.weight", config.maximumPositions,
                                      config.width)),
      m_types(m_parameters.matrix("bert.embeddings.token_type_embeddings.weight", config.typeVocabulary,
                                  config.width)),
      m_embeddingNorm(m_parameters, "bert.embeddings.LayerNorm", config.width, config.layerNormEps),
      m_transform(transformLinear(m_parameters, config.width)),
      m_transformNorm(m_parameters, "cls.predictions.transform.LayerNorm", config.width, config.layerNormEps),
      m_decoder(m_words, &m_parameters.vector("cls.predictions.bias", config.vocabularySize)) {
    const typename EncoderLayer<T>::Shape shape{config.width, config.heads, config.feedForward,
                                                config.layerNormEps, config.activation};
    for (int layer = 0; layer < config.layers; ++layer)
        m_layers.push_back(std::make_unique<EncoderLayer<T>>(
            m_parameters, "bert.encoder.layer." + std::to_string(layer), shape));
}

template <class T>
ModelShape BertNetwork<T>::shape() const {
    ModelShape shape;
    shape.family = "bert";
    shape.stacks.push_back({Stack::encoder, m_config.layers, m_config.heads, m_config.heads,
                            m_config.headWidth(), m_config.width});
    shape.vocabularySize = m_config.vocabularySize;
    shape.maximumTokens = m_config.maximumPositions;
    shape.parameters = m_parameters.count();
    return shape;
}

template <class T>
void BertNetwork<T>::initialise(uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal(0, 0.02);
    for (Parameter<T>* parameter : m_parameters.all())
        if (parameter->decay)
            for (Index i = 0; i < parameter->value.size(); ++i)
                parameter->value.data()[i] = static_cast<T>(normal(random));
    const Index width = m_positions.value.cols();
    for (Index position = 0; position < m_positions.value.rows(); ++position)
        for (Index i = 0; i < width; ++i) {
            const double period =
                std::pow(10000.0, static_cast<double>(i - i % 2) / static_cast<double>(width));
            const double angle = static_cast<double>(position) / period;
            m_positions.value(position, i) =
                static_cast<T>(0.02 * std::sqrt(2.0) * (i % 2 ? std::cos(angle) : std::sin(angle)));
        }
}

template <class T>
void BertNetwork<T>::read(const SafetensorsFile& file) {
    for (Parameter<T>* parameter : m_parameters.all()) {
        const Tensor<float> tensor = file.read(nameIn(file, parameter->name), parameter->shape);
        const Eigen::Map<const Matrix<float>> values(tensor.values().data(), parameter->value.rows(),
                                                     parameter->value.cols());
        parameter->value = values.template cast<T>();
    }
}

template <class T>
void BertNetwork<T>::pack() {
    for (auto& layer : m_layers)
        layer->pack();
    m_transform.pack();
    m_decoder.pack();
}

template <class T>
void BertNetwork<T>::check(const ModelInput& input) const {
    if (input.ids.empty())
        throw RequestError("There are no tokens to read.");
    if (std::ssize(input.ids) > m_config.maximumPositions)
        throw RequestError(std::to_string(input.ids.size()) + " tokens are more than the " +
                           std::to_string(m_config.maximumPositions) +
                           " that this model reads; shorten the text.");
    for (size_t i = 0; i < input.ids.size(); ++i)
        if (input.ids[i] < 0 || input.ids[i] >= m_config.vocabularySize)
            throw RequestError("Token " + std::to_string(i) + " has id " + std::to_string(input.ids[i]) +
                               ", outside this model's vocabulary of " +
                               std::to_string(m_config.vocabularySize) + ".");
    if (!input.tokenTypes.empty() && input.tokenTypes.size() != input.ids.size())
        throw RequestError("There must be one token type a token.");
    for (int type : input.tokenTypes)
        if (type < 0 || type >= m_config.typeVocabulary)
            throw RequestError("Token type " + std::to_string(type) + " is outside this model's " +
                               std::to_string(m_config.typeVocabulary) + "; it cannot read sentence pairs.");
}

template <class T>
void BertNetwork<T>::check(const Example& example) const {
    check(ModelInput{example.ids, example.tokenTypes});
    if (example.firstPosition < 0 ||
        example.firstPosition + std::ssize(example.ids) > m_config.maximumPositions)
        throw RequestError("An example of " + std::to_string(example.ids.size()) + " tokens from position " +
                           std::to_string(example.firstPosition) + " does not fit the " +
                           std::to_string(m_config.maximumPositions) + " positions of the model.");
    for (const Target& target : example.targets)
        if (target.position < 0 || target.position >= std::ssize(example.ids) || target.id < 0 ||
            target.id >= m_config.vocabularySize)
            throw RequestError("A target of id " + std::to_string(target.id) + " at position " +
                               std::to_string(target.position) + " does not fit its example of " +
                               std::to_string(example.ids.size()) + " tokens.");
}

template <class T>
void BertNetwork<T>::embed(std::span<const int> ids, std::span<const int> types,
                           std::span<const int> positions, MatrixView<T> y) const {
    y.setZero();
    addRows<T>(m_words, ids, y);
    addRows<T>(m_types, types, y);
    addRows<T>(m_positions, positions, y);
}

template <class T>
void BertNetwork<T>::predict(ConstMatrixView<T> hidden, HeadTape& tape, MatrixView<T> logits) const {
    tape.inner.resize(hidden.rows(), hidden.cols());
    tape.activated.resize(hidden.rows(), hidden.cols());
    tape.transformed.resize(hidden.rows(), hidden.cols());
    m_transform.forward(hidden, tape.inner);
    activate<T>(m_config.activation, tape.inner, tape.activated);
    m_transformNorm.forward(tape.activated, tape.transformed, &tape.norm);
    m_decoder.forward(tape.transformed, logits);
}

template <class T>
BasicRecording<T>
BertNetwork<T>::run(const ModelInput& input, const RecordPlan& plan, const RunControl& control,
                    const std::function<void(const BasicRecording<T>&, int, int)>& layerFinished) const {
    check(input);
    checkEdits(control.edits, {{Stack::encoder, m_config.layers, m_config.heads}},
               static_cast<int64_t>(input.ids.size()));
    const auto n = static_cast<Index>(input.ids.size());
    std::vector<int> types = input.tokenTypes, positions(input.ids.size());
    types.resize(input.ids.size(), 0);
    for (size_t i = 0; i < positions.size(); ++i)
        positions[i] = static_cast<int>(i);

    BasicRecording<T> recording;
    BasicStackRecord<T>& stack = recording.stacks.emplace_back();
    stack.stack = Stack::encoder;
    // The residual stream lives in the record: each layer reads the array that the one before it wrote.
    auto hidden = std::make_shared<Tensor<T>>(std::vector<int64_t>{n, m_config.width});
    embed(input.ids, types, positions, matrixOf(*hidden));
    m_embeddingNorm.forward(matrixOf(*hidden), matrixOf(*hidden), nullptr);
    if (plan.hidden)
        stack.hidden.push_back(hidden);

    for (int layer = 0; layer < m_config.layers; ++layer) {
        if (control.stop.stop_requested())
            throw Cancelled();
        auto next = std::make_shared<Tensor<T>>(std::vector<int64_t>{n, m_config.width});
        const Tensor<T>& current = *hidden;
        const auto detail =
            plan.details.has(Stack::encoder, layer) ? std::make_shared<BasicSiteDetail<T>>() : nullptr;
        auto site = m_layers[static_cast<size_t>(layer)]->forwardRecorded(
            matrixOf(current), matrixOf(*next), control.stop, SiteEdits(control.edits, Stack::encoder, layer),
            detail.get(), stack.sites);
        site->detail = detail;
        site->stack = Stack::encoder;
        site->layer = layer;
        if (!plan.vectors)
            site->queries = site->keys = site->values = site->context = {};
        stack.sites.push_back(std::move(site));
        hidden = std::move(next);
        if (plan.hidden)
            stack.hidden.push_back(hidden);
        if (layerFinished)
            layerFinished(recording, layer + 1, m_config.layers);
    }

    if (plan.logits) {
        auto logits = std::make_shared<Tensor<T>>(std::vector<int64_t>{n, m_config.vocabularySize});
        HeadTape tape;
        const Tensor<T>& last = *hidden;
        predict(matrixOf(last), tape, matrixOf(*logits));
        recording.logits = std::move(logits);
    }
    return recording;
}

template <class T>
typename BertNetwork<T>::BatchResult BertNetwork<T>::runBatch(std::span<const Example> examples,
                                                              const TrainingNoise& noise,
                                                              Gradients<T>* gradients) const {
    BatchResult result;
    for (const Example& example : examples)
        check(example);
    const Joined batch(examples);
    if (batch.targetRows.empty())
        return result;
    const auto rows = static_cast<Index>(batch.ids.size());
    const double hiddenRate = noise.seed ? noise.dropout * m_config.hiddenDropout : 0;
    const double attentionRate = noise.seed ? noise.dropout * m_config.attentionDropout : 0;
    const double nestedHeads = noise.seed ? noise.nestedHeads : 0;

    // Forward.
    std::vector<typename EncoderLayer<T>::Tape> tapes(m_layers.size());
    LayerNormTape<T> embeddingNorm;
    Matrix<T> embeddingFactors;
    Matrix<T> hidden(rows, m_config.width); // (rows, D)
    embed(batch.ids, batch.types, batch.positions, hidden);
    m_embeddingNorm.forward(hidden, hidden, &embeddingNorm);
    if (hiddenRate > 0)
        dropout<T>(hiddenRate, dropoutStream(noise.seed, 0), hidden, embeddingFactors);
    for (size_t layer = 0; layer < m_layers.size(); ++layer) {
        tapes[layer].input.swap(hidden);
        hidden.resize(rows, m_config.width);
        m_layers[layer]->forward(
            batch.segments, {attentionRate, hiddenRate, nestedHeads, dropoutStream(noise.seed, layer + 1)},
            tapes[layer], hidden);
        result.flops += m_layers[layer]->flops(batch.segments);
    }
    const auto targets = static_cast<Index>(batch.targetRows.size());
    Matrix<T> asked(targets, m_config.width); // (targets, D): the rows that must answer
    for (Index i = 0; i < targets; ++i)
        asked.row(i) = hidden.row(batch.targetRows[static_cast<size_t>(i)]);
    HeadTape head;
    Matrix<T> logits(targets, m_config.vocabularySize); // (targets, V)
    predict(asked, head, logits);
    result.flops += m_transform.flops(targets) + m_decoder.flops(targets);
    for (Index i = 0; i < targets; ++i) {
        Index best = 0;
        logits.row(i).maxCoeff(&best);
        result.correct += best == batch.answers[static_cast<size_t>(i)];
    }
    Matrix<T> none;
    result.loss = crossEntropy<T>(logits, batch.answers, batch.targetWeights, gradients ? logits : none);
    if (!gradients)
        return result;
    result.flops *= 3;

    // Backward: the same steps in reverse; logits now hold their gradient.
    Matrix<T> gradTransformed, gradAsked; // (targets, D)
    m_decoder.backward(head.transformed, logits, &gradTransformed, *gradients);
    m_transformNorm.backward(head.norm, gradTransformed, gradTransformed, *gradients);
    activateBackward<T>(m_config.activation, head.inner, gradTransformed, gradTransformed);
    m_transform.backward(asked, gradTransformed, &gradAsked, *gradients);
    Matrix<T> grad = Matrix<T>::Zero(rows, m_config.width); // (rows, D)
    for (Index i = 0; i < targets; ++i)
        grad.row(batch.targetRows[static_cast<size_t>(i)]) += gradAsked.row(i);
    for (size_t layer = m_layers.size(); layer-- > 0;)
        m_layers[layer]->backward(batch.segments, tapes[layer], grad, *gradients);
    if (embeddingFactors.size() > 0)
        grad.array() *= embeddingFactors.array();
    m_embeddingNorm.backward(embeddingNorm, grad, grad, *gradients);
    addRowsBackward<T>(m_words, batch.ids, grad, *gradients);
    addRowsBackward<T>(m_types, batch.types, grad, *gradients);
    addRowsBackward<T>(m_positions, batch.positions, grad, *gradients);
    return result;
}

template <class T>
double BertNetwork<T>::flops(Index n) const {
    const Segment sentence{0, n};
    double sum = m_transform.flops(n) + m_decoder.flops(n);
    for (const auto& layer : m_layers)
        sum += layer->flops({&sentence, 1});
    return sum;
}

template class BertNetwork<float>;
template class BertNetwork<double>;

} // namespace headlight
