#include "engine/core/errors.h"
#include "engine/files/recipe.h"

#include <cstdint>
#include <cstdlib>

using namespace headlight;

/// Any bytes as a figure: refused with a sentence, or its workspace is found, and found again in a new
/// figure.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    try {
        const Workspace workspace = workspaceInBytes(input, "input");
        const std::string line = csvWorkspaceLine(workspace);
        if (workspaceInBytes(std::as_bytes(std::span(line)), "output") != workspace)
            std::abort();
        const std::string drawing = svgWithWorkspace("<svg></svg>", workspace);
        if (workspaceInBytes(std::as_bytes(std::span(drawing)), "output") != workspace)
            std::abort();
    } catch (const FileError& error) {
        if (error.file() == "output")
            std::abort();
    }
    return 0;
}
