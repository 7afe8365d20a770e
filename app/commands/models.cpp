#include "app/commands/registry.h"
#include "app/commands/shared.h"
#include "engine/core/errors.h"
#include "engine/models/registry.h"

#include <ostream>

namespace headlight {

namespace {
/// A bundled model, or what is wrong with it.
nlohmann::ordered_json describe(const std::string& name) {
    nlohmann::ordered_json json{{"name", name}, {"folder", modelFolderOf(name).string()}};
    try {
        const auto model = LoadedModel::load(name);
        const ModelShape& shape = model->model->shape();
        json["family"] = shape.family;
        json["parameters"] = shape.parameters;
        json["maximum_tokens"] = shape.maximumTokens;
        json["stacks"] = nlohmann::ordered_json::array();
        for (const StackShape& stack : shape.stacks)
            json["stacks"].push_back(
                {{"stack", toString(stack.stack)}, {"layers", stack.layers}, {"heads", stack.heads}});
        json["description"] = model->notes.description;
    } catch (const Error& error) {
        json["error"] = error.what();
    }
    return json;
}

void printText(const nlohmann::ordered_json& json, std::ostream& out) {
    out << "Bundled models:\n";
    for (const auto& model : json["models"]) {
        out << "  " << model["name"].get<std::string>();
        if (model.contains("error")) {
            out << ": " << model["error"].get<std::string>() << "\n";
            continue;
        }
        out << ": " << model["family"].get<std::string>();
        for (const auto& stack : model["stacks"])
            out << ", " << stack["stack"].get<std::string>() << " of " << stack["layers"] << " layers x "
                << stack["heads"] << " heads";
        out << ", " << model["parameters"] << " parameters, up to " << model["maximum_tokens"] << " tokens\n";
        if (const std::string description = model["description"]; !description.empty())
            out << "      " << description << "\n";
    }
    if (json["models"].empty())
        out << "  none in " << (resourceFolder() / "models").string() << "\n";
    out << "Folders in Hugging Face layout that it opens:\n";
    for (const auto& family : json["families"])
        out << "  " << family["layout"].get<std::string>() << " (model_type \""
            << family["model_type"].get<std::string>() << "\")\n";
}

void run(const Arguments& arguments, Streams& streams) {
    nlohmann::ordered_json json{{"models", nlohmann::ordered_json::array()},
                                {"families", nlohmann::ordered_json::array()}};
    for (const std::string& name : bundledModels())
        json["models"].push_back(describe(name));
    for (const ModelFamily& family : modelFamilies())
        json["families"].push_back({{"model_type", family.modelType}, {"layout", family.layout}});
    if (arguments.has("json"))
        streams.out << jsonText(json) << "\n";
    else
        printText(json, streams.out);
}
} // namespace

Command modelsCommand() {
    return {"models",
            "The bundled models, and the families of models that can be opened.",
            {},
            {jsonOption()},
            run};
}

} // namespace headlight
