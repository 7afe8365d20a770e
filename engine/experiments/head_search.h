#pragma once

#include "engine/core/progress.h"
#include "engine/core/token_anchor.h"
#include "engine/experiments/search_sentences.h"
#include "engine/metrics/head_metric.h"
#include "engine/models/model.h"
#include "engine/text/tokenizer.h"

#include <functional>
#include <optional>
#include <vector>

namespace headlight {

/// The metric, and for one about relations its other side behind it: weight or strongest key.
std::vector<const HeadMetric*> withOtherSide(const HeadMetric& metric);
/// The metric that says how much weight relations of a kind get.
const HeadMetric& weightMetricOf(RelationKind kind);

/// What heads are ranked by.
struct HeadSearchQuestion {
    /// The first ranks; the others stand beside it. Not empty.
    std::vector<const HeadMetric*> metrics;
    bool lowestFirst = false;
    int bestSentences = 3; ///< a head
    size_t keptValues = 0; ///< a head: of how many sentences, the first ones, the single values are kept
};

/// A sentence in which a head does it most (or least, where the lowest come first).
struct FoundSentence {
    size_t sentence = 0; ///< place in the list that was searched
    double value = 0;    ///< of the metric that ranks
    /// Where in it: of a metric about relations, the one with the most weight; else the largest weight
    /// between two words of the text. -1 where there is none.
    int query = -1, key = -1;
    std::string queryWord, keyWord;
    double weight = 0; ///< there
    /// The same two tokens, to be found again in the text; nothing where there are none, or not in the text.
    std::optional<TokenAnchor> queryAnchor, keyAnchor;
};

struct RankedHead {
    HeadAddress head;
    /// One a metric: the mean over sentences, or over relations of a metric about them. Nothing where no
    /// sentence gave a value.
    std::vector<std::optional<double>> values;
    std::vector<FoundSentence> best; ///< different texts, strongest first; ties in the order of the list
    std::vector<float> each; ///< the ranking metric in each sentence that gave a value, at most keptValues
};

struct HeadSearchResult {
    std::vector<RankedHead> heads; ///< best first; heads without a value last; ties by layer and head
    int sentences = 0;             ///< that were read
    int answered = 0;              ///< of them, those in which the ranking metric had a value
    int relations = 0;             ///< that were found, of the kind that the ranking metric asks for
    int shortened = 0;             ///< sentences with more tokens than the model reads
};

/// Told of the result so far: now and then, and when the search is cancelled.
using FoundSoFar = std::function<void(const HeadSearchResult&)>;

/// Reads every sentence with the model, one pass each, and ranks all its heads. Reports its progress and
/// steps aside between sentences. The result depends on the question alone. Throws RequestError, naming the
/// line of a sentence that cannot be read or lacks a token that it should have; Cancelled, after `found` was
/// told of what there was.
HeadSearchResult searchHeads(const Model& model, const Tokenizer& tokenizer,
                             const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                             const JobControl& control = {}, const FoundSoFar& found = {});

} // namespace headlight
