#include "engine/training/reader_evaluation.h"

#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/training/bigram.h"
#include "engine/training/everyday.h"
#include "engine/training/head_deletion.h"
#include "engine/training/masked_word_task.h"
#include "engine/training/sequence_placer.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr int bigramSentences = 30000; // of the grammar, counted for the guess from the word before
constexpr int mostDraws = 200;         // for each sentence of a rare kind

/// The strongest output at a position. logits: (n, V)
int guessAt(const Recording& recording, int position) {
    const std::span<const float> row = recording.logits->row(position);
    return static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

double probability(std::span<const float> logits, int id) {
    const float most = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit - most));
    return std::exp(static_cast<double>(logits[static_cast<size_t>(id)] - most)) / sum;
}

int strongestKey(std::span<const float> weights) {
    return static_cast<int>(std::max_element(weights.begin(), weights.end()) - weights.begin());
}

template <class Sentence>
bool isAmbiguous(const Sentence& sentence) {
    if constexpr (requires { sentence.ambiguous; })
        return sentence.ambiguous;
    return false;
}

/// A held-out sentence, drawn and tokenized.
struct Drawn {
    GrammarSentence sentence;
    TokenizedSentence tokens;
};

enum class Wanted { answers, noAnswers };

class Evaluation {
public:
    Evaluation(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar,
               const ReaderSample& sample, const RealText* text, const JobControl& control)
        : m_model(model), m_tokenizer(tokenizer), m_grammar(grammar), m_sample(sample), m_text(text),
          m_control(control), m_task(grammar, tokenizer, {}), m_stack(model.shape().stacks.front()),
          m_placer(m_task.cls(), m_task.separator(), model.shape().maximumTokens),
          m_links(static_cast<size_t>(m_stack.layers) * static_cast<size_t>(m_stack.heads)) {
        m_logits = RecordPlan::weightsOnly();
        m_logits.logits = true;
    }

    ReaderFigures measure() {
        ReaderFigures figures;
        figures.sample = m_sample.sentences;
        figures.seed = m_sample.seed;
        const auto hasAnswer = [](const Drawn& drawn) { return asks(drawn, Wanted::answers); };
        const auto hasNone = [](const Drawn& drawn) { return asks(drawn, Wanted::noAnswers); };
        const auto isInvented = [&](const Drawn& drawn) {
            return drawn.sentence.invented && asks(drawn, Wanted::answers) && comesInPieces(drawn);
        };
        const int few = std::max(m_sample.sentences / 2, 1);
        const std::vector<Drawn> triples = draw({Split::unseenTriples}, m_sample.sentences, 0, hasAnswer);
        const std::vector<Drawn> patterns = draw({Split::unseenPatterns}, m_sample.sentences, 1, hasAnswer);
        figures.unseenTriples = answers(triples, Wanted::answers, &Link::triples);
        figures.unseenPatterns = answers(patterns, Wanted::answers, &Link::patterns);
        figures.invented = answers(draw({Split::unseenTriples}, few, 2, isInvented), Wanted::answers);
        figures.noAnswer =
            answers(draw({Split::unseenTriples, Split::unseenPatterns}, few, 3, hasNone), Wanted::noAnswers);
        figures.grammarWords = grammarWords(triples);
        if (m_text)
            figures.realWords = realWords();
        figures.heads = heads();
        chooseLinkSet(figures);
        measureDeletions(triples, figures);
        figures.everyday = evaluateEveryday(m_model, m_tokenizer);
        return figures;
    }

    ExampleFigures example(const std::string& text, const std::string& query, const std::string& answer,
                           const HeadAddress& head) const {
        const Encoding encoding = m_tokenizer.encode(text);
        ModelInput input;
        int queryAt = -1, answerAt = -1;
        for (const Token& token : encoding.tokens) {
            if (token.piece == query)
                queryAt = static_cast<int>(input.ids.size());
            if (token.piece == answer)
                answerAt = static_cast<int>(input.ids.size());
            input.ids.push_back(token.id);
        }
        if (queryAt < 0 || answerAt < 0)
            throw RequestError("The vocabulary splits \"" + (queryAt < 0 ? query : answer) +
                               "\", a word of the model card's examples.");
        const Recording recording = m_model.run(input, RecordPlan::everything(), {});
        const std::span<const float> weights =
            recording.stacks.front().sites[static_cast<size_t>(head.layer)]->weights.row(head.head, queryAt);
        ExampleFigures figures{text, query, answer, "", 0, "", 0};
        figures.guess = m_tokenizer.piece(guessAt(recording, queryAt));
        figures.probability = probability(recording.logits->row(queryAt), m_tokenizer.id(answer));
        figures.strongest = encoding.tokens[static_cast<size_t>(strongestKey(weights))].piece;
        figures.weight = static_cast<double>(weights[static_cast<size_t>(answerAt)]);
        return figures;
    }

private:
    struct Link {
        Share triples, patterns;
        double weight = 0;
    };

