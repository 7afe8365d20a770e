#pragma once

#include "engine/core/head_address.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace headlight {

/// How many of how many.
struct Share {
    int right = 0, all = 0;
    void add(bool good) {
        right += good;
        ++all;
    }
    double value() const { return all ? static_cast<double>(right) / all : 0; }
};

/// First positions of the parts into which positions are divided: 0-15, 16-31, 32-63, 64-127.
inline constexpr std::array<int, 5> positionParts = {0, 16, 32, 64, 128};
size_t positionPart(int position);
using SharesByPosition = std::array<Share, positionParts.size() - 1>;

/// How often the strongest output at a pronoun is what it should be, over one set of held-out sentences: each
/// alone in its sequence, and by the pronoun's position, where most of them stand behind other sentences.
struct AnswerFigures {
    Share alone;
    SharesByPosition positions;
};

/// How often the strongest output at one [MASK] a sentence is the word that was there, beside the guess from
/// the word before it (see bigram.h).
struct WordFigures {
    Share alone, bigram;
    SharesByPosition positions;
};

/// How well one head links pronouns to their nouns on held-out triples: how often its strongest key on the
/// pronoun's row is the noun's first piece, and the mean weight there; `unseenPatterns` is the first figure
/// on patterns that were not trained.
struct LinkFigures {
    HeadAddress head;
    double strongest = 0;
    double meanWeight = 0;
    double unseenPatterns = 0;
};

/// What switching off a set of heads does to the answers on held-out triples, and what all other sets of as
/// many heads do. Drops are differences of accuracy.
struct DeletionFigures {
    std::vector<HeadAddress> heads; ///< the best of the link table
    double accuracy = 0, drop = 0;
    int others = 0;
    double othersMeanDrop = 0, othersWorstDrop = 0;
    std::vector<HeadAddress> worst; ///< which other set that is
    int apart = 0;                  ///< other sets that have no head in common with `heads`
    double apartMeanDrop = 0;
};

/// One sentence that everybody tries.
struct ExampleFigures {
    std::string text;
    std::string query;
    std::string answer;     ///< what is right
    std::string guess;      ///< the model's strongest output at the query
    double probability = 0; ///< of `answer`
    std::string strongest;  ///< the best link head's strongest key
    double weight = 0;      ///< that head's weight on the answer
};

/// The everyday sentences; see everyday.h.
struct EverydayFigures {
    struct Failure {
        std::string text, pronoun, wanted, said;
    };
    Share all;
    std::vector<std::pair<std::string, Share>> kinds;
    std::vector<Failure> failures;
};

/// What a reader's model card says. Everything is read out of recordings of the model's ordinary forward
/// pass.
struct ReaderFigures {
    int sample = 0; ///< sentences drawn a set
    uint64_t seed = 0;
    AnswerFigures unseenTriples, unseenPatterns; ///< pronouns with a noun
    AnswerFigures noAnswer;                      ///< held-out pronouns that stand for nothing
    AnswerFigures invented;                      ///< pronouns with a noun, beside an invented word in pieces
    WordFigures grammarWords;
    std::optional<WordFigures> realWords; ///< where the corpora are
    std::vector<LinkFigures> heads;       ///< all heads, best first
    std::vector<HeadAddress> linkSet;     ///< fewest heads (of up to three) of which one is strongest ...
    double linkSetShare = 0;              ///< ... for this share of the pronouns
    int deletionSentences = 0, deletionPronouns = 0;
    double deletionAccuracy = 0;            ///< of these, with all heads
    std::vector<DeletionFigures> deletions; ///< of one, two and three heads
    EverydayFigures everyday;
    std::vector<ExampleFigures> examples;
};

nlohmann::ordered_json toJson(const ReaderFigures& figures);

} // namespace headlight
