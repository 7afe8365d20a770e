#include "engine/training/grammar.h"

#include "engine/core/errors.h"
#include "engine/training/sentence_writer.h"
#include "engine/training/vocabulary.h"

#include <algorithm>
#include <set>

namespace headlight {

namespace {
constexpr double inventedShare = 0.04; // of nouns
constexpr int wordDraws = 400;

/// Where a noun of a pattern comes from.
struct Role {
    enum class Source { kinds, verbSubject, verbObject };
    char letter = 'a';
    Source source = Source::kinds;
    NameSet kinds;
    bool singular = false;
    bool onlyIt = false;
    bool common = false; ///< no name: it stands with an indefinite article
};

/// One possible answer of a pattern, and how what is said of it is found.
struct Answer {
    enum class Rule { fits, tag, reason, any };
    std::optional<size_t> role; ///< nothing: the pronoun stands for nothing
    Rule rule = Rule::fits;
    NameSet tags;
    bool pronoun = true;
};

/// A word that nobody knows: two or three syllables.
std::string inventedWord(Random& random) {
    static constexpr std::string_view vowels[] = {"a", "e", "i", "o", "u"};
    const size_t syllables = random.chance(0.8) ? 2 : 3;
    std::string word;
    for (size_t i = 0; i < syllables; ++i) {
        word += random.pick(wordOnsets());
        word += random.pick(vowels);
        if (i + 1 == syllables || random.chance(0.4))
            word += random.pick(wordEnds());
    }
    return word;
}

/// The number of each noun: mostly one of each, so that meaning decides and not agreement.
std::vector<bool> drawPlurals(size_t count, Random& random) {
    std::vector<bool> plurals(count, false);
    const double mode = random.uniform();
    for (size_t i = 0; i < count; ++i)
        plurals[i] = mode < 0.1 || (mode < 0.25 && random.chance(0.5));
    return plurals;
}
} // namespace

struct Grammar::Compiled {
    const PatternRow* row = nullptr;
    std::vector<Role> roles;
    NameSet verbTags;
    std::vector<Answer> answers;
    bool adjectiveOnly = false;
    bool joinable = true;

    Compiled(const PatternRow& pattern, const Lexicon& lexicon) : row(&pattern) {
        for (std::string_view item : split(pattern.nouns, " "))
            addRole(item, lexicon);
        verbTags = lexicon.tags(pattern.verb);
        for (std::string_view item : split(pattern.answers, " "))
            addAnswer(item, lexicon);
        adjectiveOnly = contains("{p}") || contains("{k.now}");
        joinable = !contains("{none person}") && !contains("{none they}") && pattern.answers != "0:any";
    }

    bool contains(std::string_view text) const { return row->text.find(text) != std::string_view::npos; }
    [[noreturn]] void fail(std::string_view item) const {
        throw RequestError("Pattern \"" + std::string(row->id) + "\": \"" + std::string(item) +
                           "\" is not understood.");
    }
    std::optional<size_t> roleOf(char letter) const {
        for (size_t i = 0; i < roles.size(); ++i)
            if (roles[i].letter == letter)
                return i;
        return std::nullopt;
    }

    void addRole(std::string_view item, const Lexicon& lexicon) {
        if (item.size() < 3 || item[1] != '=')
            fail(item);
        Role role;
        role.letter = item[0];
        std::string_view from = item.substr(2);
        if (const size_t colon = from.find(':'); colon != std::string_view::npos) {
            role.singular = true;
            role.onlyIt = from.substr(colon) == ":it";
            from = from.substr(0, colon);
        }
        if (from == "verb.subject")
            role.source = Role::Source::verbSubject;
        else if (from == "verb.object")
            role.source = Role::Source::verbObject;
        else
            role.kinds = lexicon.kinds(from);
        role.common = contains(std::string("{one ") + role.letter + '}');
        roles.push_back(role);
    }

    void addAnswer(std::string_view item, const Lexicon& lexicon) {
        Answer answer;
        if (item.size() < 3 || (item[1] != ':' && item[1] != '!'))
            fail(item);
        answer.pronoun = item[1] == ':';
        answer.role = roleOf(item[0]);
        if (!answer.role && item[0] != '0')
            fail(item);
        const std::string_view rule = item.substr(2);
        if (rule[0] == '#') {
            answer.rule = Answer::Rule::tag;
            answer.tags = lexicon.tags(rule.substr(1));
        } else if (rule == "reason" && answer.role) {
            answer.rule = Answer::Rule::reason;
        } else if (rule == "any" && !answer.role) {
            answer.rule = Answer::Rule::any;
        } else if (rule != "fits" || !answer.role) {
            fail(item);
        }
        answers.push_back(answer);
    }

