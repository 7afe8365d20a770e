#pragma once

#include <string>

namespace headlight {

/// Which model a workspace, or B of a comparison, is about.
struct ModelReference {
    std::string name;   ///< bundled name or folder
    std::string sha256; ///< of model.safetensors; empty when not known
    friend bool operator==(const ModelReference&, const ModelReference&) = default;
};

} // namespace headlight
