#include "engine/core/errors.h"
#include "engine/files/text_change.h"
#include "engine/files/workspace.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headlight;

/// Any bytes as a workspace: refused with a sentence, or read; what was read survives being written, and its
/// selection any change of its text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    try {
        const Workspace workspace = workspaceFromText(input, "input");
        if (workspaceFromText(toText(workspace), "output") != workspace)
            std::abort();
        const Workspace changed = withTexts(workspace, workspace.pair, workspace.text);
        if (workspaceFromText(toText(changed), "output") != changed)
            std::abort();
    } catch (const FileError& error) {
        if (error.file() == "output")
            std::abort();
    }
    return 0;
}
