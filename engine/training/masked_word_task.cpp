#include "engine/training/masked_word_task.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace headlight {

namespace {
constexpr double maskedShare = 0.15;
constexpr double kept = 0.9, replaced = 0.8; // of a masked piece's draw: from here it stays, or is replaced
constexpr int shortestPacked = 16;           // tokens
constexpr std::string_view pronouns[] = {"it",    "he",     "she",     "they",    "him",
                                         "her",   "them",   "its",     "his",     "hers",
                                         "their", "itself", "himself", "herself", "themselves"};

int requiredId(const Tokenizer& tokenizer, std::string_view piece) {
    const int id = tokenizer.id(piece);
    if (id < 0)
        throw RequestError("The tokenizer has no \"" + std::string(piece) + "\".");
    return id;
}

int firstPieceAt(const std::vector<Token>& tokens, ByteRange bytes) {
    for (size_t i = 0; i < tokens.size(); ++i)
        if (tokens[i].bytes.begin == bytes.begin)
            return static_cast<int>(i);
    throw RequestError("No token begins at byte " + std::to_string(bytes.begin) +
                       " of a generated sentence.");
}
} // namespace

TokenizedSentence tokenize(const GrammarSentence& sentence, const Tokenizer& tokenizer) {
    const std::vector<Token> tokens = tokenizer.pieces(sentence.text);
    TokenizedSentence result;
    for (const Token& token : tokens) {
        result.ids.push_back(token.id);
        bool decisive = false;
        for (const ByteRange& range : sentence.decisive)
            decisive = decisive || range.contains(token.bytes.begin);
        result.decisive.push_back(decisive);
    }
    for (const PronounMark& mark : sentence.pronouns) {
        TokenizedSentence::Pronoun pronoun;
        pronoun.position = firstPieceAt(tokens, mark.bytes);
        if (mark.answer)
            pronoun.answer = firstPieceAt(tokens, *mark.answer);
        result.pronouns.push_back(pronoun);
    }
    return result;
}

MaskedWordTask::MaskedWordTask(const Grammar& grammar, const Tokenizer& tokenizer, Options options,
                               const RealText* text)
    : m_grammar(grammar), m_tokenizer(tokenizer), m_options(options),
      m_text(text && text->trainingTokens() > 0 ? text : nullptr), m_random(options.seed),
      m_cls(requiredId(tokenizer, "[CLS]")), m_separator(requiredId(tokenizer, "[SEP]")),
      m_mask(requiredId(tokenizer, "[MASK]")), m_isPronoun(tokenizer.vocabularySize(), false) {
    for (int id = 0; id < static_cast<int>(tokenizer.vocabularySize()); ++id) {
        const std::string_view piece = tokenizer.piece(id);
        if (piece.size() < 3 || piece.front() != '[')
            m_ordinary.push_back(id);
        m_isPronoun[static_cast<size_t>(id)] =
            std::find(std::begin(pronouns), std::end(pronouns), piece) != std::end(pronouns);
    }
    if (m_text)
        findSubstitutes();
}

/// Words that often stand between an article and the end of a noun phrase.
void MaskedWordTask::findSubstitutes() {
    constexpr std::array before{"the", "a", "an"};
    constexpr std::array after{".", ",", "?", "!", "is", "was", "of", "in", "on", "to", "and", "'"};
    constexpr int leastPlaces = 4;
    const auto among = [&](const auto& list, int id) {
        return std::any_of(list.begin(), list.end(),
                           [&](const char* word) { return m_tokenizer.id(word) == id; });
    };
    std::vector<int> places(m_tokenizer.vocabularySize()), all = places;
    std::vector<bool> isBefore(places.size()), isAfter(places.size());
    for (size_t id = 0; id < places.size(); ++id) {
        isBefore[id] = among(before, static_cast<int>(id));
        isAfter[id] = among(after, static_cast<int>(id));
    }
    for (const RealText::Source& source : m_text->sources)
        for (const RealText::Sentence& sentence : source.training)
            for (size_t i = 1; i + 1 < sentence.ids.size(); ++i) {
                const auto id = static_cast<size_t>(sentence.ids[i]);
                ++all[id];
                places[id] += isBefore[static_cast<size_t>(sentence.ids[i - 1])] &&
                              isAfter[static_cast<size_t>(sentence.ids[i + 1])];
            }
    for (size_t id = 0; id < places.size(); ++id) {
        const std::string_view piece = m_tokenizer.piece(static_cast<int>(id));
        if (piece.size() > 2 && piece[0] >= 'a' && piece[0] <= 'z' && places[id] >= leastPlaces &&
            5 * places[id] >= all[id])
            m_substitutes.push_back(static_cast<int>(id));
    }
}

