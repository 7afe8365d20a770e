#pragma once

#include "engine/experiments/head_search.h"

namespace headlight {

/// "More like this": cells that a person marked in one example. Heads are ranked by the weight that they put
/// there (the metrics of RelationKind::painted, over the example alone), and sentences are found in which
/// they do the like: where one of the marked queries' tokens occurs, and looks hard at another word.
///
/// Of a sentence, a head's value is the largest weight, over all tokens that are a marked query's (the same
/// token of the vocabulary), on a key that is not the query itself and no special token, unless a special
/// token was marked for that query. `best` and `each` hold these values. `sentences`, `answered` and
/// `shortened` count the sentences of the list; `relations` the marked cells.
///
/// `question.metrics` are of RelationKind::painted. Throws RequestError: nothing is marked, or outside of the
/// example; otherwise like searchHeads.
HeadSearchResult searchLike(const Model& model, const Tokenizer& tokenizer, const SearchSentence& example,
                            const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                            const JobControl& control = {}, const FoundSoFar& found = {});

} // namespace headlight
