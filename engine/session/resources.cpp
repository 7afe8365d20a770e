#include "engine/core/errors.h"
#include "engine/files/shown.h"
#include "engine/session/model_session.h"
#include "engine/session/platform.h"

#include <algorithm>
#include <cstdlib>

namespace headlight {

namespace fs = std::filesystem;

namespace {
bool isFolder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

fs::path modelsFolder() {
    return resourceFolder() / "models";
}
} // namespace

fs::path resourceFolder() {
    const char* chosen = std::getenv("HEADLIGHT_RESOURCES");
    if (chosen && *chosen)
        return chosen;
    const fs::path installed = (programFolder() / HEADLIGHT_INSTALLED_RESOURCES).lexically_normal();
    const fs::path source = HEADLIGHT_SOURCE_RESOURCES; // empty in a package
    return isFolder(installed) || !isFolder(source) ? installed : source;
}

std::vector<std::string> bundledModels() {
    std::vector<std::string> names;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(modelsFolder(), error)) {
        std::error_code ignored;
        if (fs::exists(entry.path() / "config.json", ignored))
            names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<ExampleGroup> bundledExamples() {
    const fs::path path = resourceFolder() / "examples" / "examples.json";
    std::error_code error;
    return fs::exists(path, error) ? readExamples(path) : std::vector<ExampleGroup>();
}

ModelReference referenceOf(const LoadedModel& model) {
    std::error_code error;
    if (fs::equivalent(model.folder, modelsFolder() / model.name, error))
        return {model.name, model.sha256};
    const fs::path whole = fs::absolute(model.folder, error).lexically_normal();
    return {error ? model.folder.string() : whole.string(), model.sha256};
}

fs::path modelFolderOf(const std::string& nameOrFolder) {
    const std::vector<std::string> bundled = bundledModels();
    if (std::find(bundled.begin(), bundled.end(), nameOrFolder) != bundled.end())
        return modelsFolder() / nameOrFolder;
    if (!nameOrFolder.empty() && isFolder(nameOrFolder))
        return nameOrFolder;
    std::string known;
    for (const std::string& name : bundled)
        known += (known.empty() ? "" : ", ") + name;
    throw RequestError(shown(nameOrFolder) + " is neither a bundled model (" +
                       (known.empty() ? "there are none here" : known) +
                       ") nor a folder with a model; give a name or the path of a folder");
}

} // namespace headlight
