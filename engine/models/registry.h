#pragma once

#include "engine/files/model_folder.h"
#include "engine/models/model.h"

#include <memory>
#include <string>
#include <vector>

namespace headlight {

/// Reads the weights of one family. Throws FileError with file, tensor, expected and found.
using ModelLoader = std::shared_ptr<const Model> (*)(const ModelFolder&, const ModelOptions&);

/// One supported family, found by config.json's `model_type`. A new family is a new file and one line in
/// registry.cpp.
struct ModelFamily {
    std::string modelType; ///< "bert"
    std::string layout;    ///< the Hugging Face class whose tensor names it reads: "BertForMaskedLM"
    ModelLoader load;
};

const std::vector<ModelFamily>& modelFamilies();

/// Throws FileError naming the known families when `model_type` is none of them.
std::shared_ptr<const Model> loadModel(const ModelFolder& folder, const ModelOptions& options = {});

} // namespace headlight
