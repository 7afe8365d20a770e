#pragma once

#include "engine/training/grammar.h"

#include <functional>

namespace headlight {

enum class Person { it, he, she, they };

/// A noun of a sentence in the making.
struct SentenceNoun {
    char role = 'a';
    const Noun* noun = nullptr;
    bool plural = false;
    Person person = Person::it; ///< the pronoun that stands for it
    bool acts = false;          ///< it does what the verb says
};

/// What else is said; null where the pattern does not ask for it.
struct SentenceWords {
    const Verb* verb = nullptr;
    const Verb* second = nullptr;
    const Property* property = nullptr;
};

/// Fills the slots of one pattern text (see PatternRow) with words already chosen, and notes where they come
/// to stand.
class SentenceWriter {
public:
    /// All references must outlive the writer.
    SentenceWriter(const Lexicon& lexicon, const std::vector<SentenceNoun>& nouns, SentenceWords words,
                   Random& random);

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
    bool verbSlot(std::string_view name, std::string_view argument);
    void markVerb(ByteRange verb);
    bool agreeingSlot(std::string_view name, std::string_view argument);
    void noun(std::string_view determiner, std::string_view role);
    void determiner(std::string_view which, const SentenceNoun& word, std::string_view next);
    std::string adjectiveFor(const SentenceNoun& word);
    bool mayHaveAnOwner(const SentenceNoun& word) const;
    void pronoun(const char* const (&forms)[4], std::string_view role);
    void unboundPronoun(std::string_view which);
    void say(bool now);
    void be(bool now);
    bool pluralOf(std::string_view role) const;
    const SentenceNoun& find(std::string_view role) const;
    size_t indexOf(const SentenceNoun& noun) const;
    void decisive(std::string_view text);
    void finish();

    const Lexicon& m_lexicon;
    const std::vector<SentenceNoun>& m_nouns;
    SentenceWords m_words;
    Random& m_random;
    std::function<bool(const Property&)> m_allowed = [](const Property&) { return true; };
    NameSet m_size, m_flat, m_family, m_person, m_living, m_place; // tags and kinds
    char m_next = 0;                                               // what follows the slot
    std::optional<size_t> m_answer;
    Person m_answerPerson = Person::it;
    std::vector<ByteRange> m_places;                // of the nouns, in the order of m_nouns
    std::vector<std::optional<size_t>> m_standsFor; // of the pronouns
    GrammarSentence* m_sentence = nullptr;
};

} // namespace headlight