    static bool asks(const Drawn& drawn, Wanted wanted) {
        return std::any_of(
            drawn.tokens.pronouns.begin(), drawn.tokens.pronouns.end(),
            [&](const auto& pronoun) { return pronoun.answer.has_value() == (wanted == Wanted::answers); });
    }
    bool comesInPieces(const Drawn& drawn) const {
        return std::any_of(drawn.tokens.ids.begin(), drawn.tokens.ids.end(),
                           [&](int id) { return m_tokenizer.piece(id).starts_with("##"); });
    }

    /// `count` sentences that `accept` likes; fewer where they are too rare.
    template <class Accept>
    std::vector<Drawn> draw(const std::vector<Split>& splits, int count, uint64_t stream,
                            Accept accept) const {
        Random random(m_sample.seed + stream);
        std::vector<Drawn> result;
        for (int64_t i = 0; i < int64_t{mostDraws} * count && std::ssize(result) < count; ++i) {
            Drawn drawn;
            drawn.sentence = m_grammar.sentence(random, random.pick(splits));
            if (isAmbiguous(drawn.sentence))
                continue;
            drawn.tokens = tokenize(drawn.sentence, m_tokenizer);
            if (m_task.answersAreClear(drawn.tokens) && accept(drawn))
                result.push_back(std::move(drawn));
        }
        return result;
    }

    void pause() const {
        if (m_control.stop.stop_requested())
            throw Cancelled();
        m_control.stepAside();
    }

    /// Each sentence alone, and three of four behind others.
    AnswerFigures answers(const std::vector<Drawn>& set, Wanted wanted, Share Link::*linked = nullptr) {
        AnswerFigures figures;
        Random random(m_sample.seed + 100);
        for (size_t i = 0; i < set.size(); ++i) {
            pause();
            const Drawn& drawn = set[i];
            const PlacedSequence alone = m_placer.alone(drawn.tokens.ids);
            const Recording recording = m_model.run({alone.ids, {}}, m_logits, {});
            ask(drawn, wanted, alone, recording, [&](bool right, int position, const auto& pronoun) {
                figures.alone.add(right);
                if (i % 4 == 0)
                    figures.positions[positionPart(position)].add(right);
                if (linked)
                    link(recording, position, *pronoun.answer + alone.begin, linked);
            });
            if (i % 4 == 0)
                continue;
            const std::optional<PlacedSequence> placed = behindOthers(drawn, wanted, i % 4, random);
            if (!placed)
                continue;
            const Recording later = m_model.run({placed->ids, {}}, m_logits, {});
            ask(drawn, wanted, *placed, later, [&](bool right, int position, const auto&) {
                figures.positions[positionPart(position)].add(right);
            });
        }
        return figures;
    }

    template <class Visit>
    static void ask(const Drawn& drawn, Wanted wanted, const PlacedSequence& sequence,
                    const Recording& recording, Visit visit) {
        for (const TokenizedSentence::Pronoun& pronoun : drawn.tokens.pronouns) {
            if (pronoun.answer.has_value() != (wanted == Wanted::answers))
                continue;
            const int position = sequence.begin + pronoun.position;
            const int source = pronoun.answer.value_or(pronoun.position);
            visit(guessAt(recording, position) == drawn.tokens.ids[static_cast<size_t>(source)], position,
                  pronoun);
        }
    }

    /// In front stand trained sentences of the grammar, in the same text where that leaves its pronouns
    /// clear.
    std::optional<PlacedSequence> behindOthers(const Drawn& drawn, Wanted wanted, size_t part,
                                               Random& random) const {
        const auto asked = std::find_if(
            drawn.tokens.pronouns.begin(), drawn.tokens.pronouns.end(),
            [&](const auto& pronoun) { return pronoun.answer.has_value() == (wanted == Wanted::answers); });
        const bool joined = drawn.sentence.joinable && random.chance(0.5);
        const auto others = [&]() -> std::vector<int> {
            for (;;) {
                const GrammarSentence other = m_grammar.sentence(random, Split::train);
                const auto shared = [&](const std::string& noun) {
                    return std::find(drawn.sentence.nouns.begin(), drawn.sentence.nouns.end(), noun) !=
                           drawn.sentence.nouns.end();
                };
                if (!joined ||
                    (other.joinable && std::none_of(other.nouns.begin(), other.nouns.end(), shared)))
                    return tokenize(other, m_tokenizer).ids;
            }
        };
        return m_placer.behind(drawn.tokens.ids, asked->position, part, !joined, others, random);
    }

