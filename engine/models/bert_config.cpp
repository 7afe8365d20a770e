#include "engine/models/bert_config.h"

#include "engine/core/errors.h"
#include "engine/files/model_folder.h"

namespace headlight {

BertConfig BertConfig::from(const ModelFolder& folder) {
    // Limits far beyond any published encoder: they only keep absurd numbers from being multiplied.
    BertConfig config;
    config.vocabularySize = static_cast<int>(folder.integer("vocab_size", 1, 10'000'000));
    config.width = static_cast<int>(folder.integer("hidden_size", 1, 65'536));
    config.layers = static_cast<int>(folder.integer("num_hidden_layers", 1, 1'000));
    config.heads = static_cast<int>(folder.integer("num_attention_heads", 1, 1'000));
    config.feedForward = static_cast<int>(folder.integer("intermediate_size", 1, 1'000'000));
    config.maximumPositions = static_cast<int>(folder.integer("max_position_embeddings", 1, 1'000'000));
    config.typeVocabulary = static_cast<int>(folder.integer("type_vocab_size", 1, 1'000, 2));
    config.layerNormEps = folder.number("layer_norm_eps", 0, 1, 1e-12);
    config.attentionDropout = folder.number("attention_probs_dropout_prob", 0, 0.99, 0.1);
    config.hiddenDropout = folder.number("hidden_dropout_prob", 0, 0.99, 0.1);
    if (config.width % config.heads != 0)
        throw FileError(folder.configFile(), "num_attention_heads is " + std::to_string(config.heads) +
                                                 ", which does not divide hidden_size " +
                                                 std::to_string(config.width));
    const std::string activation = folder.text("hidden_act", "gelu");
    const auto known = parseActivation(activation);
    if (!known)
        throw FileError(folder.configFile(),
                        "hidden_act \"" + activation +
                            "\" is not known here; known are gelu, gelu_new, relu and silu");
    config.activation = *known;
    const std::string positions = folder.text("position_embedding_type", "absolute");
    if (positions != "absolute")
        throw FileError(folder.configFile(), "position_embedding_type \"" + positions +
                                                 "\" is not supported; only \"absolute\" is");
    return config;
}

} // namespace headlight
