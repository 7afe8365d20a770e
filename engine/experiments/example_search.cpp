#include "engine/experiments/example_search.h"

#include "engine/core/errors.h"
#include "engine/experiments/sentence_reader.h"

#include <algorithm>
#include <string>

namespace headlight {

namespace {
/// A token that was marked as a query.
struct MarkedQuery {
    int id = 0;
    std::string spelling;        ///< of one that the vocabulary does not have, which share one id
    bool looksAtSpecial = false; ///< at least one of its marked keys is a special token
};

struct Place {
    int query = -1, key = -1;
    float weight = 0;
};

class LikeSearch {
public:
    LikeSearch(const Model& model, const Tokenizer& tokenizer, const SearchSentence& example,
               const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
               const JobControl& control)
        : m_reader(model, tokenizer, false), m_sentences(sentences), m_question(question) {
        const Trace trace = m_reader.read(example, control);
        const std::vector<TokenRelation> marks =
            ofKind(m_reader.relationsOf(example, trace), RelationKind::painted);
        if (marks.empty())
            throw RequestError("Nothing is marked in the example: say which query should look at which key.");
        HeadSearchQuestion ranking = question;
        ranking.bestSentences = 0;
        ranking.keptValues = 0;
        m_result = searchHeads(model, tokenizer, {example}, ranking);
        m_result.sentences = m_result.answered = m_result.shortened = 0;
        for (const TokenRelation& mark : marks)
            remember(trace, trace.tokens()[static_cast<size_t>(mark.query)],
                     trace.tokens()[static_cast<size_t>(mark.key)]);
    }

    void read(size_t index, const JobControl& control) {
        const Trace trace = m_reader.read(m_sentences[index], control);
        bool answered = false;
        for (RankedHead& head : m_result.heads) {
            const std::optional<HeadPattern> pattern = HeadPattern::of(trace, head.head);
            if (!pattern)
                continue;
            const Place place = strongest(trace, *pattern);
            if (place.query < 0)
                continue;
            answered = true;
            if (head.each.size() < m_question.keptValues)
                head.each.push_back(place.weight);
            keepBest(head.best, m_question.bestSentences, m_question.lowestFirst, index,
                     static_cast<double>(place.weight), m_sentences, [&] {
                         FoundSentence sentence;
                         setPlace(sentence, trace, *pattern, place.query, place.key);
                         return sentence;
                     });
        }
        ++m_result.sentences;
        m_result.answered += answered;
        m_result.shortened += trace.encoding.truncated;
    }

    const HeadSearchResult& result() const { return m_result; }

private:
    MarkedQuery asMarked(const Trace& trace, const Token& query) const {
        return {query.id, query.unknown ? trace.spelling(query) : std::string(), false};
    }

    std::vector<MarkedQuery>::const_iterator find(const MarkedQuery& query) const {
        return std::find_if(m_queries.begin(), m_queries.end(), [&](const MarkedQuery& each) {
            return each.id == query.id && each.spelling == query.spelling;
        });
    }

    void remember(const Trace& trace, const Token& query, const Token& key) {
        MarkedQuery marked = asMarked(trace, query);
        if (const auto known = find(marked); known != m_queries.end()) {
            marked.looksAtSpecial = known->looksAtSpecial;
            m_queries.erase(known);
        }
        marked.looksAtSpecial = marked.looksAtSpecial || key.special;
        m_queries.push_back(std::move(marked));
    }

    Place strongest(const Trace& trace, const HeadPattern& pattern) const {
        Place place;
        const std::span<const Token> queries = pattern.queryTokens(), keys = pattern.keyTokens();
        for (size_t query = 0; query < queries.size(); ++query) {
            const auto marked = find(asMarked(trace, queries[query]));
            if (marked == m_queries.end())
                continue;
            const std::span<const float> row = pattern.row(static_cast<int>(query));
            for (size_t key = 0; key < keys.size() && key < row.size(); ++key)
                if (key != query && (marked->looksAtSpecial || !keys[key].special) &&
                    (place.query < 0 || row[key] > place.weight))
                    place = {static_cast<int>(query), static_cast<int>(key), row[key]};
        }
        return place;
    }

    SentenceReader m_reader;
    const std::vector<SearchSentence>& m_sentences;
    const HeadSearchQuestion& m_question;
    std::vector<MarkedQuery> m_queries;
    HeadSearchResult m_result;
};
} // namespace

HeadSearchResult searchLike(const Model& model, const Tokenizer& tokenizer, const SearchSentence& example,
                            const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                            const JobControl& control, const FoundSoFar& found) {
    LikeSearch search(model, tokenizer, example, sentences, question, control);
    searchAll(
        sentences, control, [&](size_t index) { search.read(index, control); },
        [&] {
            if (found)
                found(search.result());
        });
    return search.result();
}

} // namespace headlight
