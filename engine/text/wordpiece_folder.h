#pragma once

#include "engine/text/wordpiece.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>

namespace headlight {

/// The WordPiece tokenizer of a folder in Hugging Face layout: vocab.txt, with `config` the content of its
/// tokenizer_config.json (an empty object where there is none), special_tokens_map.json and
/// added_tokens.json. Throws FileError.
std::shared_ptr<const WordPiece> loadWordPiece(const std::filesystem::path& folder,
                                               const nlohmann::json& config);

/// A JSON file of `folder` that holds an object; an empty object when there is no such file. Throws
/// FileError.
nlohmann::json readJsonObject(const std::filesystem::path& folder, const std::string& name);

} // namespace headlight
