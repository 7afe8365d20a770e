#include "engine/experiments/head_search.h"

#include "engine/core/errors.h"
#include "engine/explain/words.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace headlight {

namespace {
/// What one head was found to do so far.
struct Tally {
    HeadAddress head;
    std::vector<double> sums, weights; // one a metric
    std::vector<FoundSentence> best;
};

class Search {
public:
    Search(const Model& model, const Tokenizer& tokenizer, const std::vector<SearchSentence>& sentences,
           const HeadSearchQuestion& question)
        : m_model(model), m_tokenizer(tokenizer), m_sentences(sentences), m_question(question),
          m_plan(RecordPlan::weightsOnly()) {
        for (const HeadMetric* metric : question.metrics)
            m_plan.vectors = m_plan.vectors || metric->needsVectors;
    }

    void read(size_t index, const JobControl& control) {
        const SearchSentence& sentence = m_sentences[index];
        try {
            const Trace trace = traceOf(sentence, control);
            const std::vector<TokenRelation> relations = relationsOf(sentence, trace);
            const std::optional<RelationKind> kind = m_question.metrics.front()->relation;
            m_result.relations += kind ? static_cast<int>(ofKind(relations, *kind).size()) : 0;
            tally(index, trace, relations);
            ++m_result.sentences;
        } catch (const RequestError& error) {
            if (sentence.line == 0)
                throw;
            throw RequestError("line " + std::to_string(sentence.line) + ": " + error.what());
        }
    }

    HeadSearchResult result() {
        for (Tally& tally : m_tallies) {
            RankedHead& head = m_result.heads.emplace_back();
            head.head = tally.head;
            head.best = std::move(tally.best);
            for (size_t i = 0; i < tally.sums.size(); ++i)
                head.values.push_back(tally.weights[i] > 0 ? std::optional(tally.sums[i] / tally.weights[i])
                                                           : std::nullopt);
        }
        std::stable_sort(m_result.heads.begin(), m_result.heads.end(),
                         [this](const RankedHead& a, const RankedHead& b) {
                             if (!a.values[0] || !b.values[0])
                                 return a.values[0].has_value() && !b.values[0];
                             return better(*a.values[0], *b.values[0]);
                         });
        return std::move(m_result);
    }

private:
    bool better(double a, double b) const { return m_question.lowestFirst ? a < b : a > b; }

    Trace traceOf(const SearchSentence& sentence, const JobControl& control) {
        if (firstInvalidUtf8(sentence.text))
            throw RequestError("The text is not UTF-8.");
        Trace trace;
        trace.text = sentence.text;
        trace.encoding =
            m_tokenizer.encode(sentence.text, {}, static_cast<size_t>(m_model.shape().maximumTokens));
        if (trace.tokens().empty())
            throw RequestError("There is nothing to read: the text has no token.");
        m_result.shortened += trace.encoding.truncated;
        ModelInput input;
        for (const Token& token : trace.tokens()) {
            input.ids.push_back(token.id);
            input.tokenTypes.push_back(token.text);
        }
        RunControl run;
        run.stop = control.stop;
        trace.shape = m_model.shape();
        trace.recording = m_model.run(input, m_plan, run);
        return trace;
    }

    /// Nothing when it was not read or, in a sentence that may lack its tokens, is not there.
    std::optional<int> placeOf(const SearchToken& token, const SearchSentence& sentence,
                               const Trace& trace) const {
        if (const ByteRange* bytes = std::get_if<ByteRange>(&token))
            return tokenAt(trace.tokens(), {0, *bytes, std::nullopt});
        try {
            return findToken(trace, m_tokenizer, std::get<std::string>(token));
        } catch (const RequestError&) {
            if (sentence.mayLackIts || trace.encoding.truncated)
                return std::nullopt;
            throw;
        }
    }

    std::vector<TokenRelation> relationsOf(const SearchSentence& sentence, const Trace& trace) const {
        std::vector<TokenRelation> relations;
        for (const SearchRelation& relation : sentence.relations) {
            const std::optional<int> query = placeOf(relation.query, sentence, trace);
            const std::optional<int> key = placeOf(relation.key, sentence, trace);
            if (query && key)
                relations.push_back({relation.kind, *query, *key});
        }
        return relations;
    }

    void tally(size_t index, const Trace& trace, const std::vector<TokenRelation>& relations) {
        const std::vector<HeadAddress> heads = headsOf(trace);
        const size_t metrics = m_question.metrics.size();
        if (m_tallies.empty())
            for (const HeadAddress& head : heads)
                m_tallies.push_back({head, std::vector<double>(metrics), std::vector<double>(metrics), {}});
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
        m_result.answered += answered;
    }

    /// Keeps the sentence if it is among the head's best.
    void note(size_t index, double value, const Trace& trace, const std::vector<TokenRelation>& relations,
              Tally& tally) const {
        std::vector<FoundSentence>& best = tally.best;
        const auto most = static_cast<size_t>(std::max(m_question.bestSentences, 0));
        if (most == 0 || (best.size() == most && !better(value, best.back().value)) ||
            std::any_of(best.begin(), best.end(), [&](const FoundSentence& each) {
                return m_sentences[each.sentence].text == m_sentences[index].text;
            }))
            return;
        FoundSentence found;
        found.sentence = index;
        found.value = value;
        locate(trace, *HeadPattern::of(trace, tally.head), relations, found);
        const auto place = std::find_if(best.begin(), best.end(),
                                        [&](const FoundSentence& each) { return better(value, each.value); });
        best.insert(place, std::move(found));
        if (best.size() > most)
            best.pop_back();
    }

    void locate(const Trace& trace, const HeadPattern& pattern, const std::vector<TokenRelation>& relations,
                FoundSentence& found) const {
        const auto consider = [&](int query, int key) {
            const auto weight = static_cast<double>(pattern.row(query)[static_cast<size_t>(key)]);
            if (found.query >= 0 && weight <= found.weight)
                return;
            found.query = query;
            found.key = key;
            found.weight = weight;
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
        const auto wordAt = [&](std::span<const Token> tokens, int at) {
            return at >= 0 && at < static_cast<int>(tokens.size())
                       ? trace.spelling(tokens[static_cast<size_t>(at)])
                       : std::string();
        };
        found.queryWord = wordAt(queries, found.query);
        found.keyWord = wordAt(keys, found.key);
    }

    const Model& m_model;
    const Tokenizer& m_tokenizer;
    const std::vector<SearchSentence>& m_sentences;
    const HeadSearchQuestion& m_question;
    RecordPlan m_plan;
    std::vector<Tally> m_tallies;
    HeadSearchResult m_result;
};
} // namespace

HeadSearchResult searchHeads(const Model& model, const Tokenizer& tokenizer,
                             const std::vector<SearchSentence>& sentences, const HeadSearchQuestion& question,
                             const JobControl& control) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    Search search(model, tokenizer, sentences, question);
    for (size_t i = 0; i < sentences.size(); ++i) {
        control.stepAside();
        if (control.stop.stop_requested())
            throw Cancelled();
        search.read(i, control);
        const double done = static_cast<double>(i + 1) / static_cast<double>(sentences.size());
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        control.report({done, seconds / done - seconds,
                        "sentence " + std::to_string(i + 1) + " of " + std::to_string(sentences.size())});
    }
    return search.result();
}

} // namespace headlight
