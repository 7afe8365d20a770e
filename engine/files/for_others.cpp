#include "engine/files/for_others.h"

namespace headlight {

std::string lastPartOf(const std::string& modelName) {
    const size_t end = modelName.find_last_not_of('/');
    if (end == std::string::npos)
        return modelName;
    const size_t slash = modelName.rfind('/', end);
    const size_t begin = slash == std::string::npos ? 0 : slash + 1;
    return modelName.substr(begin, end + 1 - begin);
}

Workspace forOthers(Workspace workspace) {
    workspace.model.name = lastPartOf(workspace.model.name);
    if (std::optional<ModelReference>& other = workspace.shown.compared.model)
        other->name = lastPartOf(other->name);
    return workspace;
}

} // namespace headlight
