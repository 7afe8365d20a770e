#include "engine/training/pattern.h"

#include "engine/core/errors.h"

#include <algorithm>

namespace headlight {

Pattern::Pattern(const PatternRow& from, const Lexicon& lexicon) : row(from) {
    if (row.shape.empty() || row.weight < 1)
        fail(row.shape);
    for (std::string_view item : split(row.nouns, " "))
        addNoun(item, lexicon);
    for (const PatternNoun& noun : nouns)
        inventable = inventable && !noun.apartFrom; // the pronouns of an unknown word are not known
    verbTags = lexicon.tags(row.verb);
    secondTags = lexicon.tags(row.second);
    for (std::string_view item : split(row.answers, " "))
        addAnswer(item, lexicon);
    adjectiveOnly = contains("{p}") || contains("{k.now}");
    for (const PatternAnswer& answer : answers) // beside an unknown word, the known one is the answer
        inventable = inventable && (answer.rule != PatternAnswer::Rule::either || !answer.pronoun);
    joinable = !contains("{none person}") && !contains("{none they}") && !contains("{none object}") &&
               !contains("{none thing}") && row.answers != "0:any" && row.shape != "pronoun first";
}

void Pattern::fail(std::string_view item) const {
    throw RequestError("Pattern \"" + std::string(row.id) + "\": \"" + std::string(item) +
                       "\" is not understood.");
}

std::optional<size_t> Pattern::nounCalled(char letter) const {
    for (size_t i = 0; i < nouns.size(); ++i)
        if (nouns[i].letter == letter)
            return i;
    return std::nullopt;
}

void Pattern::addNoun(std::string_view item, const Lexicon& lexicon) {
    if (item.size() < 3 || item[1] != '=')
        fail(item);
    PatternNoun noun;
    noun.letter = item[0];
    const std::vector<std::string_view> parts = split(item.substr(2), ":");
    const std::string_view from = parts.front();
    noun.subject = from.size() > 8 && from.substr(from.size() - 8) == ".subject";
    const std::string_view verb = from.substr(0, from.find('.'));
    if (verb == "verb")
        noun.source = PatternNoun::Source::verb;
    else if (verb == "second")
        noun.source = PatternNoun::Source::second;
    else if (verb == "both")
        noun.source = PatternNoun::Source::both;
    else
        noun.kinds = lexicon.kinds(from);
    for (size_t i = 1; i < parts.size(); ++i)
        addFlag(noun, parts[i], item);
    noun.common = contains(std::string("{one ") + noun.letter + '}') || noun.plural;
    nouns.push_back(noun);
}

void Pattern::addFlag(PatternNoun& noun, std::string_view flag, std::string_view item) const {
    if (flag == "1") {
        noun.singular = true;
    } else if (flag == "p") {
        noun.plural = true;
    } else if (flag == "it") {
        noun.singular = noun.onlyIt = true;
    } else if (flag.size() == 2 && (flag[0] == '!' || flag[0] == '=')) {
        std::optional<size_t>& other = flag[0] == '!' ? noun.apartFrom : noun.likeNoun;
        other = nounCalled(flag[1]);
        if (!other)
            fail(item);
    } else {
        fail(item);
    }
}

void Pattern::addAnswer(std::string_view item, const Lexicon& lexicon) {
    PatternAnswer answer;
    if (item.size() < 3 || (item[1] != ':' && item[1] != '!'))
        fail(item);
    answer.pronoun = item[1] == ':';
    answer.noun = nounCalled(item[0]);
    if (!answer.noun && item[0] != '0')
        fail(item);
    const size_t hash = std::min(item.find('#'), item.size());
    const std::string_view rule = item.substr(2, hash - 2);
    if (hash < item.size())
        answer.tags = lexicon.tags(item.substr(hash + 1));
    using Rule = PatternAnswer::Rule;
    if (rule.empty())
        answer.rule = Rule::tag;
    else if (rule == "any" && !answer.noun)
        answer.rule = Rule::any;
    else if (!answer.noun)
        fail(item);
    else if (rule == "fits")
        answer.rule = Rule::fits;
    else if (rule == "reason")
        answer.rule = Rule::reason;
    else if (rule == "either" || rule == "same")
        answer.rule = Rule::either;
    else if (rule == "acts")
        answer.rule = Rule::acts;
    else
        fail(item);
    answers.push_back(answer);
}

} // namespace headlight
