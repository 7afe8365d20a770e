#include "engine/files/json_fields.h"

#include "engine/core/errors.h"
#include "engine/files/shown.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace headlight {

namespace {
std::string within(const std::string& pointer, std::string_view key) {
    std::string result = pointer;
    return result.append("/").append(key);
}

std::string shortNumber(double number) {
    std::array<char, 32> text{};
    char* const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}
} // namespace

void JsonFields::fail(const std::string& pointer, const std::string& problem) const {
    const std::string place = m_place + pointer;
    throw FileError(m_file, (place.empty() ? m_what : place) + " " + problem);
}

void JsonFields::failUnknown(const std::string& pointer, std::string_view key, const std::string& name,
                             const std::string& known) const {
    fail(within(pointer, key), "is " + shown(name) + ", known are: " + known);
}

void JsonFields::requireObject(const json& value, const std::string& pointer) const {
    if (!value.is_object())
        fail(pointer, "is not a JSON object");
}

const nlohmann::json& JsonFields::required(const json& object, const std::string& pointer,
                                           std::string_view key) const {
    const auto found = object.find(key);
    if (found == object.end())
        fail(pointer, "has no " + shown(key));
    return *found;
}

const std::string& JsonFields::text(const json& object, const std::string& pointer,
                                    std::string_view key) const {
    const json& value = required(object, pointer, key);
    if (!value.is_string())
        fail(within(pointer, key), "is not a string");
    return value.get_ref<const std::string&>();
}

std::string JsonFields::optionalText(const json& object, const std::string& pointer,
                                     std::string_view key) const {
    return object.contains(key) ? text(object, pointer, key) : std::string();
}

bool JsonFields::flag(const json& object, const std::string& pointer, std::string_view key,
                      bool absent) const {
    const auto found = object.find(key);
    if (found == object.end())
        return absent;
    if (!found->is_boolean())
        fail(within(pointer, key), "is neither true nor false");
    return found->get<bool>();
}

int64_t JsonFields::integer(const json& value, const std::string& pointer, int64_t least,
                            int64_t most) const {
    const bool countable =
        value.is_number_integer() &&
        !(value.is_number_unsigned() &&
          value.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
    const int64_t number = countable ? value.get<int64_t>() : 0;
    if (!countable || number < least || number > most) {
        constexpr int64_t unlimited = std::numeric_limits<int>::max();
        fail(pointer, "is not a whole number " + (most >= unlimited ? "from " + std::to_string(least) + " on"
                                                                    : "from " + std::to_string(least) +
                                                                          " to " + std::to_string(most)));
    }
    return number;
}

double JsonFields::number(const json& object, const std::string& pointer, std::string_view key, double least,
                          double most) const {
    const json& value = required(object, pointer, key);
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    if (!(number >= least && number <= most))
        fail(within(pointer, key), "is not a number from " + shortNumber(least) + " to " + shortNumber(most));
    return number;
}

HeadAddress JsonFields::head(const json& object, const std::string& pointer) const {
    const std::string& address = text(object, pointer, "head");
    const std::optional<HeadAddress> result = parseHeadAddress(address);
    if (!result)
        fail(pointer + "/head",
             "is " + shown(address) + ", expected is an address such as \"encoder.1.head.2\"");
    return *result;
}

TokenAnchor JsonFields::anchor(const json& value, const std::string& pointer, const std::string& text,
                               const std::string& pair) const {
    requireObject(value, pointer);
    if (value.contains("special") == value.contains("bytes"))
        fail(pointer, "needs either \"bytes\" or \"special\"");
    TokenAnchor result;
    if (value.contains("special")) {
        result.special = static_cast<int>(
            integer(value["special"], pointer + "/special", 0, std::numeric_limits<int>::max()));
        return result;
    }
    result.text = static_cast<int>(integer(required(value, pointer, "text"), pointer + "/text", 0, 1));
    const json& bytes = value["bytes"];
    if (!bytes.is_array() || bytes.size() != 2)
        fail(pointer + "/bytes", "is not a list of two numbers");
    const auto size = static_cast<int64_t>((result.text == 0 ? text : pair).size());
    const int64_t begin = integer(bytes[0], pointer + "/bytes/0", 0, size);
    const int64_t end = integer(bytes[1], pointer + "/bytes/1", 0, size);
    if (begin >= end)
        fail(pointer + "/bytes", "ends before it begins or is empty");
    result.bytes = {static_cast<size_t>(begin), static_cast<size_t>(end)};
    return result;
}

nlohmann::json anchorJson(const TokenAnchor& anchor) {
    if (anchor.special)
        return {{"special", *anchor.special}};
    return {{"text", anchor.text}, {"bytes", {anchor.bytes.begin, anchor.bytes.end}}};
}

} // namespace headlight
