#include "engine/experiments/head_search.h"

#include "engine/experiments/sentence_reader.h"

#include <algorithm>
#include <string>

namespace headlight {

namespace {
/// What one head was found to do so far.
struct Tally {
    HeadAddress head;
    std::vector<double> sums, weights; // one a metric
    std::vector<FoundSentence> best;
    std::vector<float> each;
};

bool needsVectors(const HeadSearchQuestion& question) {
    return std::any_of(question.metrics.begin(), question.metrics.end(),
                       [](const HeadMetric* metric) { return metric->needsVectors; });
}

class Search {
public:
    Search(const Model& model, const Tokenizer& tokenizer, const std::vector<SearchSentence>& sentences,
           const HeadSearchQuestion& question)
        : m_model(model), m_reader(model, tokenizer, needsVectors(question)), m_sentences(sentences),
          m_question(question) {}

    void read(size_t index, const JobControl& control) {
        const SearchSentence& sentence = m_sentences[index];
        const Trace trace = m_reader.read(sentence, control);
        const std::vector<TokenRelation> relations = m_reader.relationsOf(sentence, trace);
        const std::optional<RelationKind> kind = m_question.metrics.front()->relation;
        m_counts.shortened += trace.encoding.truncated;
        m_counts.relations += kind ? static_cast<int>(ofKind(relations, *kind).size()) : 0;
        tally(index, trace, relations);
        ++m_counts.sentences;
    }

    HeadSearchResult result() const {
        HeadSearchResult result = m_counts;
        for (const Tally& tally : m_tallies) {
            RankedHead& head = result.heads.emplace_back();
            head.head = tally.head;
            head.best = tally.best;
            head.each = tally.each;
            for (size_t i = 0; i < tally.sums.size(); ++i)
                head.values.push_back(tally.weights[i] > 0 ? std::optional(tally.sums[i] / tally.weights[i])
                                                           : std::nullopt);
        }
        std::stable_sort(
            result.heads.begin(), result.heads.end(), [this](const RankedHead& a, const RankedHead& b) {
                if (!a.values[0] || !b.values[0])
                    return a.values[0].has_value() && !b.values[0];
                return m_question.lowestFirst ? *a.values[0] < *b.values[0] : *a.values[0] > *b.values[0];
            });
        return result;
    }

private:
    void tally(size_t index, const Trace& trace, const std::vector<TokenRelation>& relations) {
        const std::vector<HeadAddress> heads = headsOf(trace);
        const size_t metrics = m_question.metrics.size();
        if (m_tallies.empty())
            for (const HeadAddress& head : heads)
                m_tallies.push_back(
                    {head, std::vector<double>(metrics), std::vector<double>(metrics), {}, {}});
        bool answered = false;
        for (size_t i = 0; i < metrics; ++i) {
            const HeadMetric& metric = *m_question.metrics[i];
            const double weight =
                metric.relation ? static_cast<double>(ofKind(relations, *metric.relation).size()) : 1;
            for (size_t head = 0; head < heads.size(); ++head) {
                const std::optional<double> value = valueOf(metric, trace, heads[head], &m_model, relations);
                if (!value)
                    continue;
                m_tallies[head].sums[i] += weight * *value;
                m_tallies[head].weights[i] += weight;
                if (i == 0) {
                    answered = true;
                    note(index, *value, trace, relations, m_tallies[head]);
                }
            }
        }
        m_counts.answered += answered;
    }

    void note(size_t index, double value, const Trace& trace, const std::vector<TokenRelation>& relations,
              Tally& tally) const {
        if (tally.each.size() < m_question.keptValues)
            tally.each.push_back(static_cast<float>(value));
        keepBest(tally.best, m_question.bestSentences, m_question.lowestFirst, index, value, m_sentences,
                 [&] {
                     FoundSentence found;
                     locate(trace, *HeadPattern::of(trace, tally.head), relations, found);
                     return found;
                 });
    }

    void locate(const Trace& trace, const HeadPattern& pattern, const std::vector<TokenRelation>& relations,
                FoundSentence& found) const {
        int foundQuery = -1, foundKey = -1;
        float most = 0;
        const auto consider = [&](int query, int key) {
            const float weight = pattern.row(query)[static_cast<size_t>(key)];
            if (foundQuery >= 0 && weight <= most)
                return;
            foundQuery = query;
            foundKey = key;
            most = weight;
        };
        const std::span<const Token> queries = pattern.queryTokens(), keys = pattern.keyTokens();
        if (const std::optional<RelationKind> kind = m_question.metrics.front()->relation) {
            for (const TokenRelation& relation : ofKind(relations, *kind))
                if (relation.query < pattern.queries() && relation.key < pattern.keys())
                    consider(relation.query, relation.key);
        } else {
            for (int query = 0; query < static_cast<int>(queries.size()); ++query)
                for (int key = 0; key < static_cast<int>(keys.size()); ++key)
                    if (!queries[static_cast<size_t>(query)].special &&
                        !keys[static_cast<size_t>(key)].special)
                        consider(query, key);
        }
        setPlace(found, trace, pattern, foundQuery, foundKey);
    }

    const Model& m_model;
    SentenceReader m_reader;
    const std::vector<SearchSentence>& m_sentences;
    const HeadSearchQuestion& m_question;
    std::vector<Tally> m_tallies;
    HeadSearchResult m_counts; ///< without heads
};
} // namespace

std::vector<const HeadMetric*> withOtherSide(const HeadMetric& metric) {
    std::vector<const HeadMetric*> metrics{&metric};
    if (metric.relation)
        for (const HeadMetric& other : headMetrics())
            if (other.relation == metric.relation && other.id != metric.id)
                metrics.push_back(&other);
    return metrics;
}

const HeadMetric& weightMetricOf(RelationKind kind) {
    return *std::find_if(headMetrics().begin(), headMetrics().end(),
                         [kind](const HeadMetric& each) { return each.relation == kind; });
}

HeadSearchResult searchHeads(const Model& model, const Tokenizer& tokenizer,
                             const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                             const JobControl& control, const FoundSoFar& found) {
    Search search(model, tokenizer, sentences, question);
    searchAll(
        sentences, control, [&](size_t index) { search.read(index, control); },
        [&] {
            if (found)
                found(search.result());
        });
    return search.result();
}

} // namespace headlight
