#include "engine/training/model_folder_writer.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/safetensors.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace headlight {

StagedFolder::StagedFolder(const std::filesystem::path& folder)
    : m_folder(folder), m_stage(folder / ".staged") {
    std::error_code error;
    std::filesystem::remove_all(m_stage, error);
    std::filesystem::create_directories(m_stage, error);
    if (error)
        throw FileError(folder.string(), "the folder cannot be made: " + error.message());
}

StagedFolder::~StagedFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_stage, ignored);
}

void StagedFolder::publish() {
    for (const auto& entry : std::filesystem::directory_iterator(m_stage)) {
        std::error_code error;
        std::filesystem::rename(entry.path(), m_folder / entry.path().filename(), error);
        if (error)
            throw FileError((m_folder / entry.path().filename()).string(),
                            "cannot be written: " + error.message());
    }
}

void writeBert(const std::filesystem::path& folder, const BertConfig& config,
               const std::vector<Parameter<float>*>& parameters) {
    SafetensorsWriter writer;
    for (const Parameter<float>* parameter : parameters)
        writer.add(parameter->name, parameter->shape,
                   {parameter->value.data(), static_cast<size_t>(parameter->value.size())}, ElementType::f16);
    writer.setMetadata("format", "pt");
    writer.write(folder / "model.safetensors");
    const nlohmann::ordered_json json = {{"architectures", {"BertForMaskedLM"}},
                                         {"model_type", "bert"},
                                         {"vocab_size", config.vocabularySize},
                                         {"hidden_size", config.width},
                                         {"num_hidden_layers", config.layers},
                                         {"num_attention_heads", config.heads},
                                         {"intermediate_size", config.feedForward},
                                         {"max_position_embeddings", config.maximumPositions},
                                         {"type_vocab_size", config.typeVocabulary},
                                         {"hidden_act", "gelu"},
                                         {"layer_norm_eps", config.layerNormEps},
                                         {"attention_probs_dropout_prob", config.attentionDropout},
                                         {"hidden_dropout_prob", config.hiddenDropout},
                                         {"position_embedding_type", "absolute"},
                                         {"pad_token_id", 0},
                                         {"torch_dtype", "float16"}};
    writeFileAtomically(folder / "config.json", json.dump(2) + '\n');
}

} // namespace headlight
