#pragma once

#include "engine/core/byte_range.h"
#include "engine/core/random.h"
#include "engine/training/lexicon.h"

#include <optional>
#include <set>

namespace headlight {

/// A pronoun of a generated sentence, and the word that it stands for.
struct PronounMark {
    ByteRange bytes;
    std::optional<ByteRange>
        answer; ///< the noun, without determiner and adjectives; nothing where it stands for nothing
};

/// A verb of a generated sentence, and the noun in front of it that does it.
struct VerbMark {
    ByteRange bytes;
    ByteRange subject; ///< the noun, without determiner and adjectives
};

/// A generated text of one or two sentences with its known truth.
struct GrammarSentence {
    std::string text;
    std::string pattern; ///< PatternRow::id
    std::string shape;   ///< PatternRow::shape
    std::vector<PronounMark> pronouns;
    /// Verbs whose subject is a noun that stands before them; none for passives, for verbs that several
    /// nouns do together, and where a pronoun stands between.
    std::vector<VerbMark> verbs;
    std::vector<ByteRange> decisive; ///< what the answer hangs on: the nouns, and what is said of one of them
    std::vector<std::string> nouns;  ///< singular forms
    std::string property;            ///< what is said, as in its row; empty when nothing is
    bool invented = false;           ///< one of its nouns is an invented word
    bool ambiguous = false;          ///< another noun would do as well; the answer is one of them, by chance
    /// Its pronouns keep their answers when other sentences stand before it in the same text.
    bool joinable = true;
};

/// Which sentences are asked for. A triple is two nouns of a sentence and what is said of one of them (where
/// nothing is said, the verb); a tenth of all triples, chosen by a hash, is never trained, nor are those of
/// the sentences that everybody tries, nor the shapes of sentences marked in the table.
enum class Split {
    train,
    unseenTriples,  ///< trained patterns, a triple that is never trained
    unseenPatterns, ///< a pattern that is never trained, with triples as in training
};

/// Makes sentences from the patterns and the lexicon. The same stream gives the same sentences.
class Grammar {
public:
    /// Throws RequestError naming the pattern whose row makes no sense. `lexicon` must outlive the grammar.
    explicit Grammar(const Lexicon& lexicon);
    ~Grammar();
    Grammar(const Grammar&) = delete;
    Grammar& operator=(const Grammar&) = delete;

    GrammarSentence sentence(Random& random, Split split) const;
    /// A trained sentence whose pronoun only two words together decide, the verb or the connective as well as
    /// what is said ("poured ... until it was empty" against "because it was empty"): the hardest to learn.
    GrammarSentence hardSentence(Random& random) const;
    /// A sentence of one pattern, by its place in patternRows(). Nothing when the words drawn do not go
    /// together: draw again.
    std::optional<GrammarSentence> tryPattern(size_t pattern, Random& random) const;

    /// Different sentences of one pattern, for documentation.
    std::vector<GrammarSentence> samples(size_t pattern, size_t count, uint64_t seed = 1) const;

    /// Whether a triple is kept from training; the order of the nouns does not matter.
    static bool heldOut(std::string_view noun, std::string_view other, std::string_view said);
    /// Whether any triple of the sentence is.
    static bool heldOut(const GrammarSentence& sentence);

    /// Every word that patterns bring besides the lexicon's, lower-case, without repetition.
    std::vector<std::string> words() const;

private:
    struct Compiled;
    struct Draft;
    using NounChoice = std::vector<const Noun*>; // common ones several times
    GrammarSentence draw(Random& random, const std::vector<size_t>& patterns, bool unseen) const;
    bool drawNouns(const Compiled& pattern, Draft& draft, Random& random) const;
    bool drawNoun(const Compiled& pattern, size_t role, Draft& draft, Random& random) const;
    void invent(const Compiled& pattern, Draft& draft, Random& random) const;
    bool allowsAdjective(const Draft& draft, const Property& adjective) const;
    NounChoice choice(const NameSet& kinds) const;
    static bool isFamous(const GrammarSentence& sentence);

    const Lexicon& m_lexicon;
    NameSet m_places; // the kind
    std::vector<Compiled> m_patterns;
    // Indices into m_patterns, each as often as its weight.
    std::vector<size_t> m_trained, m_unseen;
    std::vector<size_t> m_hard;                    // of the trained ones
    std::vector<NounChoice> m_subjects, m_objects; // of each verb
    std::set<std::string> m_known;                 // every word that is not invented
};

} // namespace headlight
