#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace headlight {

/// SHA-256 (FIPS 180-4) in lower-case hex.
std::string sha256(std::span<const std::byte> bytes);

} // namespace headlight
