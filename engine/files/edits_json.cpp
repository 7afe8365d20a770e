#include "engine/files/edits_json.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/mapped_file.h"
#include "engine/files/recipe.h"
#include "engine/files/shown.h"
#include "engine/files/text_change.h"
#include "engine/files/workspace.h"

#include <limits>

namespace headlight {

namespace {

using nlohmann::json;

/// Fields into an object.
class FieldWriter {
public:
    FieldWriter(json& object, TokenForm form) : m_object(object), m_form(form) {}

    void number(std::string_view name, double& value, double, double) { set(name, value); }
    void whole(std::string_view name, int& value, int, int) { set(name, value); }
    void seed(std::string_view name, uint64_t& value) { set(name, value); }
    void flag(std::string_view name, bool& value) { set(name, value); }
    void text(std::string_view name, std::string& value) { set(name, value); }
    void head(std::string_view name, HeadAddress& value) { set(name, toString(value)); }
    template <class T, size_t n>
    void optionalChoice(std::string_view name, T& value, const std::array<EditName<T>, n>& names) {
        if (value != names.front().value)
            choice(name, value, names);
    }
    template <class T, size_t n>
    void choice(std::string_view name, T& value, const std::array<EditName<T>, n>& names) {
        for (const EditName<T>& each : names)
            if (each.value == value)
                set(name, each.name);
    }
    void token(std::string_view name, EditToken& token) {
        json value = token.anchor ? anchorJson(*token.anchor) : json::object();
        if (!token.anchor && token.index < 0)
            value["gone"] = true;
        if (!token.word.empty())
            value["word"] = token.word;
        if (m_form == TokenForm::indexed && token.index >= 0)
            value["index"] = token.index;
        set(name, std::move(value));
    }

private:
    template <class T>
    void set(std::string_view name, T&& value) {
        m_object[std::string(name)] = std::forward<T>(value);
    }

    json& m_object;
    TokenForm m_form;
};

/// Fields out of an object.
class FieldReader {
public:
    FieldReader(const json& object, const JsonFields& fields, const std::string& pointer,
                const std::string& text, const std::string& pair, TokenForm form)
        : m_object(object), m_fields(fields), m_pointer(pointer), m_text(text), m_pair(pair), m_form(form) {}

    void number(std::string_view name, double& value, double least, double most) {
        value = m_fields.number(m_object, m_pointer, name, least, most);
    }
    void whole(std::string_view name, int& value, int least, int most) {
        if (m_object.contains(name))
            value = static_cast<int>(m_fields.integer(m_object[std::string(name)], at(name), least, most));
    }
    void seed(std::string_view name, uint64_t& value) {
        if (m_object.contains(name))
            value = static_cast<uint64_t>(
                m_fields.integer(m_object[std::string(name)], at(name), 0, int64_t{1} << 53U));
    }
    void flag(std::string_view name, bool& value) {
        m_fields.required(m_object, m_pointer, name);
        value = m_fields.flag(m_object, m_pointer, name, value);
    }
    void text(std::string_view name, std::string& value) {
        value = m_fields.text(m_object, m_pointer, name);
        constexpr size_t longest = 100'000;
        if (value.size() > longest)
            m_fields.fail(at(name), "is longer than " + std::to_string(longest) + " bytes");
    }
    void head(std::string_view name, HeadAddress& value) {
        const std::string& written = m_fields.text(m_object, m_pointer, name);
        const std::optional<HeadAddress> address = parseHeadAddress(written);
        if (!address)
            m_fields.fail(at(name),
                          "is " + shown(written) + ", expected is a head such as \"encoder.1.head.2\"");
        value = *address;
    }
    template <class T, size_t n>
    void optionalChoice(std::string_view name, T& value, const std::array<EditName<T>, n>& names) {
        value = m_fields.oneOf(names, m_object, m_pointer, name, names.front().value);
    }
    template <class T, size_t n>
    void choice(std::string_view name, T& value, const std::array<EditName<T>, n>& names) {
        m_fields.required(m_object, m_pointer, name);
        value = m_fields.oneOf(names, m_object, m_pointer, name, value);
    }
    void token(std::string_view name, EditToken& token) {
        const json& value = m_fields.required(m_object, m_pointer, name);
        m_fields.requireObject(value, at(name));
        constexpr size_t longest = 1000;
        token.word = m_fields.optionalText(value, at(name), "word");
        if (token.word.size() > longest)
            m_fields.fail(at(name) + "/word", "is longer than " + std::to_string(longest) + " bytes");
        const bool hasIndex = m_form == TokenForm::indexed && value.contains("index");
        if (hasIndex)
            token.index = static_cast<int>(
                m_fields.integer(value["index"], at(name) + "/index", 0, std::numeric_limits<int>::max()));
        const bool anchored = value.contains("bytes") || value.contains("special");
        if (!m_fields.flag(value, at(name), "gone", false) && (anchored || !hasIndex))
            token.anchor = m_fields.anchor(value, at(name), m_text, m_pair);
    }

private:
    std::string at(std::string_view name) const {
        std::string result = m_pointer;
        return result.append("/").append(name);
    }

