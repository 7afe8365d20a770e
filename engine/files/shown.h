#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// A name out of an untrusted file as it stands in a message: in quotes, control characters and bytes that
/// are not ASCII or UTF-8 letters escaped, at most about 80 bytes long.
std::string shown(std::string_view name);

/// "(4, 16, 16)"; long shapes are cut after eight dimensions.
std::string shown(const std::vector<int64_t>& shape);

} // namespace headlight
