#pragma once

#include "engine/training/grammar.h"

namespace headlight {

/// Where a noun of a pattern comes from.
struct PatternNoun {
    enum class Source { kinds, verb, second, both };
    char letter = 'a';
    Source source = Source::kinds;
    bool subject = false; ///< of the verbs; else their object
    NameSet kinds;
    bool singular = false, plural = false;
    bool onlyIt = false;
    bool common = false; ///< no name: it stands with an indefinite article
    std::optional<size_t> apartFrom, likeNoun;
};

/// One possible answer of a pattern, and how what is said of it is found.
struct PatternAnswer {
    enum class Rule { fits, tag, reason, either, acts, any };
    std::optional<size_t> noun; ///< nothing: the pronoun stands for nothing
    Rule rule = Rule::fits;
    NameSet tags;
    bool pronoun = true;
};

/// A row of the pattern table, read. Throws RequestError naming the pattern whose row makes no sense.
struct Pattern {
    Pattern(const PatternRow& row, const Lexicon& lexicon);

    bool contains(std::string_view text) const { return row.text.find(text) != std::string_view::npos; }

    PatternRow row;
    std::vector<PatternNoun> nouns;
    NameSet verbTags, secondTags;
    std::vector<PatternAnswer> answers;
    bool adjectiveOnly = false; ///< what is said must be one word
    bool joinable = true;
    bool inventable = true; ///< one of its nouns may be an invented word

private:
    void addNoun(std::string_view item, const Lexicon& lexicon);
    void addFlag(PatternNoun& noun, std::string_view flag, std::string_view item) const;
    void addAnswer(std::string_view item, const Lexicon& lexicon);
    [[noreturn]] void fail(std::string_view item) const;
    std::optional<size_t> nounCalled(char letter) const;
};

} // namespace headlight
