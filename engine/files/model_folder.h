#pragma once

#include "engine/files/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace headlight {

/// A model on disk in Hugging Face layout: config.json, model.safetensors, tokenizer files. Opening it reads
/// and checks the config and the weight file's header; weights are read by the model family.
class ModelFolder {
public:
    /// Throws FileError with one sentence: no such folder, no config.json, not JSON, only pickle weights
    /// (says why they are never opened and how to convert them), no weights, a link that leads out of the
    /// folder.
    static ModelFolder open(const std::filesystem::path& folder);

    const std::filesystem::path& path() const { return m_path; }
    const std::string& name() const {
        return m_name;
    } ///< the folder's name: "reader"; in a Hugging Face cache the model's
    const nlohmann::json& config() const { return m_config; }
    std::string configFile() const { return (m_path / "config.json").string(); }
    const SafetensorsFile& weights() const { return *m_weights; }

    /// A required whole number of config.json, checked against [least, most]; throws FileError naming file
    /// and key.
    int64_t integer(const std::string& key, int64_t least, int64_t most) const;
    /// The same with a value for when the key is absent.
    int64_t integer(const std::string& key, int64_t least, int64_t most, int64_t absent) const;
    double number(const std::string& key, double least, double most, double absent) const;
    std::string text(const std::string& key, const std::string& absent) const;

    /// Path of a file of this folder if it is there and allowed (links must stay in the folder, or in the
    /// blobs of a Hugging Face cache); empty when there is none. Throws FileError for a link that leads
    /// elsewhere.
    std::filesystem::path file(const std::string& name) const;

private:
    ModelFolder() = default;
    std::filesystem::path m_path;
    std::string m_name;
    nlohmann::json m_config;
    std::shared_ptr<const SafetensorsFile> m_weights;
};

/// The same check for a folder that may hold tokenizer files alone. Throws FileError.
std::filesystem::path checkedFile(const std::filesystem::path& folder, const std::string& name);

} // namespace headlight