    /// Properties that can be said when `answer` is the answer.
    std::vector<const Property*> properties(const Lexicon& lexicon, const Answer& answer, const Verb* verb,
                                            const std::vector<Noun>& nouns) const {
        NameSet tags = answer.tags;
        if (answer.rule == Answer::Rule::reason)
            tags = roles[*answer.role].source == Role::Source::verbSubject ? verb->subjectReason
                                                                           : verb->objectReason;
        std::vector<const Property*> result;
        for (const Property& property : lexicon.properties()) {
            if (adjectiveOnly && !property.adjective)
                continue;
            bool good = false;
            switch (answer.rule) {
            case Answer::Rule::any:
                good = property.fits.any();
                break;
            case Answer::Rule::tag:
            case Answer::Rule::reason:
                good = (property.tags & tags).any() &&
                       (property.fits.none() ||
                        (answer.role && (property.fits & nouns[*answer.role].kinds).any()));
                break;
            case Answer::Rule::fits:
                good = true;
                for (size_t i = 0; i < nouns.size(); ++i)
                    if (answer.pronoun || i == *answer.role)
                        good = good && (property.fits & nouns[i].kinds).any() == (i == *answer.role);
                break;
            }
            if (good)
                result.push_back(&property);
        }
        return result;
    }
};

Grammar::Grammar(const Lexicon& lexicon) : m_lexicon(lexicon) {
    for (const PatternRow& row : patternRows()) {
        std::vector<size_t>& list = row.heldOut ? m_unseen : m_trained;
        list.insert(list.end(), static_cast<size_t>(std::max(row.weight, 1)), m_patterns.size());
        m_patterns.emplace_back(row, lexicon);
    }
}

Grammar::~Grammar() = default;

std::optional<GrammarSentence> Grammar::tryPattern(size_t index, Random& random) const {
    const Compiled& pattern = m_patterns.at(index);
    const Verb* verb = nullptr;
    if (pattern.verbTags.any()) {
        do
            verb = &random.pick(m_lexicon.verbs());
        while ((verb->tags & pattern.verbTags).none());
    }

    std::vector<Noun> nouns;
    std::vector<bool> plurals = drawPlurals(pattern.roles.size(), random);
    for (size_t i = 0; i < pattern.roles.size(); ++i) {
        const Role& role = pattern.roles[i];
        const NameSet& kinds = role.source == Role::Source::kinds         ? role.kinds
                               : role.source == Role::Source::verbSubject ? verb->subjects
                                                                          : verb->objects;
        const Noun* found = nullptr;
        for (int draw = 0; draw < wordDraws && !found; ++draw) {
            const Noun& noun = random.pick(m_lexicon.nouns());
            const bool used =
                std::any_of(nouns.begin(), nouns.end(), [&](const Noun& n) { return n.word == noun.word; });
            const bool good = !used && (noun.kinds & kinds).any() && (!role.common || !noun.name) &&
                              (!role.onlyIt || (noun.it && !noun.he && !noun.she));
            found = good ? &noun : nullptr;
        }
        if (!found)
            return std::nullopt;
        nouns.push_back(*found);
        plurals[i] = plurals[i] && !role.singular && !found->plural.empty();
        if (!found->name && !found->plural.empty() && random.chance(inventedShare)) {
            nouns.back().word = inventedWord(random);
            nouns.back().plural = withS(nouns.back().word);
            nouns.back().invented = true;
        }
    }

    GrammarSentence sentence;
    const Property* property = nullptr;
    const Answer* answer = nullptr;
    if (!pattern.answers.empty()) {
        answer = &random.pick(pattern.answers);
        const std::vector<const Property*> choice = pattern.properties(m_lexicon, *answer, verb, nouns);
        if (choice.empty())
            return std::nullopt;
        property = random.pick(choice);
        sentence.property = property->text;
    } else if (verb) {
        sentence.property = verb->base;
    }
    sentence.pattern = pattern.row->id;
    sentence.joinable = pattern.joinable;
    std::vector<SentenceNoun> words;
    for (size_t i = 0; i < nouns.size(); ++i) {
        sentence.nouns.push_back(nouns[i].word);
        sentence.invented = sentence.invented || nouns[i].invented;
        words.push_back({pattern.roles[i].letter, &nouns[i], plurals[i]});
    }
    SentenceWriter writer(m_lexicon, words, verb, property, random);
    if (answer)
        writer.setAnswer(answer->role, answer->rule == Answer::Rule::any);
    // An adjective in front of a noun must not give away a triple that is kept from training.
    writer.allowAdjective([&](const Property& adjective) {
        for (size_t i = 0; i < nouns.size(); ++i)
            for (size_t j = i + 1; j < nouns.size(); ++j)
                if (heldOut(nouns[i].word, nouns[j].word, adjective.text))
                    return false;
        return true;
    });
    writer.write(pattern.row->text, sentence);
    return sentence;
}

GrammarSentence Grammar::sentence(Random& random, Split split) const {
    const std::vector<size_t>& patterns = split == Split::unseenPatterns ? m_unseen : m_trained;
    for (;;) {
        std::optional<GrammarSentence> sentence = tryPattern(random.pick(patterns), random);
        if (sentence && heldOut(*sentence) == (split == Split::unseenTriples))
            return *std::move(sentence);
    }
}

bool Grammar::heldOut(std::string_view noun, std::string_view other, std::string_view said) {
    if (other < noun)
        std::swap(noun, other);
    if (noun == "animal" && other == "street" && (said == "tired" || said == "wide"))
        return true;
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    for (std::string_view part : {noun, other, said})
        for (const char letter : std::string(part) + '/')
            hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3u;
    return Random(hash).below(10) == 0;
}

bool Grammar::heldOut(const GrammarSentence& sentence) {
    for (size_t i = 0; i < sentence.nouns.size(); ++i)
        for (size_t j = i + 1; j < sentence.nouns.size(); ++j)
            if (heldOut(sentence.nouns[i], sentence.nouns[j], sentence.property))
                return true;
    return false;
}

std::vector<std::string> Grammar::words() const {
    std::vector<std::string> result;
    std::set<std::string> seen;
    const auto add = [&](std::string_view text) {
        for (std::string_view word : split(text, " .,?!'[]|"))
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
