#include "engine/core/errors.h"
#include "engine/files/safetensors.h"
#include "engine/files/trace_file.h"

#include <cstdint>
#include <cstdlib>

using namespace headlight;

/// Any bytes as a safetensors file and as a trace: read or refused with a sentence, nothing else.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    try {
        const auto file = SafetensorsFile::parse({reinterpret_cast<const std::byte*>(data), size}, "input");
        for (const auto& [name, entry] : file->tensors()) {
            try {
                const Tensor<float> tensor = file->read(name, {}, true);
                if (tensor.shape() != entry.shape)
                    std::abort();
                file->read(name);
            } catch (const FileError&) {
            }
        }
        readTrace(*file);
    } catch (const FileError&) {
    }
    return 0;
}
