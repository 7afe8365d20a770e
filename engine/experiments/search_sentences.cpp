#include "engine/experiments/search_sentences.h"

#include "engine/core/errors.h"
#include "engine/text/utf8.h"

#include <algorithm>

namespace headlight {

namespace {
std::vector<std::string> columnsOf(std::string_view line) {
    std::vector<std::string> columns;
    for (;;) {
        const size_t tab = line.find('\t');
        columns.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos)
            return columns;
        line.remove_prefix(tab + 1);
    }
}
} // namespace

std::vector<SearchSentence> parseSearchSentences(std::string_view lines, const std::string& name) {
    std::vector<SearchSentence> sentences;
    for (int number = 1; !lines.empty(); ++number) {
        const size_t end = lines.find('\n');
        std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            continue;
        const auto fail = [&](const std::string& problem) {
            throw RequestError(name + ", line " + std::to_string(number) + ": " + problem);
        };
        if (firstInvalidUtf8(line))
            fail("it is not UTF-8; save the file as UTF-8 and try again");
        std::vector<std::string> columns = columnsOf(line);
        if (columns.size() != 1 && columns.size() != 3)
            fail("it has " + std::to_string(columns.size()) +
                 " columns; a line is a text, or a text, a query and a key with tabs between them");
        if (std::any_of(columns.begin(), columns.end(), [](const std::string& c) { return c.empty(); }))
            fail("one of its columns is empty");
        SearchSentence& sentence = sentences.emplace_back();
        sentence.text = columns[0];
        sentence.line = number;
        if (columns.size() == 3)
            sentence.relations.push_back({RelationKind::painted, columns[1], columns[2]});
    }
    if (sentences.empty())
        throw RequestError(name + " has no sentence; write one a line");
    return sentences;
}

std::vector<SearchSentence> grammarSentences(const Grammar& grammar, int count, uint64_t seed,
                                             std::optional<RelationKind> needed) {
    constexpr int mostDraws = 200; // for each sentence
    Random random(seed);
    std::vector<SearchSentence> sentences;
    for (int64_t draw = 0; draw < int64_t{mostDraws} * count && std::ssize(sentences) < count; ++draw) {
        const GrammarSentence drawn = grammar.sentence(random, Split::unseenTriples);
        if (drawn.ambiguous)
            continue;
        SearchSentence sentence;
        sentence.text = drawn.text;
        for (const PronounMark& pronoun : drawn.pronouns)
            if (pronoun.answer)
                sentence.relations.push_back(
                    {RelationKind::pronounAntecedent, pronoun.bytes, *pronoun.answer});
        for (const VerbMark& verb : drawn.verbs)
            sentence.relations.push_back({RelationKind::verbSubject, verb.bytes, verb.subject});
        const bool wanted = !needed || std::any_of(sentence.relations.begin(), sentence.relations.end(),
                                                   [&](const auto& each) { return each.kind == *needed; });
        if (wanted)
            sentences.push_back(std::move(sentence));
    }
    return sentences;
}

} // namespace headlight
