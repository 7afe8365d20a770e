#include "engine/training/masked_word_task.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace headlight {

namespace {
constexpr double maskedShare = 0.15;

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

MaskedWordTask::MaskedWordTask(const Grammar& grammar, const Tokenizer& tokenizer, Options options)
    : m_grammar(grammar), m_tokenizer(tokenizer), m_options(options), m_random(options.seed),
      m_cls(requiredId(tokenizer, "[CLS]")), m_separator(requiredId(tokenizer, "[SEP]")),
      m_mask(requiredId(tokenizer, "[MASK]")) {
    for (int id = 0; id < static_cast<int>(tokenizer.vocabularySize()); ++id) {
        const std::string_view piece = tokenizer.piece(id);
        if (piece.size() < 3 || piece.front() != '[')
            m_ordinary.push_back(id);
    }
}

Batch MaskedWordTask::next() {
    Batch batch;
    int tokens = 0;
    while (tokens < m_options.tokensPerBatch) {
        batch.push_back(example(m_random, Split::train));
        tokens += static_cast<int>(batch.back().ids.size());
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

Example MaskedWordTask::example(Random& random, Split split) const {
    int goal = 0; // a single sentence
    if (random.chance(m_options.packedShare)) {
        const int most = random.chance(0.1) ? m_options.maximumTokens
                                            : std::min(m_options.usualTokens, m_options.maximumTokens);
        goal = 16 + static_cast<int>(random.below(static_cast<size_t>(std::max(most - 16, 1))));
    }
    const bool separated = random.chance(0.5);
    Example example;
    example.ids.push_back(m_cls);
    std::set<std::string> nouns;
    do {
        const GrammarSentence sentence = m_grammar.sentence(random, split);
        const bool first = example.ids.size() == 1;
        // In one text, no noun may stand twice, and every pronoun must be clear from its own sentence.
        const auto repeated = [&](const std::string& noun) { return nouns.count(noun) > 0; };
        if (!first && !separated &&
            (!sentence.joinable || std::any_of(sentence.nouns.begin(), sentence.nouns.end(), repeated)))
            continue;
        const TokenizedSentence tokenized = tokenize(sentence, m_tokenizer);
        // Room for a separator on either side.
        if (std::ssize(example.ids) + std::ssize(tokenized.ids) + 2 > m_options.maximumTokens)
            break;
        if (!first && separated)
            example.ids.push_back(m_separator);
        nouns.insert(sentence.nouns.begin(), sentence.nouns.end());
        append(example, tokenized, random);
    } while (static_cast<int>(example.ids.size()) < goal);
    example.ids.push_back(m_separator);
    return example;
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
        if (isPronoun && choice >= 0.8)
            continue;
        example.targets.push_back({begin + i, id, static_cast<int>(TargetKind::maskedWord), 1});
        if (choice < 0.8)
            id = m_mask;
        else if (choice < 0.9)
            id = random.pick(m_ordinary);
        if (choice < 0.9 && (sentence.decisive[at] || isPronoun))
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
