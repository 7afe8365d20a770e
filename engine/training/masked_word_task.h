#pragma once

#include "engine/text/tokenizer.h"
#include "engine/training/grammar.h"
#include "engine/training/task.h"

namespace headlight {

/// What a target of the masked-word task asks for; Target::kind.
enum class TargetKind { maskedWord, answer, noAnswer };

/// A grammar sentence as tokens: pieces without [CLS] and [SEP], and where its pronouns and deciding words
/// stand among them.
struct TokenizedSentence {
    struct Pronoun {
        int position = 0;
        std::optional<int> answer; ///< first piece of the noun that it stands for
    };
    std::vector<int> ids;
    std::vector<bool> decisive;
    std::vector<Pronoun> pronouns;
};
TokenizedSentence tokenize(const GrammarSentence& sentence, const Tokenizer& tokenizer);

/// Masked words (Devlin et al. 2019, section 3.1: 15 % of the pieces; of these 80 % become [MASK], 10 %
/// another piece, 10 % stay) plus one thing that an ordinary BERT is not asked: at a pronoun the output is
/// the first piece of the noun that it stands for, or the pronoun itself where it stands for none. Sentences
/// come from a grammar; some stand alone, others are packed into one sequence, with [SEP] between them or as
/// one text, so that later positions are trained too.
class MaskedWordTask final : public Task {
public:
    struct Options {
        uint64_t seed = 1;
        int tokensPerBatch = 1024;
        int maximumTokens = 128;   ///< of the model
        int usualTokens = 64;      ///< most packed sequences end here
        double packedShare = 0.35; ///< of sequences
        double linkShare = 0.6;    ///< of sentences in which nothing is masked that the answer hangs on
        double answerWeight = 1;   ///< of a pronoun's loss; a masked word has 1
    };

    /// `grammar` and `tokenizer` must outlive the task. Throws RequestError when the tokenizer lacks a
    /// special token.
    MaskedWordTask(const Grammar& grammar, const Tokenizer& tokenizer, Options options);

    Batch next() override;
    std::string state() const override;
    void restore(const std::string& state) override;

    /// One sequence of sentences of `split`.
    Example example(Random& random, Split split) const;
    /// [CLS] sentence [SEP], nothing masked, its pronouns as targets.
    Example plain(const GrammarSentence& sentence) const;

    int cls() const { return m_cls; }
    int separator() const { return m_separator; }
    int mask() const { return m_mask; }

private:
    void append(Example& example, const TokenizedSentence& sentence, Random& random) const;
    void addTargets(Example& example, const TokenizedSentence& sentence, int begin) const;

    const Grammar& m_grammar;
    const Tokenizer& m_tokenizer;
    Options m_options;
    Random m_random;
    int m_cls, m_separator, m_mask;
    std::vector<int> m_ordinary; // ids that may replace a piece
};

} // namespace headlight