    void link(const Recording& recording, int query, int key, Share Link::*linked) {
        uint64_t strongest = 0;
        size_t index = 0;
        for (const auto& site : recording.stacks.front().sites)
            for (int head = 0; head < m_stack.heads; ++head, ++index) {
                const std::span<const float> weights = site->weights.row(head, query);
                const bool is = strongestKey(weights) == key;
                (m_links[index].*linked).add(is);
                if (linked != &Link::triples)
                    continue;
                m_links[index].weight += static_cast<double>(weights[static_cast<size_t>(key)]);
                strongest |= uint64_t{is} << index;
            }
        if (linked == &Link::triples)
            m_strongest.push_back(strongest);
    }

    HeadAddress address(size_t index) const {
        const auto heads = static_cast<size_t>(m_stack.heads);
        return {m_stack.stack, static_cast<int>(index / heads), static_cast<int>(index % heads)};
    }

    std::vector<LinkFigures> heads() const {
        std::vector<LinkFigures> result;
        for (size_t i = 0; i < m_links.size(); ++i)
            result.push_back({address(i), m_links[i].triples.value(),
                              m_links[i].weight / std::max(m_links[i].triples.all, 1),
                              m_links[i].patterns.value()});
        std::stable_sort(result.begin(), result.end(), [](const LinkFigures& a, const LinkFigures& b) {
            return a.strongest > b.strongest;
        });
        return result;
    }

    /// The best set of one head, of two, of three: the first that reaches nine in ten.
    void chooseLinkSet(ReaderFigures& figures) const {
        constexpr double enough = 0.9;
        for (int count = 1; count <= 3 && figures.linkSetShare < enough; ++count)
            for (const std::vector<HeadAddress>& set : headSets(m_stack, count)) {
                uint64_t mask = 0;
                for (const HeadAddress& head : set)
                    mask |= uint64_t{1} << static_cast<unsigned>(head.layer * m_stack.heads + head.head);
                Share share;
                for (const uint64_t strongest : m_strongest)
                    share.add((strongest & mask) != 0);
                if (share.value() > figures.linkSetShare) {
                    figures.linkSetShare = share.value();
                    figures.linkSet = set;
                }
            }
    }

    void measureDeletions(const std::vector<Drawn>& set, ReaderFigures& figures) const {
        std::vector<AskedSequence> sequences;
        for (const Drawn& drawn : set) {
            if (std::ssize(sequences) == m_sample.deletions)
                break;
            const PlacedSequence alone = m_placer.alone(drawn.tokens.ids);
            AskedSequence& asked = sequences.emplace_back();
            asked.ids = alone.ids;
            for (const TokenizedSentence::Pronoun& pronoun : drawn.tokens.pronouns)
                if (pronoun.answer)
                    asked.questions.push_back({alone.begin + pronoun.position,
                                               drawn.tokens.ids[static_cast<size_t>(*pronoun.answer)]});
            figures.deletionPronouns += static_cast<int>(asked.questions.size());
        }
        figures.deletionSentences = static_cast<int>(sequences.size());
        std::vector<HeadAddress> best;
        for (const LinkFigures& head : figures.heads)
            best.push_back(head.head);
        figures.deletionAccuracy = accuracyWithout(m_model, sequences, {});
        figures.deletions = deleteHeads(m_model, sequences, best, m_control);
    }

    /// One [MASK] in a sentence, any piece but a pronoun that is asked for its noun.
    WordFigures grammarWords(const std::vector<Drawn>& set) const {
        Random random(m_sample.seed + 200);
        Bigram bigram;
        for (int i = 0; i < bigramSentences; ++i) {
            if (i % 1000 == 0)
                pause();
            bigram.count(m_task.cls(), tokenize(m_grammar.sentence(random, Split::train), m_tokenizer).ids);
        }
        const auto others = [&] {
            return tokenize(m_grammar.sentence(random, Split::train), m_tokenizer).ids;
        };
        WordFigures figures;
        for (size_t i = 0; i < set.size(); ++i) {
            const TokenizedSentence& tokens = set[i].tokens;
            const size_t at = random.below(tokens.ids.size());
            const auto isAsked = [&](const auto& pronoun) {
                return pronoun.position == static_cast<int>(at);
            };
            if (std::none_of(tokens.pronouns.begin(), tokens.pronouns.end(), isAsked))
                maskOne(tokens.ids, at, i, bigram, others, random, figures);
        }
        return figures;
    }

