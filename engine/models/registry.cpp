#include "engine/models/registry.h"

#include "engine/core/errors.h"
#include "engine/models/bert.h"

namespace headlight {

const std::vector<ModelFamily>& modelFamilies() {
    static const std::vector<ModelFamily> families{
        {"bert", "BertForMaskedLM", &loadBert},
    };
    return families;
}

std::shared_ptr<const Model> loadModel(const ModelFolder& folder, const ModelOptions& options) {
    const std::string type = folder.text("model_type", "");
    std::string known;
    for (const ModelFamily& family : modelFamilies()) {
        if (family.modelType == type)
            return family.load(folder, options);
        known += (known.empty() ? "" : ", ") + family.modelType;
    }
    if (type.empty())
        throw FileError(folder.configFile(),
                        "has no model_type, so the family of the model is unknown; known are " + known);
    throw FileError(folder.configFile(),
                    "model_type \"" + type + "\" is not supported; supported are " + known);
}

} // namespace headlight