Batch MaskedWordTask::next() {
    Batch batch;
    int tokens = 0, real = 0;
    while (tokens < m_options.tokensPerBatch) {
        const bool fromText = m_text && real < m_options.realShare * tokens;
        batch.push_back(fromText ? realExample(m_random) : example(m_random, Split::train));
        const int length = static_cast<int>(batch.back().ids.size());
        tokens += length;
        real += fromText ? length : 0;
    }
    return batch;
}

std::string MaskedWordTask::state() const {
    return std::to_string(m_random.state());
}

void MaskedWordTask::restore(const std::string& state) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(state.data(), state.data() + state.size(), value);
    if (error != std::errc{} || end != state.data() + state.size())
        throw RequestError("\"" + state + "\" is not the state of a masked-word task.");
    m_random.setState(value);
}

/// Pieces that still fit, with a separator on either side.
int MaskedWordTask::room(const Example& example) const {
    return m_options.maximumTokens - static_cast<int>(example.ids.size()) - 2;
}

void MaskedWordTask::finish(Example& example, Random& random) const {
    example.ids.push_back(m_separator);
    if (random.chance(m_options.laterShare))
        example.firstPosition = static_cast<int>(
            random.below(static_cast<size_t>(m_options.maximumTokens) + 1 - example.ids.size()));
}

Example MaskedWordTask::example(Random& random, Split split) const {
    int goal = 0; // a single sentence
    if (random.chance(m_options.packedShare))
        goal = shortestPacked + static_cast<int>(random.below(static_cast<size_t>(
                                    std::max(m_options.maximumTokens - shortestPacked, 1))));
    const bool separated = random.chance(m_options.separatedShare);
    Example example;
    example.ids.push_back(m_cls);
    std::set<std::string> nouns;
    do {
        const bool first = example.ids.size() == 1;
        if (goal > 0 && separated && m_text && random.chance(m_options.fillerShare)) {
            const RealPlace place = randomPlace(random);
            const std::vector<int>& filler = place.sentences[place.at].ids;
            if (static_cast<int>(filler.size()) > room(example))
                break;
            if (!first)
                example.ids.push_back(m_separator);
            appendReal(example, filler, random);
            continue;
        }
        const GrammarSentence sentence =
            split == Split::train && m_options.hardShare > 0 && random.chance(m_options.hardShare)
                ? m_grammar.hardSentence(random)
                : m_grammar.sentence(random, split);
        // In one text, no noun may stand twice, and every pronoun must be clear from its own sentence.
        const auto repeated = [&](const std::string& noun) { return nouns.count(noun) > 0; };
        if (!first && !separated &&
            (!sentence.joinable || std::any_of(sentence.nouns.begin(), sentence.nouns.end(), repeated)))
            continue;
        TokenizedSentence tokenized = tokenize(sentence, m_tokenizer);
        if (!answersAreClear(tokenized))
            continue;
        if (static_cast<int>(tokenized.ids.size()) > room(example)) {
            if (first)
                continue;
            break;
        }
        if (!first && separated)
            example.ids.push_back(m_separator);
        nouns.insert(sentence.nouns.begin(), sentence.nouns.end());
        if (!m_substitutes.empty() && random.chance(m_options.substituteShare))
            substitute(tokenized, random);
        append(example, tokenized, random);
    } while (static_cast<int>(example.ids.size()) < goal || example.ids.size() == 1);
    finish(example, random);
    return example;
}

/// Every sentence of every source is drawn alike.
MaskedWordTask::RealPlace MaskedWordTask::randomPlace(Random& random) const {
    size_t all = 0;
    for (const RealText::Source& source : m_text->sources)
        all += source.training.size();
    size_t at = random.below(all);
    auto source = m_text->sources.begin();
    for (; at >= source->training.size(); ++source)
        at -= source->training.size();
    return {source->training, at};
}

Example MaskedWordTask::realExample(Random& random) const {
    const auto goal = random.below(static_cast<size_t>(m_options.maximumTokens));
    const bool separated = random.chance(m_options.separatedShare);
    Example example;
    example.ids.push_back(m_cls);
    bool full = false;
    while (!full && (example.ids.size() == 1 || example.ids.size() < goal)) {
        // A run as it stands in its source.
        auto [sentences, at] = randomPlace(random);
        do {
            std::span<const int> ids = sentences[at].ids;
            const auto most = static_cast<size_t>(room(example));
            const bool first = example.ids.size() == 1;
            full = ids.size() > most;
            if (full && !first)
                break;
            ids = ids.first(std::min(ids.size(), most));
            if (!first && separated && !sentences[at].continues)
                example.ids.push_back(m_separator);
            appendReal(example, ids, random);
            ++at;
        } while (!full && example.ids.size() < goal && at < sentences.size() && sentences[at].continues);
    }
    finish(example, random);
    return example;
}

