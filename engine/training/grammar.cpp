#include "engine/training/grammar.h"

#include "engine/core/errors.h"
#include "engine/training/pattern.h"
#include "engine/training/sentence_writer.h"
#include "engine/training/vocabulary.h"

#include <algorithm>
#include <set>

namespace headlight {

namespace {
constexpr double inventedShare = 0.15;    // of sentences that could have an invented word
constexpr double agreementRejected = 0.6; // so that meaning decides more often
constexpr int wordDraws = 60;
constexpr size_t commonWeight = 6, animalWeight = 3;

/// A word that nobody knows: one to three syllables.
std::string inventedWord(Random& random) {
    static constexpr std::string_view vowels[] = {"a", "e", "i", "o", "u",  "a",
                                                  "e", "i", "o", "u", "oo", "ee"};
    const double length = random.uniform();
    const size_t syllables = length < 0.25 ? 1 : length < 0.8 ? 2 : 3;
    std::string word;
    for (size_t i = 0; i < syllables; ++i) {
        word += random.pick(wordOnsets());
        word += random.pick(vowels);
        if (i + 1 == syllables ? syllables == 1 || random.chance(0.7) : random.chance(0.3))
            word += random.pick(wordEnds());
    }
    return word;
}

/// The number of each noun: mostly one of each, so that meaning decides and not agreement.
std::vector<bool> drawPlurals(size_t count, Random& random) {
    std::vector<bool> plurals(count, false);
    const double mode = random.uniform();
    for (size_t i = 0; i < count; ++i)
        plurals[i] = mode < 0.08 || (mode < 0.2 && random.chance(0.5));
    return plurals;
}

bool canTake(const Noun& noun, bool plural, Person person) {
    switch (person) {
    case Person::it:
        return !plural && (noun.it || noun.invented);
    case Person::he:
        return !plural && (noun.he || noun.invented);
    case Person::she:
        return !plural && (noun.she || noun.invented);
    case Person::they:
        return plural;
    }
    return false;
}

Person drawPerson(const Noun& noun, bool plural, Random& random) {
    if (plural)
        return Person::they;
    if (noun.he && (!noun.she || random.chance(0.5)))
        return Person::he;
    return noun.she ? Person::she : Person::it;
}

bool shareAPronoun(const Noun& a, bool aPlural, const Noun& b, bool bPlural) {
    for (const Person person : {Person::it, Person::he, Person::she, Person::they})
        if (canTake(a, aPlural, person) && canTake(b, bPlural, person))
            return true;
    return false;
}
} // namespace

struct Grammar::Compiled : Pattern {
    using Pattern::Pattern;
    std::vector<NounChoice> choices; // of each noun; empty where a verb chooses
    std::vector<size_t> verbs, seconds;
};

/// The words of a sentence in the making.
struct Grammar::Draft {
    size_t verbIndex = 0, secondIndex = 0;
    const Verb *verb = nullptr, *second = nullptr;
    std::vector<Noun> nouns;
    std::vector<bool> plurals;
    std::vector<Person> persons;
    const Property* property = nullptr;
    const PatternAnswer* answer = nullptr;

    /// Whether the answer's pronoun could stand for noun `i` as well.
    bool rival(size_t i) const {
        return i != *answer->noun && canTake(nouns[i], plurals[i], persons[*answer->noun]);
    }

    /// Whether number or gender alone tell which noun the pronoun stands for.
    bool toldByAgreement() const {
        if (answer->rule != PatternAnswer::Rule::fits || !answer->noun)
            return false;
        for (size_t i = 0; i < nouns.size(); ++i)
            if (rival(i))
                return false;
        return true;
    }

    /// Whether nothing but the second verb's subject is asked, and only the answer can be it.
    bool acts() const {
        for (size_t i = 0; i < nouns.size(); ++i)
            if (rival(i) && (second->subjects & nouns[i].kinds).any())
                return false;
        return (second->subjects & nouns[*answer->noun].kinds).any();
    }

