#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace headlight::testing {

/// Checks a value against a JSON Schema that uses only type, enum, required, properties, items, minItems,
/// maxItems, minimum, oneOf and $ref into $defs. Returns the JSON pointer and the violated keyword, or an
/// empty string. A schema with any other keyword (texts for people excepted) is itself a violation, so that
/// nothing is taken for checked that is not.
std::string schemaViolation(const nlohmann::json& value, const nlohmann::json& schema);

} // namespace headlight::testing
