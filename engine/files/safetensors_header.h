#pragma once

#include "engine/files/safetensors.h"

namespace headlight {

/// What the header of a safetensors file says, checked against the bytes that are there.
struct SafetensorsHeader {
    std::map<std::string, TensorEntry, std::less<>> tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

/// Throws FileError about `file`: truncated, a header that is too long or not JSON, an unknown element type,
/// a shape that does not fit its bytes, tensors that overlap or leave a hole.
SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> bytes, const std::string& file);

} // namespace headlight
