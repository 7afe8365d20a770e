#pragma once

#include "engine/explain/words.h"
#include "engine/session/model_session.h"

#include <iosfwd>

namespace headlight {

/// What `headlight look` was asked for.
struct LookRequest {
    std::optional<int> query; ///< a token; nothing: all of them
    std::optional<HeadAddress> head;
    bool byWords = false;
};

/// The rows of a trace that were asked for, as text for people or as one JSON document. The trace must
/// outlive it.
class Look {
public:
    Look(const LoadedModel& model, const Trace& trace, const LookRequest& request);

    void printText(std::ostream& out) const;
    /// {"model", "text", "tokens", "target_tokens", "edits", "rows"}, written row by row: a long text would
    /// not fit into memory twice.
    void printJson(std::ostream& out) const;

private:
    /// A key with its weight; its score where it is one token.
    struct Key {
        int token = 0; ///< the first of a word
        double weight = 0;
        std::optional<float> score;
    };
    std::vector<Key> keysOf(const HeadAddress& head, const Word& query) const;
    std::string label(int token) const;
    void printRow(const Word& query, std::ostream& out) const;
    void printJsonRow(const Word& query, std::ostream& out) const;

    const LoadedModel& m_model;
    const Trace& m_trace;
    LookRequest m_request;
    std::vector<Word> m_words;   ///< words, or single tokens unless asked by words
    std::vector<Word> m_queries; ///< those of m_words whose rows are asked for
    std::vector<HeadAddress> m_heads;
};

} // namespace headlight
