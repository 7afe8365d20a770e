#pragma once

#include "engine/core/head_address.h"
#include "engine/core/progress.h"
#include "engine/models/model.h"
#include "engine/text/tokenizer.h"
#include "engine/training/grammar.h"

#include <nlohmann/json.hpp>

namespace headlight {

/// How often the strongest output at a pronoun is what it should be, over one set of held-out sentences.
struct AnswerFigures {
    int pronouns = 0;
    double accuracy = 0;
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

/// What a reader's model card says. Everything is read out of recordings of the model's ordinary forward
/// pass.
struct ReaderFigures {
    int sample = 0; ///< sentences drawn a set
    uint64_t seed = 0;
    AnswerFigures unseenTriples, unseenPatterns; ///< pronouns with a noun
    AnswerFigures noAnswer;                      ///< pronouns that stand for nothing, in both sets
    AnswerFigures invented;    ///< pronouns with a noun, in sentences with an invented word, of both sets
    AnswerFigures maskedWords; ///< one [MASK] a sentence, any piece but a pronoun
    std::vector<LinkFigures> heads; ///< all heads, best first
    std::vector<ExampleFigures> examples;
};

/// Draws `sample` held-out sentences a set and runs each once. Throws RequestError when the tokenizer lacks
/// special tokens or a word of the examples; Cancelled.
ReaderFigures evaluateReader(const Model& model, const Tokenizer& tokenizer, const Grammar& grammar,
                             int sample, uint64_t seed, const JobControl& control = {});

nlohmann::ordered_json toJson(const ReaderFigures& figures);

} // namespace headlight
