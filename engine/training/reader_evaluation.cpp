#include "engine/training/reader_evaluation.h"

#include "engine/core/errors.h"
#include "engine/core/tensor_view.h"
#include "engine/training/masked_word_task.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
struct Count {
    int right = 0, all = 0;
    void add(bool good) {
        right += good;
        ++all;
    }
    double share() const { return all ? static_cast<double>(right) / all : 0; }
    operator AnswerFigures() const { return {all, share()}; }
};

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

class Evaluation {
public:
    Evaluation(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar)
        : m_model(model), m_tokenizer(tokenizer), m_grammar(grammar), m_task(grammar, tokenizer, {}),
          m_stack(model.shape().stacks.front()),
          m_links(static_cast<size_t>(m_stack.layers) * static_cast<size_t>(m_stack.heads)) {}

    void measure(Split split, int sample, uint64_t seed, const JobControl& control) {
        Random random(seed);
        RecordPlan plan = RecordPlan::weightsOnly();
        plan.logits = true;
        for (int i = 0; i < sample;) {
            const GrammarSentence sentence = m_grammar.sentence(random, split);
            if (sentence.pronouns.empty())
                continue;
            if (control.stop.stop_requested())
                throw Cancelled();
            control.stepAside();
            ++i;
            const TokenizedSentence tokenized = tokenize(sentence, m_tokenizer);
            ModelInput input{m_task.plain(sentence).ids, {}};
            const Recording recording = m_model.run(input, plan, {});
            for (const TokenizedSentence::Pronoun& pronoun : tokenized.pronouns)
                judge(split, sentence, tokenized, pronoun, recording);
            maskOne(tokenized, input, random);
        }
    }

    std::vector<LinkFigures> heads() const {
        std::vector<LinkFigures> result;
        for (int layer = 0; layer < m_stack.layers; ++layer)
            for (int head = 0; head < m_stack.heads; ++head) {
                const Link& link = m_links[static_cast<size_t>(layer) * static_cast<size_t>(m_stack.heads) +
                                           static_cast<size_t>(head)];
                result.push_back({{m_stack.stack, layer, head},
                                  link.triples.share(),
                                  link.weight / std::max(link.triples.all, 1),
                                  link.patterns.share()});
            }
        std::stable_sort(result.begin(), result.end(), [](const LinkFigures& a, const LinkFigures& b) {
            return a.strongest > b.strongest;
        });
        return result;
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

    Count triples, patterns, none, invented, masked;

private:
    struct Link {
        Count triples, patterns;
        double weight = 0;
    };

    void judge(Split split, const GrammarSentence& sentence, const TokenizedSentence& tokenized,
               const TokenizedSentence::Pronoun& pronoun, const Recording& recording) {
        const int query = pronoun.position + 1; // [CLS] stands in front
        const int source = pronoun.answer.value_or(pronoun.position);
        const bool right = guessAt(recording, query) == tokenized.ids[static_cast<size_t>(source)];
        if (!pronoun.answer) {
            none.add(right);
            return;
        }
        (split == Split::unseenTriples ? triples : patterns).add(right);
        if (sentence.invented)
            invented.add(right);
        const int key = *pronoun.answer + 1;
        size_t index = 0;
        for (const auto& site : recording.stacks.front().sites)
            for (int head = 0; head < m_stack.heads; ++head) {
                Link& link = m_links[index++];
                const std::span<const float> weights = site->weights.row(head, query);
                const bool linked = strongestKey(weights) == key;
                (split == Split::unseenTriples ? link.triples : link.patterns).add(linked);
                if (split == Split::unseenTriples)
                    link.weight += static_cast<double>(weights[static_cast<size_t>(key)]);
            }
    }

    void maskOne(const TokenizedSentence& tokenized, ModelInput input, Random& random) {
        const auto at = static_cast<int>(random.below(tokenized.ids.size()));
        for (const TokenizedSentence::Pronoun& pronoun : tokenized.pronouns)
            if (pronoun.position == at)
                return;
        input.ids[static_cast<size_t>(at) + 1] = m_task.mask();
        const Recording recording = m_model.run(input, {false, false, true}, {});
        masked.add(guessAt(recording, at + 1) == tokenized.ids[static_cast<size_t>(at)]);
    }

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    const Grammar& m_grammar;
    MaskedWordTask m_task;
    const StackShape m_stack;
    std::vector<Link> m_links; // layer after layer
};

nlohmann::ordered_json toJson(const AnswerFigures& figures) {
    return {{"pronouns", figures.pronouns}, {"accuracy", figures.accuracy}};
}
} // namespace

ReaderFigures evaluateReader(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar,
                             int sample, uint64_t seed, const JobControl& control) {
    Evaluation evaluation(model, tokenizer, grammar);
    evaluation.measure(Split::unseenTriples, sample, seed, control);
    evaluation.measure(Split::unseenPatterns, sample, seed + 1, control);
    ReaderFigures figures;
    figures.sample = sample;
    figures.seed = seed;
    figures.unseenTriples = evaluation.triples;
    figures.unseenPatterns = evaluation.patterns;
    figures.noAnswer = evaluation.none;
    figures.invented = evaluation.invented;
    figures.maskedWords = evaluation.masked;
    figures.heads = evaluation.heads();
    const HeadAddress best = figures.heads.front().head;
    struct {
        const char *text, *answer;
    } const known[] = {{"The animal didn't cross the street because it was too tired.", "animal"},
                       {"The animal didn't cross the street because it was too wide.", "street"},
                       {"The trophy does not fit in the suitcase because it is too big.", "trophy"},
                       {"The trophy does not fit in the suitcase because it is too small.", "suitcase"}};
    for (const auto& example : known)
        figures.examples.push_back(evaluation.example(example.text, "it", example.answer, best));
    return figures;
}

nlohmann::ordered_json toJson(const ReaderFigures& figures) {
    nlohmann::ordered_json json = {
        {"sample", figures.sample},
        {"seed", figures.seed},
        {"unseen_triples", toJson(figures.unseenTriples)},
        {"unseen_patterns", toJson(figures.unseenPatterns)},
        {"no_antecedent", toJson(figures.noAnswer)},
        {"invented_nouns", toJson(figures.invented)},
        {"masked_words",
         {{"words", figures.maskedWords.pronouns}, {"accuracy", figures.maskedWords.accuracy}}}};
    for (const LinkFigures& link : figures.heads)
        json["heads"].push_back({{"head", toString(link.head)},
                                 {"strongest", link.strongest},
                                 {"mean_weight", link.meanWeight},
                                 {"strongest_unseen_patterns", link.unseenPatterns}});
    for (const ExampleFigures& example : figures.examples)
        json["examples"].push_back({{"text", example.text},
                                    {"query", example.query},
                                    {"answer", example.answer},
                                    {"guess", example.guess},
                                    {"probability", example.probability},
                                    {"strongest", example.strongest},
                                    {"weight", example.weight}});
    return json;
}

} // namespace headlight
