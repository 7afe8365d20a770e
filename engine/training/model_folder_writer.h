#pragma once

#include "engine/layers/parameter.h"
#include "engine/models/bert_config.h"

#include <filesystem>
#include <vector>

namespace headlight {

/// Files that become visible together: written into a hidden folder inside `folder`, then moved beside it
/// when all of them are there. Without `publish` nothing stays behind but `folder` itself.
class StagedFolder {
public:
    /// Makes both folders. Throws FileError.
    explicit StagedFolder(const std::filesystem::path& folder);
    ~StagedFolder();
    StagedFolder(const StagedFolder&) = delete;
    StagedFolder& operator=(const StagedFolder&) = delete;

    const std::filesystem::path& stage() const { return m_stage; }
    /// Moves every staged file into the folder, replacing those of the same name. Throws FileError.
    void publish();

private:
    std::filesystem::path m_folder, m_stage;
};

/// config.json and model.safetensors (F16) in the layout of `BertForMaskedLM`. Throws FileError.
void writeBert(const std::filesystem::path& folder, const BertConfig& config,
               const std::vector<Parameter<float>*>& parameters);

} // namespace headlight