    bool canSay(const Property& said, const NameSet& tags) const {
        using Rule = PatternAnswer::Rule;
        if (tags.any() && (said.tags & tags).none())
            return false;
        const auto fits = [&](size_t i) { return (said.fits & nouns[i].kinds).any(); };
        switch (answer->rule) {
        case Rule::any:
            return said.fits.any();
        case Rule::tag:
        case Rule::reason:
            return tags.any() && (said.fits.none() || (answer->noun && fits(*answer->noun)));
        case Rule::either:
            for (size_t i = 0; i < nouns.size(); ++i)
                if (!fits(i) || (answer->pronoun && !canTake(nouns[i], plurals[i], persons[*answer->noun])))
                    return false;
            return !verb || (said.tags & (verb->subjectReason | verb->objectReason)).none();
        case Rule::fits:
            for (size_t i = 0; i < nouns.size(); ++i)
                if (answer->pronoun && rival(i) && ((said.fits | said.also) & nouns[i].kinds).any())
                    return false;
            return fits(*answer->noun);
        case Rule::acts:
            break;
        }
        return false;
    }

    NameSet wantedTags(const Pattern& pattern) const {
        if (answer->rule != PatternAnswer::Rule::reason)
            return answer->tags;
        return pattern.nouns[*answer->noun].subject ? verb->subjectReason : verb->objectReason;
    }
};

namespace {
/// What is said is chosen by the verb or by the pattern for each of the nouns, not by what fits the noun.
bool hangsOnTwoWords(const Pattern& pattern) {
    using Rule = PatternAnswer::Rule;
    return std::count_if(pattern.answers.begin(), pattern.answers.end(), [](const PatternAnswer& answer) {
               return answer.rule == Rule::tag || answer.rule == Rule::reason;
           }) >= 2;
}
} // namespace

Grammar::Grammar(const Lexicon& lexicon) : m_lexicon(lexicon), m_places(lexicon.kinds("place")) {
    for (const Verb& verb : lexicon.verbs()) {
        m_subjects.push_back(choice(verb.subjects));
        m_objects.push_back(choice(verb.objects));
    }
    for (const PatternRow& row : patternRows()) {
        Compiled pattern(row, lexicon);
        const auto add = [&](std::vector<size_t>& list) {
            list.insert(list.end(), static_cast<size_t>(std::max(row.weight, 1)), m_patterns.size());
        };
        add(row.heldOut ? m_unseen : m_trained);
        if (!row.heldOut && hangsOnTwoWords(pattern))
            add(m_hard);
        for (const PatternNoun& noun : pattern.nouns)
            pattern.choices.push_back(choice(noun.kinds));
        for (size_t i = 0; i < lexicon.verbs().size(); ++i) {
            if ((lexicon.verbs()[i].tags & pattern.verbTags).any())
                pattern.verbs.push_back(i);
            if ((lexicon.verbs()[i].tags & pattern.secondTags).any())
                pattern.seconds.push_back(i);
        }
        m_patterns.push_back(std::move(pattern));
    }
    for (const std::vector<std::string>& known : {lexicon.words(), words()})
        m_known.insert(known.begin(), known.end());
}

Grammar::~Grammar() = default;

Grammar::NounChoice Grammar::choice(const NameSet& kinds) const {
    const NameSet animals = m_lexicon.kinds("animal");
    NounChoice result;
    for (const Noun& noun : m_lexicon.nouns())
        if ((noun.kinds & kinds).any())
            result.insert(
                result.end(),
                (noun.common ? commonWeight : 1) * ((noun.kinds & animals).any() ? animalWeight : 1), &noun);
    return result;
}

bool Grammar::drawNoun(const Compiled& pattern, size_t role, Draft& draft, Random& random) const {
    const PatternNoun& wanted = pattern.nouns[role];
    using Source = PatternNoun::Source;
    const std::vector<NounChoice>& byVerb = wanted.subject ? m_subjects : m_objects;
    const NounChoice& choices = wanted.source == Source::kinds    ? pattern.choices[role]
                                : wanted.source == Source::second ? byVerb[draft.secondIndex]
                                                                  : byVerb[draft.verbIndex];
    if (choices.empty())
        return false;
    for (int attempt = 0; attempt < wordDraws; ++attempt) {
        const Noun& noun = *random.pick(choices);
        const bool place = (noun.kinds & m_places).any(); // seldom several
        const bool plural = (wanted.plural || (draft.plurals[role] && !(place && random.chance(0.7)))) &&
                            !wanted.singular && !noun.plural.empty();
        const bool used = std::any_of(draft.nouns.begin(), draft.nouns.end(),
                                      [&](const Noun& n) { return n.word == noun.word; });
        if (used || (wanted.common && noun.name) || (wanted.plural && !plural) ||
            (wanted.onlyIt && (noun.he || noun.she)))
            continue;
        if (wanted.source == Source::both &&
            ((wanted.subject ? draft.second->subjects : draft.second->objects) & noun.kinds).none())
            continue;
        if (wanted.apartFrom &&
            shareAPronoun(noun, plural, draft.nouns[*wanted.apartFrom], draft.plurals[*wanted.apartFrom]))
            continue;
        Person person = drawPerson(noun, plural, random);
        if (wanted.likeNoun) {
            person = draft.persons[*wanted.likeNoun];
            if (!canTake(noun, plural, person))
                continue;
        }
        draft.nouns.push_back(noun);
        draft.plurals[role] = plural;
        draft.persons.push_back(person);
        return true;
    }
    return false;
}

bool Grammar::drawNouns(const Compiled& pattern, Draft& draft, Random& random) const {
    if (!pattern.verbs.empty()) {
        draft.verbIndex = random.pick(pattern.verbs);
        draft.verb = &m_lexicon.verbs()[draft.verbIndex];
    }
    if (!pattern.seconds.empty()) {
        draft.secondIndex = random.pick(pattern.seconds);
        draft.second = &m_lexicon.verbs()[draft.secondIndex];
        if (draft.second == draft.verb)
            return false;
    }
    draft.plurals = drawPlurals(pattern.nouns.size(), random);
    for (size_t i = 0; i < pattern.nouns.size(); ++i)
        if (!drawNoun(pattern, i, draft, random))
            return false;
    return true;
}

/// One noun of some sentences becomes a word that nobody knows; what it was decides how it is used.
void Grammar::invent(const Compiled& pattern, Draft& draft, Random& random) const {
    if (draft.nouns.empty() || !pattern.inventable || !random.chance(inventedShare))
        return;
    const size_t i = random.below(draft.nouns.size());
    Noun& noun = draft.nouns[i];
    if (!noun.name && noun.plural.empty())
        return;
    do
        noun.word = inventedWord(random);
    while (m_known.count(noun.word) > 0 || m_known.count(withS(noun.word)) > 0);
    if (noun.name)
        noun.word[0] = static_cast<char>(noun.word[0] - 'a' + 'A');
    else
        noun.plural = withS(noun.word);
    noun.invented = true;
}

/// An adjective in front of a noun must not give away a triple that is kept from training, nor speak of what
/// is said later.
bool Grammar::allowsAdjective(const Draft& draft, const Property& adjective) const {
    static const NameSet never = m_lexicon.tags("after"), loose = m_lexicon.tags("hinder draw");
    if ((adjective.tags & never).any() ||
        (draft.property && (draft.property->tags & adjective.tags & ~loose).any()))
        return false;
    for (size_t i = 0; i < draft.nouns.size(); ++i)
        for (size_t j = i + 1; j < draft.nouns.size(); ++j)
            if (heldOut(draft.nouns[i].word, draft.nouns[j].word, adjective.text))
                return false;
    return true;
}

std::optional<GrammarSentence> Grammar::tryPattern(size_t index, Random& random) const {
    const Compiled& pattern = m_patterns.at(index);
    Draft draft;
    if (!drawNouns(pattern, draft, random))
        return std::nullopt;
    invent(pattern, draft, random);

    GrammarSentence sentence;
    sentence.pattern = pattern.row.id;
    sentence.shape = pattern.row.shape;
    sentence.joinable = pattern.joinable;
    if (draft.verb)
        sentence.property = draft.verb->base;
    if (!pattern.answers.empty()) {
        draft.answer = &random.pick(pattern.answers);
        if (draft.answer->rule == PatternAnswer::Rule::acts) {
            if (!draft.acts())
                return std::nullopt;
            sentence.property = draft.second->base;
        } else {
            if (pattern.answers.size() > 1 && draft.toldByAgreement() && random.chance(agreementRejected))
                return std::nullopt;
            const NameSet tags = draft.wantedTags(pattern);
            std::vector<const Property*> said;
            for (const Property& property : m_lexicon.properties())
                if ((property.adjective || !pattern.adjectiveOnly) && draft.canSay(property, tags))
                    said.push_back(&property);
            if (said.empty())
                return std::nullopt;
            draft.property = random.pick(said);
            sentence.property = draft.property->text;
        }
        sentence.ambiguous = draft.answer->pronoun && draft.answer->rule == PatternAnswer::Rule::either;
    }
    std::vector<SentenceNoun> words;
    for (size_t i = 0; i < draft.nouns.size(); ++i) {
        sentence.nouns.push_back(draft.nouns[i].word);
        sentence.invented = sentence.invented || draft.nouns[i].invented;
        const PatternNoun& role = pattern.nouns[i];
        const bool acts = role.subject && (role.source == PatternNoun::Source::verb ||
                                           role.source == PatternNoun::Source::both);
        words.push_back({role.letter, &draft.nouns[i], draft.plurals[i], draft.persons[i], acts});
    }
    SentenceWriter writer(m_lexicon, words, {draft.verb, draft.second, draft.property}, random);
    if (draft.answer)
        writer.setAnswer(draft.answer->noun, draft.answer->rule == PatternAnswer::Rule::any);
    writer.allowAdjective([&](const Property& adjective) { return allowsAdjective(draft, adjective); });
    writer.write(pattern.row.text, sentence);
    return sentence;
}

GrammarSentence Grammar::sentence(Random& random, Split split) const {
    return draw(random, split == Split::unseenPatterns ? m_unseen : m_trained, split == Split::unseenTriples);
}

GrammarSentence Grammar::hardSentence(Random& random) const {
    return draw(random, m_hard, false);
}

/// `unseen`: with a triple that is kept from training, or with none of them.
GrammarSentence Grammar::draw(Random& random, const std::vector<size_t>& patterns, bool unseen) const {
    for (;;) {
        const size_t pattern = random.pick(patterns);
        for (int attempt = 0; attempt < wordDraws; ++attempt) {
            std::optional<GrammarSentence> sentence = tryPattern(pattern, random);
            if (sentence && heldOut(*sentence) == unseen)
                return *std::move(sentence);
        }
    }
}

std::vector<GrammarSentence> Grammar::samples(size_t pattern, size_t count, uint64_t seed) const {
    Random random(seed);
    std::vector<GrammarSentence> result;
    std::set<std::string> seen;
    for (int attempt = 0; attempt < 100000 && result.size() < count; ++attempt)
        if (std::optional<GrammarSentence> sentence = tryPattern(pattern, random))
            if (seen.insert(sentence->text).second)
                result.push_back(*std::move(sentence));
    return result;
}

bool Grammar::heldOut(std::string_view noun, std::string_view other, std::string_view said) {
    if (other < noun)
        std::swap(noun, other);
    if ((noun == "animal" && other == "street" && (said == "tired" || said == "wide")) ||
        (noun == "suitcase" && other == "trophy" && (said == "big" || said == "small")))
        return true;
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (std::string_view part : {noun, other, said})
        for (const char letter : std::string(part) + '/')
            hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3u;
    return Random(hash).below(10) == 0;
}

/// Whether the words of a triple that everybody tries stand in the text, in whatever way.
bool Grammar::isFamous(const GrammarSentence& sentence) {
    const auto has = [&](std::string_view word) { return sentence.text.find(word) != std::string::npos; };
    const auto about = [&](std::string_view noun) {
        return std::find(sentence.nouns.begin(), sentence.nouns.end(), noun) != sentence.nouns.end();
    };
    return (about("animal") && about("street") && (has("tired") || has("wide"))) ||
           (about("trophy") && about("suitcase") && (has("big") || has("small")));
}

bool Grammar::heldOut(const GrammarSentence& sentence) {
    for (size_t i = 0; i < sentence.nouns.size(); ++i)
        for (size_t j = i + 1; j < sentence.nouns.size(); ++j)
            if (heldOut(sentence.nouns[i], sentence.nouns[j], sentence.property))
                return true;
    return isFamous(sentence);
}

std::vector<std::string> Grammar::words() const {
    std::vector<std::string> result;
    std::set<std::string> seen;
    const auto add = [&](std::string_view text) {
        for (std::string_view word : split(text, " .,;:?!'-[]|"))
            if (seen.insert(lowerCase(word)).second)
                result.push_back(lowerCase(word));
    };
    for (const PatternRow& row : patternRows()) {
        std::string_view text = row.text;
        for (size_t brace = 0; (brace = text.find('{')) != std::string_view::npos;) {
            add(text.substr(0, brace));
            text = text.substr(text.find('}', brace) + 1);
        }
        add(text);
    }
    for (std::string_view phrase : SentenceWriter::phrases())
        add(phrase);
    return result;
}

} // namespace headlight
