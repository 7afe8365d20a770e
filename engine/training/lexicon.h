#pragma once

#include "engine/training/tables.h"

#include <bitset>
#include <string>
#include <vector>

namespace headlight {

/// A set of names ("animal", "way"), each with its place in the lexicon's list of kinds or of tags.
using NameSet = std::bitset<96>;

/// A noun, ready to use.
struct Noun {
    std::string word;
    std::string plural; ///< empty: has none
    NameSet kinds;
    bool it = true, he = false, she = false; ///< which pronouns can stand for one of them
    bool name = false;                       ///< "Tom": no determiner, no adjective
    bool common = false;                     ///< drawn more often
    bool invented = false;
};

/// See PropertyRow.
struct Property {
    std::string text;
    bool adjective = true;
    NameSet fits;
    NameSet tags;
    NameSet also;
};

/// A verb with all its forms.
struct Verb {
    std::string base, past, done, ing;
    std::string third; ///< "crosses"
    NameSet tags, subjects, objects;
    NameSet subjectReason, objectReason;
};

/// The rows of tables.h, checked and with regular forms filled in. Throws RequestError naming the row that
/// makes no sense: an unknown kind or tag, a word twice.
class Lexicon {
public:
    Lexicon();

    const std::vector<Noun>& nouns() const { return m_nouns; }
    const std::vector<Property>& properties() const { return m_properties; }
    const std::vector<Verb>& verbs() const { return m_verbs; }

    /// "way|water" or "way water" as a set. Throws RequestError for a kind that no noun has, a tag that
    /// nothing has.
    NameSet kinds(std::string_view list) const { return setOf(list, m_kinds, "kind"); }
    NameSet tags(std::string_view list) const { return setOf(list, m_tags, "tag"); }

    /// Every written form of every noun, property and verb, lower-case, split at spaces and marks, without
    /// repetition, in the order of the tables.
    std::vector<std::string> words() const;

private:
    static NameSet setOf(std::string_view list, const std::vector<std::string>& names, const char* what);

    std::vector<std::string> m_kinds, m_tags;
    std::vector<Noun> m_nouns;
    std::vector<Property> m_properties;
    std::vector<Verb> m_verbs;
};

/// "street" -> "streets", "baby" -> "babies", "cross" -> "crosses": the regular ending, of plurals and of the
/// third person.
std::string withS(std::string_view word);

/// The parts of `text` between any of `separators`, empty ones left out.
std::vector<std::string_view> split(std::string_view text, std::string_view separators);

/// ASCII letters in lower case.
std::string lowerCase(std::string_view text);

} // namespace headlight
