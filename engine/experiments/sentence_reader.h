#pragma once

#include "engine/experiments/head_search.h"
#include "engine/metrics/relation.h"

#include <optional>
#include <vector>

namespace headlight {

/// Reads sentences with a model for a search: one pass each, weights alone or vectors too.
class SentenceReader {
public:
    SentenceReader(const Model& model, const Tokenizer& tokenizer, bool vectors);

    /// Throws RequestError (not UTF-8, no token) and Cancelled.
    Trace read(const SearchSentence& sentence, const JobControl& control) const;
    /// Its relations by tokens, without those whose words were not read or may be lacking. Throws
    /// RequestError for a word that should be there.
    std::vector<TokenRelation> relationsOf(const SearchSentence& sentence, const Trace& trace) const;

private:
    std::optional<int> placeOf(const SearchToken& token, const SearchSentence& sentence,
                               const Trace& trace) const;

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    RecordPlan m_plan;
};

/// Writes the place of a found sentence (query, key, weight) into it: words and anchors too.
void setPlace(FoundSentence& found, const Trace& trace, const HeadPattern& pattern, int query, int key);

/// Keeps a sentence among the best ones of a head, when it is one of them. `most`: how many are kept. Texts
/// that are there already are left out. `make` is called only for one that is kept.
void keepBest(std::vector<FoundSentence>& best, int most, bool lowestFirst, size_t sentence, double value,
              const std::vector<SearchSentence>& sentences, const std::function<FoundSentence()>& make);

/// Calls `read` for each of `count` sentences, and tells of progress and of the result so far. Steps aside
/// and stops in between. Throws Cancelled, and RequestError with the line of the sentence.
void searchAll(const std::vector<SearchSentence>& sentences, const JobControl& control,
               const std::function<void(size_t index)>& read, const std::function<void()>& tell);

} // namespace headlight
