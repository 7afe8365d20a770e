#pragma once

#include "engine/text/tokenizer.h"
#include "engine/training/grammar.h"
#include "engine/training/real_text.h"
#include "engine/training/task.h"

#include <span>

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
/// the first piece of the noun that it stands for, or the pronoun itself where it stands for none.
///
/// Sentences come from a grammar, whose truth is known, and from real text, where only masked words are asked
/// for. Some stand alone, others are packed into one sequence, with [SEP] between them or as one text; some
/// sequences begin at a later position. So all positions are trained.
class MaskedWordTask final : public Task {
public:
    struct Options {
        uint64_t seed = 1;
        int tokensPerBatch = 1024;
        int maximumTokens = 128;     ///< of the model
        double packedShare = 0.4;    ///< of the grammar's sequences
        double separatedShare = 0.5; ///< of sequences with several sentences
        double laterShare = 0.5;     ///< of sequences that begin at a random position
        double realShare = 0.3;      ///< of tokens, where there is real text
        double fillerShare = 0.15;   ///< of the places in separated sequences of the grammar: a real sentence
        double substituteShare = 0.08; ///< of sentences: the noun of "it" becomes another noun of real text
        double hardShare = 0;          ///< of the grammar's sentences: drawn from the hard patterns alone
        double linkShare = 0.6;        ///< of sentences in which nothing is masked that the answer hangs on
        double answerWeight = 1;       ///< of a pronoun's loss; a masked word has 1
    };

    /// All references must outlive the task; `text` may be null. Throws RequestError when the tokenizer lacks
    /// a special token.
    MaskedWordTask(const Grammar& grammar, const Tokenizer& tokenizer, Options options,
                   const RealText* text = nullptr);

    Batch next() override;
    std::string state() const override;
    void restore(const std::string& state) override;

    /// One sequence of sentences of `split`.
    Example example(Random& random, Split split) const;
    /// One sequence of real sentences, in runs as they stand in their source. There must be real text.
    Example realExample(Random& random) const;
    /// [CLS] sentence [SEP], nothing masked, its pronouns as targets.
    Example plain(const GrammarSentence& sentence) const;

    /// Whether no answer begins with a piece that is a pronoun ("she" of an invented "shebick"), which would
    /// say that there is none.
    bool answersAreClear(const TokenizedSentence& sentence) const;

    int cls() const { return m_cls; }
    int separator() const { return m_separator; }
    int mask() const { return m_mask; }
    /// Words of real text that stand like nouns; see Options::substituteShare.
    const std::vector<int>& substitutes() const { return m_substitutes; }

private:
    struct RealPlace {
        std::span<const RealText::Sentence> sentences;
        size_t at = 0;
    };
    RealPlace randomPlace(Random& random) const;
    void findSubstitutes();
    void substitute(TokenizedSentence& sentence, Random& random) const;
    void appendReal(Example& example, std::span<const int> ids, Random& random) const;
    void append(Example& example, const TokenizedSentence& sentence, Random& random) const;
    void addTargets(Example& example, const TokenizedSentence& sentence, int begin) const;
    int disguise(int id, double choice, Random& random) const;
    void finish(Example& example, Random& random) const;
    int room(const Example& example) const;

    const Grammar& m_grammar;
    const Tokenizer& m_tokenizer;
    Options m_options;
    const RealText* m_text;
    Random m_random;
    int m_cls, m_separator, m_mask;
    std::vector<int> m_ordinary; // ids that may replace a piece
    std::vector<int> m_substitutes;
    std::vector<bool> m_isPronoun; // by id
};

} // namespace headlight
