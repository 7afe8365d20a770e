#include "tests/files/json_schema.h"

#include <algorithm>
#include <set>

namespace headlight::testing {

namespace {

using nlohmann::json;

bool hasType(const json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number()) || (type == "boolean" && value.is_boolean());
}

std::string violation(const json& value, const json& schema, const json& root, const std::string& pointer) {
    static const std::set<std::string> known{"$schema",  "title",    "description", "$defs", "type",
                                             "enum",     "required", "properties",  "items", "minItems",
                                             "maxItems", "minimum",  "maximum",     "oneOf", "$ref"};
    for (const auto& [keyword, ignored] : schema.items())
        if (!known.contains(keyword))
            return pointer + ": the schema has the unknown keyword " + keyword;
    if (schema.contains("$ref"))
        return violation(value, root.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))),
                         root, pointer);
    if (schema.contains("type") && !hasType(value, schema["type"]))
        return pointer + ": type";
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        return pointer + ": enum";
    if (schema.contains("minimum") && value.is_number() && value < schema["minimum"])
        return pointer + ": minimum";
    if (schema.contains("maximum") && value.is_number() && value > schema["maximum"])
        return pointer + ": maximum";
    if (schema.contains("oneOf")) {
        const auto matches =
            std::count_if(schema["oneOf"].begin(), schema["oneOf"].end(), [&](const json& option) {
                return violation(value, option, root, pointer).empty();
            });
        if (matches != 1)
            return pointer + ": oneOf";
    }
    if (value.is_object()) {
        for (const json& key : schema.value("required", json::array()))
            if (!value.contains(key))
                return pointer + ": required " + key.get<std::string>();
        const json properties = schema.value("properties", json::object());
        for (const auto& [key, inner] : properties.items())
            if (value.contains(key))
                if (std::string found = violation(value[key], inner, root, pointer + "/" + key);
                    !found.empty())
                    return found;
    }
    if (value.is_array()) {
        if (value.size() < schema.value("minItems", size_t{0}) ||
            value.size() > schema.value("maxItems", value.size()))
            return pointer + ": number of items";
        for (size_t i = 0; schema.contains("items") && i < value.size(); ++i)
            if (std::string found =
                    violation(value[i], schema["items"], root, pointer + "/" + std::to_string(i));
                !found.empty())
                return found;
    }
    return {};
}

} // namespace

std::string schemaViolation(const json& value, const json& schema) {
    return violation(value, schema, schema, "");
}

} // namespace headlight::testing
