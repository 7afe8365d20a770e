#include "engine/training/sentence_writer.h"

#include "engine/core/errors.h"

#include <algorithm>

namespace headlight {

namespace {
using Words = std::string_view;
constexpr double adjectiveShare = 0.15, sizeShare = 0.25, ownerShare = 0.06, timeShare = 0.15,
                 leadShare = 0.12, noFullStopShare = 0.06, contractedShare = 0.35, afterShare = 0.05,
                 indefiniteShare = 0.1;

constexpr const char* subjectForms[] = {"it", "he", "she", "they"};
constexpr const char* objectForms[] = {"it", "him", "her", "them"};
constexpr const char* selfForms[] = {"itself", "himself", "herself", "themselves"};
constexpr const char* ownForms[] = {"its", "his", "her", "their"};
constexpr Words singularDeterminers[] = {"the", "the", "the", "the", "the", "the",  "the",  "the",
                                         "the", "my",  "our", "his", "her", "your", "this", "that"};
constexpr Words publicDeterminers[] = {"the", "the", "the", "the",  "the",  "the", "the", "the",
                                       "the", "the", "the", "this", "that", "our", "my"};
constexpr Words pluralDeterminers[] = {"the",  "the",   "the",   "the",  "the",     "my",  "our",
                                       "your", "these", "those", "some", "all the", "the", "the two"};
constexpr Words owners[] = {"my", "my", "my", "our", "your", "his", "her", "their"};
constexpr Words ownersByName[] = {"Tom's",      "Anna's", "my sister's",   "our neighbor's", "the teacher's",
                                  "my uncle's", "Mary's", "the old man's", "our friend's",   "the king's"};
/// Words after a noun that bring no other noun a pronoun could stand for.
constexpr Words afterPeople[] = {" from next door",       " over there", " who came yesterday",
                                 " who lived next door",  " upstairs",   " whom you know",
                                 " that I met yesterday", " on the left"};
constexpr Words afterPlaces[] = {" over there",  " near here",   " that I know", " which we saw yesterday",
                                 " on the left", " next to ours"};
constexpr Words afterThings[] = {" over there",     " that I saw yesterday", " on the left",
                                 " which you know", " next to me",           " that we talked about"};
constexpr Words counts[] = {"some", "two", "three", "many", "several", "four"};
constexpr Words negations[] = {"didn't",          "didn't",    "didn't",          "didn't",
                               "did not",         "did not",   "could not",       "couldn't",
                               "would not",       "wouldn't",  "did not want to", "didn't want to",
                               "never wanted to", "refused to"};
constexpr Words degrees[] = {"too ",    "too ",   "too ", "so ", "very ", "much too ",
                             "really ", "a bit ", "not ", "",    "",      ""};
constexpr Words flatDegrees[] = {"", "", "", "still ", "not "};
constexpr Words linkDegrees[] = {"", "", "too ", "so ", "very ", "really "};
constexpr Words links[] = {"looked", "seemed", "had been"};
constexpr Words times[] = {" yesterday",      " last night",    " this morning",    " in the morning",
                           " in the evening", " at night",      " on Monday",       " on Sunday",
                           " last week",      " last year",     " in the summer",   " a long time ago",
                           " after school",   " before dinner", " that day",        " on Friday",
                           " an hour ago",    " again",         " once more",       " at six o'clock",
                           " this time",      " today",         " in the afternoon"};
constexpr Words leads[] = {"yesterday ",
                           "yesterday, ",
                           "last night ",
                           "in the morning ",
                           "one day, ",
                           "at first ",
                           "today ",
                           "then ",
                           "of course, ",
                           "after dinner, ",
                           "well, ",
                           "but ",
                           "and ",
                           "perhaps ",
                           "in the end, ",
                           "I think that ",
                           "we know that ",
                           "suddenly, ",
                           "last week, ",
                           "luckily, ",
                           "unfortunately, ",
                           "this morning, ",
                           "I heard that ",
                           "once again, ",
                           "as you know, ",
                           "at the end of the day, ",
                           "when I came home, ",
                           "some time ago, "};
constexpr Words weathers[] = {"windy", "sunny",  "foggy", "late",  "dark",  "cold", "hot",
                              "warm",  "cloudy", "wet",   "early", "quiet", "nice", "dry"};
constexpr Words otherForms[] = {"a",      "an",      "was",     "were",  "is",    "are",
                                "has",    "have",    "does",    "do",    "isn't", "aren't",
                                "wasn't", "weren't", "doesn't", "don't", "it's",  "they're"};

bool startsWithVowel(std::string_view word) {
    return !word.empty() && Words("aeioAEIO").find(word[0]) != Words::npos && word.substr(0, 2) != "eu";
}
bool silentOrShort(std::string_view word) {
    return word.substr(0, 4) == "hone" ||
           (word.substr(0, 1) == "u" && word.substr(0, 3) != "uni" && word.substr(0, 3) != "use");
}
} // namespace

SentenceWriter::SentenceWriter(const Lexicon& lexicon, const std::vector<SentenceNoun>& nouns,
                               SentenceWords words, Random& random)
    : m_lexicon(lexicon), m_nouns(nouns), m_words(words), m_random(random), m_size(lexicon.tags("size")),
      m_flat(lexicon.tags("flat")), m_family(lexicon.kinds("family")), m_person(lexicon.kinds("person")),
      m_living(lexicon.kinds("living person animal")), m_place(lexicon.kinds("place")),
      m_places(nouns.size()) {}

void SentenceWriter::setAnswer(std::optional<size_t> noun, bool anyPronoun) {
    m_answer = noun;
    m_answerPerson = noun ? m_nouns[*noun].person : Person::it;
    if (noun || !anyPronoun)
        return;
    do // only who lives is he or she
        m_answerPerson = static_cast<Person>(m_random.below(std::size(subjectForms)));
    while ((m_answerPerson == Person::he || m_answerPerson == Person::she) &&
           (m_words.property->fits & m_living).none());
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
        m_next = end + 1 < text.size() ? text[end + 1] : '\0';
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
    if (name == "the" || name == "one" || name == "my" || name == "bare" || name == "many")
        noun(name, argument);
    else if (name == "P")
        pronoun(subjectForms, argument);
    else if (name == "O")
        pronoun(objectForms, argument);
    else if (name == "self")
        pronoun(selfForms, argument);
    else if (name == "its")
        text += ownForms[static_cast<size_t>(find(argument).person)];
    else if (name == "none")
        unboundPronoun(argument);
    else if (name == "k" || name == "k.now")
        say(name == "k.now");
    else if (name == "p" && m_words.property)
        decisive(m_words.property->text);
    else if (name == "not")
        text += m_random.pick(negations);
    else if (name == "weather")
        text += m_random.pick(weathers);
    else if (name == "time")
        text += m_random.chance(timeShare) ? m_random.pick(times) : "";
    else if (name == "lead")
        text += m_random.chance(leadShare) ? m_random.pick(leads) : "";
    else if (!agreeingSlot(name, argument) && !verbSlot(name, argument))
        throw RequestError("Pattern \"" + m_sentence->pattern + "\" has no word for {" + std::string(name) +
                           "}.");
}

bool SentenceWriter::agreeingSlot(std::string_view name, std::string_view argument) {
    static constexpr Words forms[][3] = {{"was", "was", "were"},         {"is", "is", "are"},
                                         {"has", "has", "have"},         {"does", "does", "do"},
                                         {"isn't", "isn't", "aren't"},   {"wasn't", "wasn't", "weren't"},
                                         {"doesn't", "doesn't", "don't"}};
    for (const auto& form : forms)
        if (form[0] == name) {
            m_sentence->text += form[pluralOf(argument) ? 2 : 1];
            return true;
        }
    return false;
}

bool SentenceWriter::verbSlot(std::string_view name, std::string_view argument) {
    const Verb* verb = name[0] == 'w' ? m_words.second : m_words.verb;
    if (!verb || (name[0] != 'v' && name[0] != 'w'))
        return false;
    const std::string_view form = name.substr(1);
    const std::string* word = nullptr;
    if (form.empty())
        word = &verb->base;
    else if (form == ".past")
        word = &verb->past;
    else if (form == ".done")
        word = &verb->done;
    else if (form == ".ing")
        word = &verb->ing;
    else if (form == ".now")
        word = pluralOf(argument) ? &verb->base : &verb->third;
    if (!word)
        return false;
    if (name[0] == 'w') {
        decisive(*word);
        return true;
    }
    const size_t begin = m_sentence->text.size();
    m_sentence->text += *word;
    if (form != ".done") // "was seen by": another word is the subject
        markVerb({begin, m_sentence->text.size()});
    return true;
}

void SentenceWriter::markVerb(ByteRange verb) {
    std::optional<ByteRange> subject;
    for (size_t i = 0; i < m_nouns.size(); ++i) {
        if (!m_nouns[i].acts)
            continue;
        if (subject || m_places[i].empty())
            return;
        subject = m_places[i];
    }
    const std::vector<PronounMark>& pronouns = m_sentence->pronouns;
    if (subject && (pronouns.empty() || pronouns.back().bytes.begin < subject->begin))
        m_sentence->verbs.push_back({verb, *subject});
}

std::string SentenceWriter::adjectiveFor(const SentenceNoun& word) {
    if (word.noun->name || !m_random.chance(adjectiveShare))
        return {};
    const bool size = m_random.chance(sizeShare);
    for (int attempt = 0; attempt < 8; ++attempt) {
        const Property& property = m_random.pick(m_lexicon.properties());
        const bool fits = size ? (property.tags & m_size).any() : (property.fits & word.noun->kinds).any();
        if (property.adjective && &property != m_words.property && fits && m_allowed(property))
            return property.text + ' ';
    }
    return {};
}

/// "Anna's dog": only where Anna cannot be meant by a pronoun.
bool SentenceWriter::mayHaveAnOwner(const SentenceNoun& word) const {
    return !word.noun->invented && (word.noun->kinds & m_person).none() && m_sentence->joinable &&
           std::all_of(m_nouns.begin(), m_nouns.end(), [](const SentenceNoun& noun) {
               return noun.person == Person::it || (noun.person == Person::they && noun.noun->it);
           });
}

void SentenceWriter::determiner(std::string_view which, const SentenceNoun& word, std::string_view next) {
    std::string& text = m_sentence->text;
    const bool countable = !word.noun->plural.empty(), family = (word.noun->kinds & m_family).any();
    const bool publicNoun = !family && (word.noun->kinds & (m_person | m_place)).any();
    const bool indefinite = which == "one" || (which == "the" && m_random.chance(indefiniteShare));
    if (which == "my" || (which == "the" && family && m_random.chance(0.95)))
        text += m_random.pick(owners);
    else if (indefinite && !word.plural && countable)
        text += startsWithVowel(next) || silentOrShort(next) ? "an" : "a";
    else if (indefinite)
        text += countable ? m_random.pick(counts) : "some";
    else if (mayHaveAnOwner(word) && m_random.chance(ownerShare))
        text += m_random.pick(ownersByName);
    else if (word.plural)
        text += m_random.pick(pluralDeterminers);
    else if (publicNoun)
        text += m_random.pick(publicDeterminers);
    else
        text += m_random.pick(singularDeterminers);
    text += ' ';
}

void SentenceWriter::noun(std::string_view which, std::string_view role) {
    const SentenceNoun& word = find(role);
    const std::string& spelling = word.plural ? word.noun->plural : word.noun->word;
    const std::string adjective = adjectiveFor(word);
    if (!word.noun->name && which != "bare" && which != "many")
        determiner(which, word, adjective.empty() ? spelling : adjective);
    std::string& text = m_sentence->text;
    text += adjective;
    const size_t begin = text.size();
    const bool plainThe =
        text.size() > 3 + adjective.size() &&
        Words(text).substr(0, begin - adjective.size()).substr(begin - adjective.size() - 4) == "the ";
    decisive(spelling);
    m_places[indexOf(word)] = {begin, text.size()};
    if (plainThe && which == "the" && m_next == ' ' && m_random.chance(afterShare))
        text += (word.noun->kinds & m_person).any()  ? m_random.pick(afterPeople)
                : (word.noun->kinds & m_place).any() ? m_random.pick(afterPlaces)
                                                     : m_random.pick(afterThings);
}

void SentenceWriter::pronoun(const char* const (&forms)[4], std::string_view role) {
    const std::optional<size_t> answer = role.empty() ? m_answer : indexOf(find(role));
    const Person person = role.empty() ? m_answerPerson : find(role).person;
    const size_t begin = m_sentence->text.size();
    m_sentence->text += forms[static_cast<size_t>(person)];
    m_sentence->pronouns.push_back({{begin, m_sentence->text.size()}, std::nullopt});
    m_standsFor.push_back(answer);
}

void SentenceWriter::unboundPronoun(std::string_view which) {
    const size_t begin = m_sentence->text.size();
    Person person = which == "they" ? Person::they : Person::it;
    if (which == "person")
        person = static_cast<Person>(1 + m_random.below(3));
    const bool object = which == "object" || which == "thing";
    if (which == "object")
        person = static_cast<Person>(m_random.below(4));
    if (which == "thing" && m_random.chance(0.3))
        person = Person::they;
    m_sentence->text +=
        object ? objectForms[static_cast<size_t>(person)] : subjectForms[static_cast<size_t>(person)];
    m_sentence->pronouns.push_back({{begin, m_sentence->text.size()}, std::nullopt});
    m_standsFor.emplace_back();
}

/// "was", "are", "'s"
void SentenceWriter::be(bool now) {
    std::string& text = m_sentence->text;
    const bool plural = m_answerPerson == Person::they;
    const std::vector<PronounMark>& pronouns = m_sentence->pronouns;
    const bool afterPronoun = !pronouns.empty() && pronouns.back().bytes.end + 1 == text.size();
    if (now && afterPronoun && m_random.chance(contractedShare)) {
        text.pop_back();
        text += plural ? "'re" : "'s";
    } else if (now) {
        text += plural ? "are" : "is";
    } else {
        text += plural ? "were" : "was";
    }
}

void SentenceWriter::say(bool now) {
    const Property& property = *m_words.property;
    if (property.adjective) {
        const bool flat = (property.tags & m_flat).any();
        std::string_view degree = flat ? m_random.pick(flatDegrees) : m_random.pick(degrees);
        if (!now && m_random.chance(0.12)) {
            m_sentence->text += m_random.pick(links);
            degree = flat ? Words() : m_random.pick(linkDegrees);
        } else {
            be(now);
        }
        m_sentence->text += ' ';
        m_sentence->text += degree;
        decisive(property.text);
        return;
    }
    constexpr std::string_view slotWas = "{was}";
    std::string_view phrase = property.text;
    if (phrase.substr(0, slotWas.size()) == slotWas) {
        be(now);
        m_sentence->text += ' ';
        phrase.remove_prefix(slotWas.size() + 1);
    }
    decisive(phrase);
}

bool SentenceWriter::pluralOf(std::string_view role) const {
    return role == "P" ? m_answerPerson == Person::they : find(role).plural;
}

const SentenceNoun& SentenceWriter::find(std::string_view role) const {
    for (const SentenceNoun& noun : m_nouns)
        if (role.size() == 1 && noun.role == role[0])
            return noun;
    throw RequestError("Pattern \"" + m_sentence->pattern + "\" has no noun \"" + std::string(role) + "\".");
}

size_t SentenceWriter::indexOf(const SentenceNoun& noun) const {
    return static_cast<size_t>(&noun - m_nouns.data());
}

void SentenceWriter::decisive(std::string_view words) {
    const size_t begin = m_sentence->text.size();
    m_sentence->text += words;
    m_sentence->decisive.push_back({begin, m_sentence->text.size()});
}

void SentenceWriter::finish() {
    std::string& text = m_sentence->text;
    for (size_t i = 0; i < m_standsFor.size(); ++i)
        if (m_standsFor[i]) // the noun may have come later
            m_sentence->pronouns[i].answer = m_places[*m_standsFor[i]];
    bool begins = true;
    for (char& letter : text) {
        if (begins && letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
        if (letter != ' ')
            begins = letter == '.' || letter == '?' || letter == '!';
    }
    if (text.back() == '.' && m_random.chance(noFullStopShare))
        text.pop_back();
}

std::vector<std::string_view> SentenceWriter::phrases() {
    std::vector<std::string_view> result;
    const auto add = [&result](const auto& list) {
        result.insert(result.end(), std::begin(list), std::end(list));
    };
    add(subjectForms);
    add(objectForms);
    add(selfForms);
    add(ownForms);
    add(singularDeterminers);
    add(publicDeterminers);
    add(pluralDeterminers);
    add(owners);
    add(ownersByName);
    add(afterPeople);
    add(afterPlaces);
    add(afterThings);
    add(linkDegrees);
    add(counts);
    add(negations);
    add(degrees);
    add(flatDegrees);
    add(links);
    add(times);
    add(leads);
    add(weathers);
    add(otherForms);
    return result;
}

} // namespace headlight
