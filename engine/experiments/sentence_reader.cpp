#include "engine/experiments/sentence_reader.h"

#include "engine/core/errors.h"
#include "engine/experiments/stopwatch.h"
#include "engine/explain/words.h"
#include "engine/metrics/head_pattern.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <string>

namespace headlight {

namespace {
constexpr double secondsBetweenNews = 0.2;

/// Nothing for tokens that are not those of the text.
std::optional<TokenAnchor> anchorIn(const Trace& trace, std::span<const Token> tokens, int at) {
    if (tokens.data() != trace.tokens().data() || at < 0 || at >= static_cast<int>(tokens.size()))
        return std::nullopt;
    return anchorOf(trace.tokens(), at);
}
} // namespace

SentenceReader::SentenceReader(const Model& model, const Tokenizer& tokenizer, bool vectors)
    : m_model(model), m_tokenizer(tokenizer), m_plan(RecordPlan::weightsOnly()) {
    m_plan.vectors = vectors;
}

Trace SentenceReader::read(const SearchSentence& sentence, const JobControl& control) const {
    if (firstInvalidUtf8(sentence.text) || firstInvalidUtf8(sentence.pair))
        throw RequestError("The text is not UTF-8.");
    Trace trace;
    trace.text = sentence.text;
    trace.pairText = sentence.pair;
    trace.encoding =
        m_tokenizer.encode(sentence.text, sentence.pair, static_cast<size_t>(m_model.shape().maximumTokens));
    if (trace.tokens().empty())
        throw RequestError("There is nothing to read: the text has no token.");
    RunControl run;
    run.stop = control.stop;
    trace.shape = m_model.shape();
    trace.recording = m_model.run(inputOf(trace.encoding), m_plan, run);
    return trace;
}

std::optional<int> SentenceReader::placeOf(const SearchToken& token, const SearchSentence& sentence,
                                           const Trace& trace) const {
    if (const ByteRange* bytes = std::get_if<ByteRange>(&token))
        return tokenAt(trace.tokens(), {0, *bytes, std::nullopt});
    if (const int* index = std::get_if<int>(&token)) {
        if (*index >= 0 && *index < static_cast<int>(trace.tokens().size()))
            return *index;
        if (sentence.mayLackIts || trace.encoding.truncated)
            return std::nullopt;
        throw RequestError("There is no token " + std::to_string(*index) + ": the text has " +
                           std::to_string(trace.tokens().size()) + ".");
    }
    try {
        return findToken(trace, m_tokenizer, std::get<std::string>(token));
    } catch (const RequestError&) {
        if (sentence.mayLackIts || trace.encoding.truncated)
            return std::nullopt;
        throw;
    }
}

std::vector<TokenRelation> SentenceReader::relationsOf(const SearchSentence& sentence,
                                                       const Trace& trace) const {
    std::vector<TokenRelation> relations;
    for (const SearchRelation& relation : sentence.relations) {
        const std::optional<int> query = placeOf(relation.query, sentence, trace);
        const std::optional<int> key = placeOf(relation.key, sentence, trace);
        if (query && key)
            relations.push_back({relation.kind, *query, *key});
    }
    return relations;
}

void setPlace(FoundSentence& found, const Trace& trace, const HeadPattern& pattern, int query, int key) {
    const std::span<const Token> queries = pattern.queryTokens(), keys = pattern.keyTokens();
    const auto wordAt = [&](std::span<const Token> tokens, int at) {
        return at >= 0 && at < static_cast<int>(tokens.size())
                   ? trace.spelling(tokens[static_cast<size_t>(at)])
                   : std::string();
    };
    found.query = query;
    found.key = key;
    found.queryWord = wordAt(queries, query);
    found.keyWord = wordAt(keys, key);
    found.queryAnchor = anchorIn(trace, queries, query);
    found.keyAnchor = anchorIn(trace, keys, key);
    if (query >= 0 && key >= 0)
        found.weight = static_cast<double>(pattern.row(query)[static_cast<size_t>(key)]);
}

void keepBest(std::vector<FoundSentence>& best, int most, bool lowestFirst, size_t sentence, double value,
              const std::vector<SearchSentence>& sentences, const std::function<FoundSentence()>& make) {
    const auto better = [&](double a, double b) { return lowestFirst ? a < b : a > b; };
    const auto room = static_cast<size_t>(std::max(most, 0));
    if (room == 0 || (best.size() == room && !better(value, best.back().value)) ||
        std::any_of(best.begin(), best.end(), [&](const FoundSentence& each) {
            return sentences[each.sentence].text == sentences[sentence].text;
        }))
        return;
    FoundSentence found = make();
    found.sentence = sentence;
    found.value = value;
    const auto place = std::find_if(best.begin(), best.end(),
                                    [&](const FoundSentence& each) { return better(value, each.value); });
    best.insert(place, std::move(found));
    if (best.size() > room)
        best.pop_back();
}

void searchAll(const std::vector<SearchSentence>& sentences, const JobControl& control,
               const std::function<void(size_t index)>& read, const std::function<void()>& tell) {
    const Stopwatch watch;
    double told = 0;
    try {
        for (size_t i = 0; i < sentences.size(); ++i) {
            pauseOf(control);
            try {
                read(i);
            } catch (const RequestError& error) {
                if (sentences[i].line == 0)
                    throw;
                throw RequestError("line " + std::to_string(sentences[i].line) + ": " + error.what());
            }
            const double done = static_cast<double>(i + 1) / static_cast<double>(sentences.size());
            const double seconds = watch.seconds();
            control.report({done, seconds / done - seconds,
                            "sentence " + std::to_string(i + 1) + " of " + std::to_string(sentences.size())});
            if (i == 0 || seconds - told > secondsBetweenNews) {
                told = seconds;
                tell();
            }
        }
    } catch (const Cancelled&) {
        tell();
        throw;
    }
}

} // namespace headlight
