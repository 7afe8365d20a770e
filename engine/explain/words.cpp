#include "engine/explain/words.h"

#include "engine/core/errors.h"
#include "engine/text/tokenizer.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace headlight {

namespace {
std::string asciiLower(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

std::optional<int> wholeNumber(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// "it#2" is occurrence 2 of "it"; a name without a number is its first.
struct Name {
    std::string_view spelling;
    int occurrence = 1;
};

Name parseName(std::string_view text) {
    const size_t mark = text.rfind('#');
    if (mark == std::string_view::npos || mark == 0)
        return {text, 1};
    const std::optional<int> occurrence = wholeNumber(text.substr(mark + 1));
    return occurrence && *occurrence > 0 ? Name{text.substr(0, mark), *occurrence} : Name{text, 1};
}

using Places = std::vector<int>; // first tokens of the occurrences

Places placesWhere(const std::vector<Word>& words, const std::function<bool(const Word&)>& matches) {
    Places places;
    for (const Word& word : words)
        if (matches(word))
            places.push_back(word.first);
    return places;
}

/// Where the pieces that the tokenizer makes of `spelling` stand in a row, beginning with a word.
Places placesOfPieces(const Trace& trace, const std::vector<Word>& words, const Tokenizer& tokenizer,
                      std::string_view spelling) {
    const std::vector<Token> pieces = tokenizer.pieces(spelling);
    const bool unknown = std::any_of(pieces.begin(), pieces.end(), [](const Token& t) { return t.unknown; });
    if (pieces.empty() || unknown)
        return {};
    const std::vector<Token>& tokens = trace.tokens();
    return placesWhere(words, [&](const Word& word) {
        const auto first = static_cast<size_t>(word.first);
        return !word.special && first + pieces.size() <= tokens.size() &&
               std::equal(pieces.begin(), pieces.end(), tokens.begin() + word.first,
                          [](const Token& a, const Token& b) { return a.id == b.id; });
    });
}

std::string listOf(const std::vector<Word>& words) {
    constexpr size_t most = 40;
    std::string list;
    for (size_t i = 0; i < std::min(words.size(), most); ++i)
        list += (i ? " " : "") + words[i].spelling;
    return words.size() > most ? list + " ..." : list;
}
} // namespace

std::vector<Word> wordsOf(const Trace& trace) {
    std::vector<Word> words;
    const std::vector<Token>& tokens = trace.tokens();
    for (size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        const bool continues = i > 0 && token.word >= 0 && token.word == tokens[i - 1].word;
        if (continues)
            words.back().last = static_cast<int>(i);
        else
            words.push_back({static_cast<int>(i), static_cast<int>(i), token.special, {}});
    }
    for (Word& word : words) {
        Token whole = tokens[static_cast<size_t>(word.first)];
        if (!whole.bytes.empty())
            whole.bytes.end = std::max(whole.bytes.end, tokens[static_cast<size_t>(word.last)].bytes.end);
        word.spelling = trace.spelling(whole);
    }
    return words;
}

int findToken(const Trace& trace, const Tokenizer& tokenizer, std::string_view name) {
    const int tokens = static_cast<int>(trace.tokens().size());
    if (const std::optional<int> index = wholeNumber(name)) {
        if (*index < tokens)
            return *index;
        throw RequestError("there is no token " + std::to_string(*index) + ": the text has tokens 0 to " +
                           std::to_string(tokens - 1));
    }
    const std::vector<Word> words = wordsOf(trace);
    const Name wanted = parseName(name);
    Places places = placesWhere(words, [&](const Word& word) {
        const Token& first = trace.tokens()[static_cast<size_t>(word.first)];
        return word.spelling == wanted.spelling || (word.special && first.piece == wanted.spelling);
    });
    if (places.empty())
        places = placesOfPieces(trace, words, tokenizer, wanted.spelling);
    if (places.empty())
        places = placesWhere(words, [lower = asciiLower(wanted.spelling)](const Word& word) {
            return asciiLower(word.spelling) == lower;
        });
    const std::string quoted = std::string(1, '"').append(wanted.spelling).append(1, '"');
    if (places.empty())
        throw RequestError(quoted + " is not a word of the text; its words are: " + listOf(words));
    if (places.size() < static_cast<size_t>(wanted.occurrence))
        throw RequestError(quoted + " occurs " + std::to_string(places.size()) +
                           (places.size() == 1 ? " time" : " times") + " in the text, not " +
                           std::to_string(wanted.occurrence));
    return places[static_cast<size_t>(wanted.occurrence) - 1];
}

std::vector<WordKey> strongestWords(const Trace& trace, const std::vector<Word>& words,
                                    const HeadAddress& head, const Word& query) {
    const SiteRecord* site = trace.site(head.stack, head.layer);
    if (!site || head.head < 0 || head.head >= site->weights.dimension(0) ||
        query.last >= site->weights.dimension(1))
        return {};
    std::vector<WordKey> keys(words.size());
    const int pieces = query.last - query.first + 1;
    for (size_t i = 0; i < words.size(); ++i) {
        keys[i].word = i;
        for (int q = query.first; q <= query.last; ++q)
            for (int k = words[i].first; k <= words[i].last; ++k)
                keys[i].weight += static_cast<double>(site->weights.at(head.head, q, k)) / pieces;
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const WordKey& a, const WordKey& b) { return a.weight > b.weight; });
    return keys;
}

} // namespace headlight