    const json& m_object;
    const JsonFields& m_fields;
    const std::string& m_pointer;
    const std::string& m_text;
    const std::string& m_pair;
    TokenForm m_form;
};

/// The alternative of EditKind that has this name; nothing when none has.
template <size_t i = 0>
std::optional<EditKind> kindNamed(const std::string& name, std::string& known) {
    if constexpr (i < std::variant_size_v<EditKind>) {
        using Kind = std::variant_alternative_t<i, EditKind>;
        if (Kind::kind == name)
            return Kind{};
        known.append(known.empty() ? "" : ", ").append(Kind::kind);
        return kindNamed<i + 1>(name, known);
    } else {
        return std::nullopt;
    }
}

} // namespace

json editsJson(const Edits& edits, TokenForm form) {
    json list = json::array();
    for (Edit edit : edits) {
        json object = {{"heads", toString(edit.heads)}};
        std::visit(
            [&](auto& what) {
                object["kind"] = what.kind;
                FieldWriter writer(object, form);
                what.eachField(writer);
            },
            edit.what);
        list.push_back(std::move(object));
    }
    return list;
}

Edits editsFromJson(const json& list, const JsonFields& fields, const std::string& pointer,
                    const std::string& text, const std::string& pair, TokenForm form) {
    if (!list.is_array() || list.size() > maximumEdits)
        fields.fail(pointer, "is not a list of at most " + std::to_string(maximumEdits) + " edits");
    Edits edits;
    for (const json& object : list) {
        const std::string place = pointer + "/" + std::to_string(edits.size());
        fields.requireObject(object, place);
        Edit edit;
        const std::string& heads = fields.text(object, place, "heads");
        const std::optional<HeadScope> scope = parseHeadScope(heads);
        if (!scope)
            fields.fail(place + "/heads", "is " + shown(heads) +
                                              ", expected is \"all\", \"encoder.1\" or \"encoder.1.head.2\"");
        edit.heads = *scope;
        const std::string& name = fields.text(object, place, "kind");
        std::string known;
        const std::optional<EditKind> kind = kindNamed(name, known);
        if (!kind)
            fields.failUnknown(place, "kind", name, known);
        edit.what = *kind;
        std::visit(
            [&](auto& what) {
                FieldReader reader(object, fields, place, text, pair, form);
                what.eachField(reader);
            },
            edit.what);
        edits.push_back(std::move(edit));
    }
    return edits;
}

Edits editsIn(const std::filesystem::path& path, const std::string& text, const std::string& pair) {
    const std::string file = path.string();
    const FileKind kind = kindOf(path);
    if (kind == FileKind::unknown) {
        const MappedFile mapped(path);
        const std::span<const std::byte> bytes = mapped.bytes();
        if (bytes.size() > maximumSessionBytes)
            throw FileError(file, "is too large to be a list of edits");
        const json value = parseJson({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, file);
        const JsonFields fields(file, {}, "the document");
        fields.requireObject(value, "");
        return editsFromJson(fields.required(value, "", "edits"), fields, "/edits", text, pair,
                             TokenForm::indexed);
    }
    return withTexts(workspaceIn(path), text, pair).edits;
}

} // namespace headlight