bool MaskedWordTask::answersAreClear(const TokenizedSentence& sentence) const {
    return std::none_of(sentence.pronouns.begin(), sentence.pronouns.end(), [&](const auto& pronoun) {
        return pronoun.answer &&
               m_isPronoun[static_cast<size_t>(sentence.ids[static_cast<size_t>(*pronoun.answer)])];
    });
}

/// What stands where a piece is masked.
int MaskedWordTask::disguise(int id, double choice, Random& random) const {
    return choice < replaced ? m_mask : choice < kept ? random.pick(m_ordinary) : id;
}

/// The truth about its pronouns is not known: one that is there is never asked.
void MaskedWordTask::appendReal(Example& example, std::span<const int> ids, Random& random) const {
    for (const int id : ids) {
        const auto position = static_cast<int>(example.ids.size());
        example.ids.push_back(id);
        if (!random.chance(maskedShare))
            continue;
        const double choice = random.uniform();
        if (choice >= replaced && m_isPronoun[static_cast<size_t>(id)])
            continue;
        example.targets.push_back({position, id, static_cast<int>(TargetKind::maskedWord), 1});
        example.ids.back() = disguise(id, choice, random);
    }
}

/// The noun that an "it" stands for becomes another word, so that a noun is copied whether its kind is known
/// or not: the others in the sentence say that it is the one.
void MaskedWordTask::substitute(TokenizedSentence& sentence, Random& random) const {
    for (const TokenizedSentence::Pronoun& pronoun : sentence.pronouns) {
        if (!pronoun.answer || m_tokenizer.piece(sentence.ids[static_cast<size_t>(pronoun.position)]) != "it")
            continue;
        const size_t after = static_cast<size_t>(*pronoun.answer) + 1;
        if (after < sentence.ids.size() && m_tokenizer.piece(sentence.ids[after]).starts_with("##"))
            continue;
        const int noun = sentence.ids[after - 1], other = random.pick(m_substitutes);
        if (std::find(sentence.ids.begin(), sentence.ids.end(), other) == sentence.ids.end())
            std::replace(sentence.ids.begin(), sentence.ids.end(), noun, other);
    }
}

void MaskedWordTask::append(Example& example, const TokenizedSentence& sentence, Random& random) const {
    const auto begin = static_cast<int>(example.ids.size());
    example.ids.insert(example.ids.end(), sentence.ids.begin(), sentence.ids.end());
    const bool link = random.chance(m_options.linkShare);
    const auto pronounAt = [&](int position) {
        return std::any_of(
            sentence.pronouns.begin(), sentence.pronouns.end(),
            [&](const TokenizedSentence::Pronoun& pronoun) { return pronoun.position == position; });
    };
    bool answerable = true;
    for (int i = 0; i < static_cast<int>(sentence.ids.size()); ++i) {
        const auto at = static_cast<size_t>(i);
        const bool isPronoun = pronounAt(i);
        if ((link && (sentence.decisive[at] || isPronoun)) || !random.chance(maskedShare))
            continue;
        int& id = example.ids[static_cast<size_t>(begin + i)];
        const double choice = random.uniform();
        // A pronoun that is still there is asked for its noun, not for itself.
        if (choice >= replaced && (isPronoun || m_isPronoun[static_cast<size_t>(id)]))
            continue;
        example.targets.push_back({begin + i, id, static_cast<int>(TargetKind::maskedWord), 1});
        id = disguise(id, choice, random);
        if (choice < kept && (sentence.decisive[at] || isPronoun))
            answerable = false;
    }
    if (answerable)
        addTargets(example, sentence, begin);
}

void MaskedWordTask::addTargets(Example& example, const TokenizedSentence& sentence, int begin) const {
    for (const TokenizedSentence::Pronoun& pronoun : sentence.pronouns) {
        const int source = pronoun.answer.value_or(pronoun.position);
        const TargetKind kind = pronoun.answer ? TargetKind::answer : TargetKind::noAnswer;
        example.targets.push_back({begin + pronoun.position, sentence.ids[static_cast<size_t>(source)],
                                   static_cast<int>(kind), static_cast<float>(m_options.answerWeight)});
    }
}

Example MaskedWordTask::plain(const GrammarSentence& sentence) const {
    const TokenizedSentence tokenized = tokenize(sentence, m_tokenizer);
    Example example;
    example.ids.push_back(m_cls);
    example.ids.insert(example.ids.end(), tokenized.ids.begin(), tokenized.ids.end());
    example.ids.push_back(m_separator);
    addTargets(example, tokenized, 1);
    return example;
}

} // namespace headlight
