#include "engine/core/errors.h"
#include "engine/files/examples.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headlight;

/// Any bytes as a file of examples: refused with a sentence that names it, or read; each opens as a view.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    try {
        for (const ExampleGroup& group :
             examplesFromText({reinterpret_cast<const char*>(data), size}, "input"))
            for (const TextExample& example : group.examples)
                if (!example.query.empty() && !workspaceOf(example, {}, std::nullopt).selection.query)
                    std::abort();
    } catch (const FileError& error) {
        if (error.file() != "input")
            std::abort();
    }
    return 0;
}