    WordFigures realWords() const {
        Random random(m_sample.seed + 300);
        Bigram bigram;
        std::vector<std::vector<int>> heldOut;
        for (const RealText::Source& source : m_text->sources) {
            for (const RealText::Sentence& sentence : source.training)
                bigram.count(m_task.cls(), sentence.ids);
            for (const std::vector<int>& ids : source.heldOut)
                if (!ids.empty() && std::ssize(ids) + 2 <= m_model.shape().maximumTokens)
                    heldOut.push_back(ids);
        }
        WordFigures figures;
        const auto others = [&] { return random.pick(heldOut); };
        for (size_t i = 0; i < heldOut.size(); ++i)
            maskOne(heldOut[i], random.below(heldOut[i].size()), i, bigram, others, random, figures);
        return figures;
    }

    template <class Others>
    void maskOne(const std::vector<int>& ids, size_t at, size_t number, const Bigram& bigram, Others others,
                 Random& random, WordFigures& figures) const {
        pause();
        std::vector<int> masked = ids;
        masked[at] = m_task.mask();
        const auto right = [&](const PlacedSequence& sequence) {
            const Recording recording = m_model.run({sequence.ids, {}}, m_logits, {});
            return guessAt(recording, sequence.begin + static_cast<int>(at)) == ids[at];
        };
        const PlacedSequence alone = m_placer.alone(masked);
        const bool good = right(alone);
        figures.alone.add(good);
        figures.bigram.add(bigram.guess(at ? ids[at - 1] : m_task.cls()) == ids[at]);
        const auto position = static_cast<int>(at);
        if (number % 4 == 0) {
            figures.positions[positionPart(alone.begin + position)].add(good);
        } else if (const auto placed = m_placer.behind(masked, position, number % 4, true, others, random)) {
            figures.positions[positionPart(placed->begin + position)].add(right(*placed));
        }
    }

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    const Grammar& m_grammar;
    const ReaderSample& m_sample;
    const RealText* m_text;
    const JobControl& m_control;
    MaskedWordTask m_task;
    const StackShape m_stack;
    SequencePlacer m_placer;
    RecordPlan m_logits;
    std::vector<Link> m_links;         // layer after layer
    std::vector<uint64_t> m_strongest; // one a pronoun of unseen triples: bit i for m_links[i]
};
} // namespace

EverydayFigures evaluateEveryday(const Model& model, const Tokenizer& tokenizer) {
    EverydayFigures figures;
    for (const EverydaySentence& sentence : everydaySentences()) {
        const Encoding encoding =
            tokenizer.encode(sentence.text, {}, static_cast<size_t>(model.shape().maximumTokens));
        ModelInput input;
        int query = -1, answer = -1;
        for (const Token& token : encoding.tokens) {
            const auto at = static_cast<int>(input.ids.size());
            if (!token.special && query < 0 && token.bytes.begin == sentence.pronoun.begin)
                query = at;
            if (!token.special && answer < 0 && sentence.antecedent &&
                token.bytes.begin == sentence.antecedent->begin)
                answer = at;
            input.ids.push_back(token.id);
        }
        if (!sentence.antecedent)
            answer = query;
        if (query < 0 || answer < 0)
            throw RequestError("The tokenizer does not find the words of \"" + sentence.text + "\".");
        const int wanted = input.ids[static_cast<size_t>(answer)];
        const int said = guessAt(model.run(input, {false, false, true}, {}), query);
        const bool right = said == wanted;
        figures.all.add(right);
        auto kind = std::find_if(figures.kinds.begin(), figures.kinds.end(),
                                 [&](const auto& entry) { return entry.first == sentence.kind; });
        if (kind == figures.kinds.end())
            kind = figures.kinds.insert(kind, {sentence.kind, Share{}});
        kind->second.add(right);
        const ByteRange pronoun = sentence.pronoun;
        if (!right)
            figures.failures.push_back({sentence.text, sentence.text.substr(pronoun.begin, pronoun.size()),
                                        std::string(tokenizer.piece(wanted)),
                                        std::string(tokenizer.piece(said))});
    }
    return figures;
}

ReaderFigures evaluateReader(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar,
                             const ReaderSample& sample, const RealText* text, const JobControl& control) {
    Evaluation evaluation(model, tokenizer, grammar, sample, text && !text->empty() ? text : nullptr,
                          control);
    ReaderFigures figures = evaluation.measure();
    struct {
        const char *text, *answer;
    } const known[] = {{"The animal didn't cross the street because it was too tired.", "animal"},
                       {"The animal didn't cross the street because it was too wide.", "street"},
                       {"The trophy does not fit in the suitcase because it is too big.", "trophy"},
                       {"The trophy does not fit in the suitcase because it is too small.", "suitcase"}};
    for (const auto& example : known)
        figures.examples.push_back(
            evaluation.example(example.text, "it", example.answer, figures.heads.front().head));
    return figures;
}

} // namespace headlight
