#pragma once

#include "engine/core/head_address.h"
#include "engine/core/token_anchor.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace headlight {

/// The fields of an untrusted JSON document, one by one, each checked. What does not fit is a FileError about
/// the file, in one sentence with the JSON pointer of the value. `pointer`, in every call: of the object,
/// from where the document stands in its file.
class JsonFields {
public:
    using json = nlohmann::json;

    /// `what`: what stands for the document itself in a message ("the workspace"); `place`: its pointer in a
    /// larger document, or nothing.
    JsonFields(std::string file, std::string place, std::string what)
        : m_file(std::move(file)), m_place(std::move(place)), m_what(std::move(what)) {}

    const std::string& file() const { return m_file; }
    [[noreturn]] void fail(const std::string& pointer, const std::string& problem) const;

    void requireObject(const json& value, const std::string& pointer) const;
    const json& required(const json& object, const std::string& pointer, std::string_view key) const;
    const std::string& text(const json& object, const std::string& pointer, std::string_view key) const;
    std::string optionalText(const json& object, const std::string& pointer, std::string_view key) const;
    bool flag(const json& object, const std::string& pointer, std::string_view key, bool absent) const;
    /// `value` itself, which stands at `pointer`.
    int64_t integer(const json& value, const std::string& pointer, int64_t least, int64_t most) const;
    /// Finite, between `least` and `most`.
    double number(const json& object, const std::string& pointer, std::string_view key, double least,
                  double most) const;
    HeadAddress head(const json& object, const std::string& pointer) const;
    /// A token that stands in one of these texts.
    TokenAnchor anchor(const json& value, const std::string& pointer, const std::string& text,
                       const std::string& pair) const;

    /// The value of the row that is named. `table`: rows with `value` and `name`.
    template <class Row, size_t n>
    auto oneOf(const std::array<Row, n>& table, const json& object, const std::string& pointer,
               std::string_view key, decltype(Row::value) absent) const {
        if (!object.contains(key))
            return absent;
        const std::string& name = text(object, pointer, key);
        std::string known;
        for (const Row& row : table) {
            if (row.name == name)
                return row.value;
            known.append(known.empty() ? "" : ", ").append(row.name);
        }
        failUnknown(pointer, key, name, known);
    }

    /// Says which names are known.
    [[noreturn]] void failUnknown(const std::string& pointer, std::string_view key, const std::string& name,
                                  const std::string& known) const;

private:
    std::string m_file;
    std::string m_place;
    std::string m_what;
};

/// As `anchor` reads it.
nlohmann::json anchorJson(const TokenAnchor& anchor);

} // namespace headlight
