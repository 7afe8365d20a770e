#pragma once

#include "engine/training/grammar.h"

#include <functional>

namespace headlight {

/// A noun of a sentence in the making.
struct SentenceNoun {
    char role = 'a';
    const Noun* noun = nullptr;
    bool plural = false;
};

/// Fills the slots of one pattern text (see PatternRow) with words already chosen, and notes where they come
/// to stand.
class SentenceWriter {
public:
    /// All references must outlive the writer; `verb` and `property` may be null where the pattern does not
    /// ask for them.
    SentenceWriter(const Lexicon& lexicon, const std::vector<SentenceNoun>& nouns, const Verb* verb,
                   const Property* property, Random& random);

    /// Which noun the pronoun stands for; nothing: for none, with `anyPronoun` of whatever sort, else "it".
    void setAnswer(std::optional<size_t> noun, bool anyPronoun);
    /// Which adjectives may stand in front of a noun; all that fit it unless told.
    void allowAdjective(std::function<bool(const Property&)> allowed) { m_allowed = std::move(allowed); }

    /// Sets text, pronouns and decisive ranges of `sentence`. Throws RequestError for a slot that does not
    /// exist.
    void write(std::string_view pattern, GrammarSentence& sentence);

    /// Determiners, pronouns, negations, times and what else slots bring that is in no table.
    static std::vector<std::string_view> phrases();

private:
    std::string expandAlternatives(std::string_view pattern);
    void slot(std::string_view name, std::string_view argument);
    void noun(std::string_view determiner, std::string_view role);
    void pronoun(bool object);
    void unboundPronoun(std::string_view which);
    void say(bool now);
    bool pluralOf(std::string_view role) const;
    const SentenceNoun& find(std::string_view role) const;
    void decisive(std::string_view text);
    void finish();

    const Lexicon& m_lexicon;
    const std::vector<SentenceNoun>& m_nouns;
    const Verb* m_verb;
    const Property* m_property;
    Random& m_random;
    std::function<bool(const Property&)> m_allowed = [](const Property&) { return true; };
    std::optional<size_t> m_answer;
    size_t m_person = 0;             // which pronoun: it, he, she, they
    bool m_answerPlural = false;     // agreement of the verb beside it
    std::vector<ByteRange> m_places; // of the nouns, in the order of m_nouns
    GrammarSentence* m_sentence = nullptr;
};

} // namespace headlight
