#include "engine/training/sentence_writer.h"

#include "engine/core/errors.h"

#include <array>

namespace headlight {

namespace {
using Words = std::string_view;
constexpr double adjectiveShare = 0.12, timeShare = 0.15, leadShare = 0.1, noFullStopShare = 0.06;

constexpr Words subjectPronouns[] = {"it", "he", "she", "they"};
constexpr Words objectPronouns[] = {"it", "him", "her", "them"};
constexpr size_t theyPronoun = 3;
constexpr Words singularDeterminers[] = {"the", "the", "the",  "the",  "the", "the",
                                         "my",  "our", "your", "this", "that"};
constexpr Words pluralDeterminers[] = {"the",  "the",   "the",   "the",  "my",     "our",
                                       "your", "these", "those", "some", "all the"};
constexpr Words counts[] = {"some", "two", "three", "many"};
constexpr Words negations[] = {"didn't",    "didn't",   "didn't",    "did not",  "did not",
                               "could not", "couldn't", "would not", "wouldn't", "did not want to"};
constexpr Words degrees[] = {"too ", "too ", "so ", "very ", ""};
constexpr Words times[] = {" yesterday",      " last night",    " this morning",  " in the morning",
                           " in the evening", " at night",      " on Monday",     " on Sunday",
                           " last week",      " last year",     " in the summer", " a long time ago",
                           " after school",   " before dinner", " until noon",    " that day",
                           " an hour ago",    " again",         " for an hour",   " at six o'clock"};
constexpr Words leads[] = {"yesterday ",    "yesterday, ",  "last night ", "in the morning ", "one day, ",
                           "at first ",     "today ",       "then ",       "of course, ",     "now ",
                           "well, ",        "but ",         "and ",        "perhaps ",        "in the end, ",
                           "I think that ", "we know that "};
constexpr Words otherForms[] = {"a", "an", "was", "were", "is", "are", "has", "have", "does", "do"};

bool startsWithVowel(std::string_view word) {
    return !word.empty() && Words("aeiou").find(word[0]) != Words::npos;
}
} // namespace

SentenceWriter::SentenceWriter(const Lexicon& lexicon, const std::vector<SentenceNoun>& nouns,
                               const Verb* verb, const Property* property, Random& random)
    : m_lexicon(lexicon), m_nouns(nouns), m_verb(verb), m_property(property), m_random(random),
      m_places(nouns.size()) {}

void SentenceWriter::setAnswer(std::optional<size_t> noun, bool anyPronoun) {
    m_answer = noun;
    m_person = anyPronoun ? m_random.below(std::size(subjectPronouns)) : 0;
    if (noun) {
        const SentenceNoun& answer = m_nouns[*noun];
        const std::array<bool, theyPronoun> possible{answer.noun->it, answer.noun->he, answer.noun->she};
        m_person = theyPronoun;
        while (!answer.plural && (m_person == theyPronoun || !possible[m_person]))
            m_person = m_random.below(theyPronoun);
    }
    m_answerPlural = m_person == theyPronoun;
}

void SentenceWriter::write(std::string_view pattern, GrammarSentence& sentence) {
    m_sentence = &sentence;
    sentence.text.clear();
    const std::string text = expandAlternatives(pattern);
    for (size_t at = 0; at < text.size();) {
        if (text[at] != '{') {
            sentence.text += text[at++];
            continue;
        }
        const size_t end = text.find('}', at);
        const std::string_view inside = std::string_view(text).substr(at + 1, end - at - 1);
        const size_t space = inside.find(' ');
        slot(inside.substr(0, space), space == std::string_view::npos ? "" : inside.substr(space + 1));
        at = end + 1;
    }
    finish();
}

std::string SentenceWriter::expandAlternatives(std::string_view pattern) {
    std::string result;
    while (!pattern.empty()) {
        const size_t open = pattern.find('[');
        result += pattern.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const size_t close = pattern.find(']', open);
        const std::string_view inside = pattern.substr(open + 1, close - open - 1);
        size_t count = 1;
        for (const char letter : inside)
            count += letter == '|';
        size_t begin = 0;
        for (size_t skip = m_random.below(count); skip > 0; --skip)
            begin = inside.find('|', begin) + 1;
        result += inside.substr(begin, inside.find('|', begin) - begin);
        pattern = pattern.substr(close + 1);
    }
    return result;
}

void SentenceWriter::slot(std::string_view name, std::string_view argument) {
    std::string& text = m_sentence->text;
    if (name == "the" || name == "one")
        noun(name, argument);
    else if (name == "P" || name == "O")
        pronoun(name == "O");
    else if (name == "none")
        unboundPronoun(argument);
    else if (name == "k" || name == "k.now")
        say(name == "k.now");
    else if (name == "p" && m_property)
        decisive(m_property->text);
    else if (name == "not")
        text += m_random.pick(negations);
    else if (name == "was")
        text += pluralOf(argument) ? "were" : "was";
    else if (name == "is")
        text += pluralOf(argument) ? "are" : "is";
    else if (name == "has")
        text += pluralOf(argument) ? "have" : "has";
    else if (name == "does")
        text += pluralOf(argument) ? "do" : "does";
    else if (name == "v" && m_verb)
        text += m_verb->base;
    else if (name == "v.past" && m_verb)
        text += m_verb->past;
    else if (name == "v.done" && m_verb)
        text += m_verb->done;
    else if (name == "v.ing" && m_verb)
        text += m_verb->ing;
    else if (name == "v.now" && m_verb)
        text += pluralOf(argument) ? m_verb->base : m_verb->third;
    else if (name == "time")
        text += m_random.chance(timeShare) ? m_random.pick(times) : "";
    else if (name == "lead")
        text += m_random.chance(leadShare) ? m_random.pick(leads) : "";
    else
        throw RequestError("Pattern \"" + m_sentence->pattern + "\" has no word for {" + std::string(name) +
                           "}.");
}

void SentenceWriter::noun(std::string_view determiner, std::string_view role) {
    std::string& text = m_sentence->text;
    const SentenceNoun& word = find(role);
    const std::string& spelling = word.plural ? word.noun->plural : word.noun->word;
    std::string adjective;
    if (!word.noun->name && m_random.chance(adjectiveShare)) {
        const Property& property = m_random.pick(m_lexicon.properties());
        if (property.adjective && &property != m_property && (property.fits & word.noun->kinds).any() &&
            m_allowed(property))
            adjective = property.text + ' ';
    }
    if (!word.noun->name) {
        const bool countable = !word.noun->plural.empty();
        const bool indefinite = determiner == "one" || m_random.chance(0.07);
        if (indefinite && !word.plural && countable)
            text += startsWithVowel(adjective.empty() ? spelling : adjective) ? "an" : "a";
        else if (indefinite)
            text += countable ? m_random.pick(counts) : "some";
        else
            text += word.plural ? m_random.pick(pluralDeterminers) : m_random.pick(singularDeterminers);
        text += ' ';
    }
    text += adjective;
    const size_t begin = text.size();
    decisive(spelling);
    m_places[static_cast<size_t>(&word - m_nouns.data())] = {begin, text.size()};
}

void SentenceWriter::pronoun(bool object) {
    const size_t begin = m_sentence->text.size();
    m_sentence->text += object ? objectPronouns[m_person] : subjectPronouns[m_person];
    PronounMark mark;
    mark.bytes = {begin, m_sentence->text.size()};
    if (m_answer)
        mark.answer = ByteRange{}; // filled in at the end: the noun may come later
    m_sentence->pronouns.push_back(mark);
}

void SentenceWriter::unboundPronoun(std::string_view which) {
    const size_t begin = m_sentence->text.size();
    const size_t person = which == "it" ? 0 : which == "they" ? theyPronoun : 1 + m_random.below(theyPronoun);
    m_answerPlural = person == theyPronoun;
    m_sentence->text += subjectPronouns[person];
    m_sentence->pronouns.push_back({{begin, m_sentence->text.size()}, std::nullopt});
}

void SentenceWriter::say(bool now) {
    const std::string_view be = now ? (m_answerPlural ? "are" : "is") : (m_answerPlural ? "were" : "was");
    std::string& text = m_sentence->text;
    if (m_property->adjective) {
        text += be;
        text += ' ';
        text += m_random.pick(degrees);
        decisive(m_property->text);
        return;
    }
    std::string phrase = m_property->text;
    constexpr std::string_view slotWas = "{was}";
    if (phrase.compare(0, slotWas.size(), slotWas) == 0)
        phrase.replace(0, slotWas.size(), be);
    decisive(phrase);
}

bool SentenceWriter::pluralOf(std::string_view role) const {
    return role == "P" ? m_answerPlural : find(role).plural;
}

const SentenceNoun& SentenceWriter::find(std::string_view role) const {
    for (const SentenceNoun& noun : m_nouns)
        if (role.size() == 1 && noun.role == role[0])
            return noun;
    throw RequestError("Pattern \"" + m_sentence->pattern + "\" has no noun \"" + std::string(role) + "\".");
}

void SentenceWriter::decisive(std::string_view words) {
    const size_t begin = m_sentence->text.size();
    m_sentence->text += words;
    m_sentence->decisive.push_back({begin, m_sentence->text.size()});
}

void SentenceWriter::finish() {
    std::string& text = m_sentence->text;
    if (m_answer)
        for (PronounMark& mark : m_sentence->pronouns)
            if (mark.answer)
                mark.answer = m_places[*m_answer];
    bool begins = true;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool alone =
            text[i] == 'i' && (i == 0 || text[i - 1] == ' ') && (i + 1 == text.size() || text[i + 1] == ' ');
        if ((begins || alone) && text[i] >= 'a' && text[i] <= 'z')
            text[i] = static_cast<char>(text[i] - 'a' + 'A');
        if (text[i] != ' ')
            begins = text[i] == '.' || text[i] == '?' || text[i] == '!';
    }
    if (text.back() == '.' && m_random.chance(noFullStopShare))
        text.pop_back();
}

std::vector<std::string_view> SentenceWriter::phrases() {
    std::vector<std::string_view> result;
    const auto add = [&result](const auto& list) {
        result.insert(result.end(), std::begin(list), std::end(list));
    };
    add(subjectPronouns);
    add(objectPronouns);
    add(singularDeterminers);
    add(pluralDeterminers);
    add(counts);
    add(negations);
    add(degrees);
    add(times);
    add(leads);
    add(otherForms);
    return result;
}

} // namespace headlight
