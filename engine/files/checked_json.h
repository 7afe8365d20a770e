#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace headlight {

/// Parses JSON from an untrusted file. Throws FileError about `file` in one sentence: not JSON (with line and
/// column), a key that stands twice in one object, or objects and lists nested deeper than `maximumDepth`.
nlohmann::json parseJson(std::string_view text, const std::string& file, int maximumDepth = 64);

} // namespace headlight
