#include "app/commands/look_output.h"

#include "app/commands/shared.h"
#include "engine/explain/effects.h"
#include "engine/explain/readings.h"
#include "engine/files/edits_json.h"
#include "engine/metrics/head_pattern.h"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace headlight {

namespace {
using Json = nlohmann::ordered_json;

constexpr int readingsShown = 5;
constexpr size_t keysOfOneHead = 10; // shown as text
constexpr size_t keysOfEachHead = 3;

/// Every token as a word of its own.
std::vector<Word> singleTokens(const Trace& trace) {
    std::vector<Word> words;
    for (const Token& token : trace.tokens()) {
        const int index = static_cast<int>(words.size());
        words.push_back({index, index, token.special, trace.spelling(token)});
    }
    return words;
}

/// A bar whose length shows the weight, an eighth of a cell being its finest step.
std::string bar(double weight) {
    constexpr int cells = 24;
    static const std::array<const char*, 8> part{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const int eighths = static_cast<int>(std::lround(std::clamp(weight, 0.0, 1.0) * cells * 8));
    std::string text;
    for (int i = 0; i < eighths / 8; ++i)
        text += "█";
    return text + part[static_cast<size_t>(eighths % 8)];
}

/// What the edits did to a row: its weights before, and how far weights and context moved.
Json effectJson(const RowEffect& effect) {
    Json before = Json::array();
    for (const float weight : effect.weightsBefore)
        before.push_back(jsonNumber(weight));
    Json json{{"weights_before", std::move(before)}, {"weights", effect.weightChange}};
    if (effect.contextChange)
        json["context"] = *effect.contextChange;
    return json;
}

Json tokensJson(const Trace& trace, const std::vector<Token>& tokens) {
    Json list = Json::array();
    for (size_t i = 0; i < tokens.size(); ++i)
        list.push_back({{"index", i},
                        {"token", tokens[i].piece},
                        {"text", tokens[i].bytes.empty() ? std::string() : trace.spelling(tokens[i])}});
    return list;
}
} // namespace

Look::Look(const LoadedModel& model, const Trace& trace, const LookRequest& request)
    : m_model(model), m_trace(trace), m_request(request),
      m_words(request.byWords ? wordsOf(trace) : singleTokens(trace)),
      m_heads(request.head ? std::vector{*request.head} : headsOf(trace)) {
    for (const Word& word : m_words)
        if (!request.query || (word.first <= *request.query && *request.query <= word.last))
            m_queries.push_back(word);
}

std::vector<Look::Key> Look::keysOf(const HeadAddress& head, const Word& query) const {
    std::vector<Key> keys;
    if (m_request.byWords) {
        for (const WordKey& key : strongestWords(m_trace, m_words, head, query))
            keys.push_back({m_words[key.word].first, key.weight, std::nullopt});
    } else {
        for (const RowKey& key : strongestKeys(m_trace, head, query.first))
            keys.push_back({key.key, key.weight, key.score});
    }
    return keys;
}

std::string Look::label(int token) const {
    const auto word = std::find_if(m_words.begin(), m_words.end(), [token](const Word& one) {
        return one.first <= token && token <= one.last;
    });
    const Token& first = m_trace.tokens()[static_cast<size_t>(token)];
    const bool continues = !m_request.byWords && token > 0 && first.word >= 0 &&
                           m_trace.tokens()[static_cast<size_t>(token) - 1].word == first.word;
    return printable(continues ? first.piece : word->spelling) + " (" + std::to_string(token) + ")";
}

void Look::printRow(const Word& query, std::ostream& out) const {
    out << label(query.first) << " looks at";
    if (m_request.head) {
        out << ", in " << toString(*m_request.head) << ":\n";
        const std::vector<Key> keys = keysOf(*m_request.head, query);
        const size_t shown = std::min(keys.size(), keysOfOneHead);
        size_t width = 0;
        for (size_t i = 0; i < shown; ++i)
            width = std::max(width, characterCount(label(keys[i].token)));
        double rest = 0;
        for (size_t i = 0; i < keys.size(); ++i) {
            if (i >= shown)
                rest += keys[i].weight;
            else
                out << "  " << padded(label(keys[i].token), width) << "  "
                    << padded(weightText(keys[i].weight), 6) << "  " << bar(keys[i].weight) << "\n";
        }
        if (shown < keys.size())
            out << "  and " << keys.size() - shown << " more, together " << weightText(rest) << "\n";
    } else {
        out << ":\n";
        for (const HeadAddress& head : m_heads) {
            out << (toString(head) == m_model.notes.exampleHead ? "* " : "  ") << padded(toString(head), 18);
            const std::vector<Key> keys = keysOf(head, query);
            std::string line;
            for (size_t i = 0; i < std::min(keys.size(), keysOfEachHead); ++i)
                line = padded(line, i * 22) + "  " + label(keys[i].token) + " " + weightText(keys[i].weight);
            out << line << "\n";
        }
    }
    const auto guesses = readings(m_trace, *m_model.tokenizer, query.first, readingsShown);
    for (size_t i = 0; i < guesses.size(); ++i)
        out << (i ? ", " : "  reads: ") << guesses[i].piece << " " << weightText(guesses[i].probability);
    out << (guesses.empty() ? "" : "\n");
    if (m_trace.baseline) {
        const auto before = readings(*m_trace.baseline, *m_model.tokenizer, query.first, readingsShown);
        for (size_t i = 0; i < before.size(); ++i)
            out << (i ? ", " : "  without edits: ") << before[i].piece << " "
                << weightText(before[i].probability);
        out << (before.empty() ? "" : "\n");
    }
}

void Look::printText(std::ostream& out) const {
    out << m_trace.model << ", " << m_trace.tokens().size()
        << " tokens: " << printable(m_trace.text.substr(0, m_trace.encoding.bytesRead));
    if (!m_trace.pairText.empty())
        out << " | " << m_trace.pairText.substr(0, m_trace.encoding.pairBytesRead);
    out << "\n";
    for (const nlohmann::json& edit : editsJson(m_trace.edits, TokenForm::indexed))
        out << "what if: " << printable(edit.dump()) << "\n";
    for (const Word& query : m_queries) {
        out << "\n";
        printRow(query, out);
    }
    const bool marked = std::any_of(m_heads.begin(), m_heads.end(), [this](const HeadAddress& head) {
        return toString(head) == m_model.notes.exampleHead;
    });
    if (!m_request.head && marked)
        out << "\n* the head that this model's example shows\n";
}

void Look::printJsonRow(const Word& query, std::ostream& out) const {
    Json row{{"query", query.first}, {"heads", Json::array()}, {"reads", Json::array()}};
    for (const HeadAddress& head : m_heads) {
        Json keys = Json::array();
        for (const Key& key : keysOf(head, query))
            keys.push_back({{"index", key.token},
                            {"token", m_trace.tokens()[static_cast<size_t>(key.token)].piece},
                            {"weight", m_request.byWords ? Json(key.weight)
                                                         : jsonNumber(static_cast<float>(key.weight))},
                            {"score", key.score ? jsonNumber(*key.score) : Json()}});
        row["heads"].push_back({{"head", toString(head)}, {"keys", std::move(keys)}});
        if (const std::optional<RowEffect> effect = rowEffect(m_trace, head, query.first))
            row["heads"].back()["change"] = effectJson(*effect);
    }
    for (const Reading& reading : readings(m_trace, *m_model.tokenizer, query.first, readingsShown))
        row["reads"].push_back({{"token", reading.piece}, {"probability", reading.probability}});
    if (m_trace.baseline) {
        row["reads_before"] = Json::array();
        for (const Reading& reading :
             readings(*m_trace.baseline, *m_model.tokenizer, query.first, readingsShown))
            row["reads_before"].push_back({{"token", reading.piece}, {"probability", reading.probability}});
    }
    out << jsonText(row);
}

void Look::printJson(std::ostream& out) const {
    out << "{\"model\":" << jsonText(m_trace.model) << ",\"text\":" << jsonText(m_trace.text);
    if (!m_trace.pairText.empty())
        out << ",\"pair\":" << jsonText(m_trace.pairText);
    out << ",\"tokens\":" << jsonText(tokensJson(m_trace, m_trace.tokens()))
        << ",\"target_tokens\":" << jsonText(tokensJson(m_trace, m_trace.targetEncoding.tokens))
        << ",\"edits\":"
        << editsJson(m_trace.edits, TokenForm::indexed)
               .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
        << ",\"rows\":[";
    for (size_t i = 0; i < m_queries.size(); ++i) {
        out << (i ? "," : "");
        printJsonRow(m_queries[i], out);
    }
    out << "]}\n";
}

} // namespace headlight
