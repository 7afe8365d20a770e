#pragma once

#include "engine/text/tokenizer.h"

#include <filesystem>
#include <memory>

namespace headlight {

/// The tokenizer that a folder's files describe (tokenizer_config.json, vocab.txt, ...). A folder with
/// tokenizer files alone will do. Throws FileError. A new kind of tokenizer is a new file and one line in
/// registry.cpp.
std::shared_ptr<const Tokenizer> loadTokenizer(const std::filesystem::path& folder);

} // namespace headlight
