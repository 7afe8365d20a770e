#include "engine/training/lexicon.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <set>

namespace headlight {

namespace {
bool isVowel(char letter) {
    return std::string_view("aeiou").find(letter) != std::string_view::npos;
}
bool endsWith(std::string_view word, std::string_view end) {
    return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}
bool endsInConsonantAndY(std::string_view word) {
    return word.size() > 1 && word.back() == 'y' && !isVowel(word[word.size() - 2]);
}
std::string without(std::string_view word, size_t letters) {
    return std::string(word.substr(0, word.size() - letters));
}
std::string withEd(std::string_view word) {
    if (endsWith(word, "e"))
        return std::string(word) + "d";
    return endsInConsonantAndY(word) ? without(word, 1) + "ied" : std::string(word) + "ed";
}
std::string withIng(std::string_view word) {
    return (endsWith(word, "e") ? without(word, 1) : std::string(word)) + "ing";
}
std::string orElse(std::string_view given, std::string regular) {
    return given.empty() ? std::move(regular) : std::string(given);
}
void collect(std::vector<std::string>& names, std::string_view list) {
    for (std::string_view name : split(list, " |"))
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
}
bool lists(std::string_view list, std::string_view name) {
    const std::vector<std::string_view> names = split(list, " ");
    return std::find(names.begin(), names.end(), name) != names.end();
}
} // namespace

std::string withS(std::string_view word) {
    if (endsInConsonantAndY(word))
        return without(word, 1) + "ies";
    for (std::string_view hissing : {"s", "x", "z", "ch", "sh"})
        if (endsWith(word, hissing))
            return std::string(word) + "es";
    return std::string(word) + "s";
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    size_t begin = 0;
    while ((begin = text.find_first_not_of(separators, begin)) != std::string_view::npos) {
        const size_t end = std::min(text.find_first_of(separators, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return parts;
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    for (char& letter : result)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return result;
}

Lexicon::Lexicon() {
    for (const NounRow& row : nounRows())
        collect(m_kinds, row.kinds);
    for (const PropertyRow& row : propertyRows())
        collect(m_tags, row.tags);
    for (const VerbRow& row : verbRows())
        collect(m_tags, row.tags);

    std::set<std::string_view> seen;
    for (const NounRow& row : nounRows()) {
        if (row.kinds.empty() || !seen.insert(row.word).second)
            throw RequestError("The noun \"" + std::string(row.word) +
                               "\" has no kinds, or stands in the table twice.");
        Noun noun;
        noun.word = row.word;
        noun.plural = row.plural == "-" ? std::string() : orElse(row.plural, withS(row.word));
        noun.kinds = kinds(row.kinds);
        noun.it = row.pronouns.empty() || lists(row.pronouns, "it");
        noun.he = lists(row.pronouns, "he");
        noun.she = lists(row.pronouns, "she");
        noun.name = lists(row.kinds, "name");
        noun.common = row.common;
        m_nouns.push_back(std::move(noun));
    }
    seen.clear();
    for (const PropertyRow& row : propertyRows()) {
        if ((row.fits.empty() && row.tags.empty()) || !seen.insert(row.text).second)
            throw RequestError("The property \"" + std::string(row.text) +
                               "\" fits nothing, or stands in the table twice.");
        const bool adjective = row.text.find(' ') == std::string_view::npos;
        m_properties.push_back(
            {std::string(row.text), adjective, kinds(row.fits), tags(row.tags), kinds(row.also)});
    }
    seen.clear();
    for (const VerbRow& row : verbRows()) {
        if (row.tags.empty() || row.subjects.empty() || !seen.insert(row.base).second)
            throw RequestError("The verb \"" + std::string(row.base) +
                               "\" lacks tags or subjects, or stands in the table twice.");
        Verb verb;
        verb.base = row.base;
        verb.past = orElse(row.past, withEd(row.base));
        verb.done = orElse(row.done, verb.past);
        verb.ing = orElse(row.ing, withIng(row.base));
        verb.third = withS(row.base);
        verb.tags = tags(row.tags);
        verb.subjects = kinds(row.subjects);
        verb.objects = kinds(row.objects);
        verb.subjectReason = tags(row.subjectReason);
        verb.objectReason = tags(row.objectReason);
        m_verbs.push_back(std::move(verb));
    }
}

NameSet Lexicon::setOf(std::string_view list, const std::vector<std::string>& names, const char* what) {
    NameSet result;
    if (names.size() > result.size())
        throw RequestError(std::string("The lexicon has more than ") + std::to_string(result.size()) +
                           " of its " + what + "s.");
    for (std::string_view name : split(list, " |")) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            throw RequestError("The lexicon has no " + std::string(what) + " \"" + std::string(name) + "\".");
        result.set(static_cast<size_t>(found - names.begin()));
    }
    return result;
}

std::vector<std::string> Lexicon::words() const {
    std::vector<std::string> result;
    std::set<std::string> seen;
    const auto add = [&](const std::string& text) {
        const std::string lower = lowerCase(text);
        for (std::string_view word : split(lower, " {}'-"))
            if (seen.emplace(word).second)
                result.emplace_back(word);
    };
    for (const Noun& noun : m_nouns) {
        add(noun.word);
        add(noun.plural);
    }
    for (const Property& property : m_properties)
        add(property.text);
    for (const Verb& verb : m_verbs)
        for (const std::string* form : {&verb.base, &verb.third, &verb.past, &verb.done, &verb.ing})
            add(*form);
    return result;
}

} // namespace headlight
