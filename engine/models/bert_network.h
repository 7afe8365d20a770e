#pragma once

#include "engine/models/bert_config.h"
#include "engine/models/direct_paths.h"
#include "engine/models/encoder_layer.h"
#include "engine/models/example.h"
#include "engine/models/model.h"
#include "engine/models/training_noise.h"

namespace headlight {

class SafetensorsFile;

/// The arithmetic of `BertForMaskedLM` (Devlin et al. 2019), in float or double: embeddings, post-norm
/// encoder layers, and the masked-word head whose output matrix is the word embedding. Inference and training
/// run the same layers.
template <class T>
class BertNetwork {
public:
    explicit BertNetwork(const BertConfig& config);
    BertNetwork(const BertNetwork&) = delete;
    BertNetwork& operator=(const BertNetwork&) = delete;

    const BertConfig& config() const { return m_config; }
    const std::vector<Parameter<T>*>& parameters() const { return m_parameters.all(); }
    ModelShape shape() const;

    /// Weights ~ N(0, 0.02), biases 0, gains 1. Positions begin as sinusoids of the same size (Vaswani et al.
    /// 2017, section 3.5), so that what is learned at one place holds at others from the start.
    void initialise(uint64_t seed);
    /// Throws FileError with tensor, expected and found. Reads the old names LayerNorm.gamma and .beta too.
    void read(const SafetensorsFile& file);
    /// See Linear::pack.
    void pack();

    /// One sequence, everything recorded that the plan asks for. Throws RequestError and Cancelled.
    BasicRecording<T>
    run(const ModelInput& input, const RecordPlan& plan, const RunControl& control,
        const std::function<void(const BasicRecording<T>&, int, int)>& layerFinished = {}) const;

    /// The masked-word head on its own. hidden: (n, D), logits: (n, V).
    Matrix<T> readOut(ConstMatrixView<T> hidden) const;
    /// Of a recording of this network with vectors and hidden. Throws RequestError.
    DirectPaths directPaths(const BasicRecording<T>& recording, Index position, int id) const;

    /// Arithmetic of the products of `run` over n tokens, multiply and add counted as two.
    double flops(Index n) const;

    /// What a batch costs and how well it is answered; see training/trainable.h.
    struct BatchResult {
        double loss = 0;
        double flops = 0;
        int64_t correct = 0;
    };
    /// A ragged batch, forward only or with gradients added where `gradients` is not null. Throws
    /// RequestError for an example that does not fit the model, before anything is computed.
    BatchResult runBatch(std::span<const Example> examples, const TrainingNoise& noise,
                         Gradients<T>* gradients) const;

private:
    /// What the masked-word head leaves for its backward pass.
    struct HeadTape {
        Matrix<T> inner;       // (n, D): before the activation
        Matrix<T> activated;   // (n, D)
        Matrix<T> transformed; // (n, D): after the norm
        LayerNormTape<T> norm;
    };
    void embed(std::span<const int> ids, std::span<const int> types, std::span<const int> positions,
               MatrixView<T> y) const;
    /// hidden: (n, D) -> logits: (n, V).
    void predict(ConstMatrixView<T> hidden, HeadTape& tape, MatrixView<T> logits) const;
    void check(const ModelInput& input) const;
    void check(const Example& example) const;

    BertConfig m_config;
    ParameterList<T> m_parameters;
    Parameter<T>& m_words;
    Parameter<T>& m_positions;
    Parameter<T>& m_types;
    Norm<T> m_embeddingNorm;
    std::vector<std::unique_ptr<EncoderLayer<T>>> m_layers;
    Linear<T> m_transform;
    Norm<T> m_transformNorm;
    Linear<T> m_decoder;
};

} // namespace headlight
