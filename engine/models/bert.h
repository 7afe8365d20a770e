#pragma once

#include "engine/files/model_folder.h"
#include "engine/models/model.h"

namespace headlight {

/// BERT with its masked-word head, from a folder with the tensor names of `BertForMaskedLM`. Throws
/// FileError.
std::shared_ptr<const Model> loadBert(const ModelFolder& folder, const ModelOptions& options);

} // namespace headlight
