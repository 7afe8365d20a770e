#include "engine/training/corpus_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace headlight {

namespace {
constexpr std::pair<std::string_view, std::string_view> replacements[] = {
    {"‘", "'"},     {"’", "'"},     {"“", "\""},     {"”", "\""},
    {"\u00ad", ""}, {"\ufeff", ""}, {"\u00a0", " "}, {"_", ""}};
constexpr std::string_view abbreviations[] = {
    "mr",  "mrs", "ms",  "dr",     "st", "jr",  "sr",  "prof", "capt", "col", "gen", "lt",  "rev",
    "hon", "sgt", "maj", "messrs", "vs", "etc", "e.g", "i.e",  "esq",  "no",  "vol", "chap"};

bool isLetter(char letter) {
    return std::isalpha(static_cast<unsigned char>(letter)) != 0;
}
bool isSpace(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}
bool endsSentence(char letter) {
    return letter == '.' || letter == '!' || letter == '?';
}
bool closes(char letter) {
    return letter == '"' || letter == '\'' || letter == ')' || letter == ']';
}
char lower(char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

/// Whether the word before the period at `period` is one that a period belongs to.
bool isAbbreviation(std::string_view text, size_t period) {
    size_t begin = period;
    while (begin > 0 && (isLetter(text[begin - 1]) || text[begin - 1] == '.'))
        --begin;
    std::string word;
    for (const char letter : text.substr(begin, period - begin))
        word += lower(letter);
    const bool initial = word.size() == 1 && word != "i" && text[begin] != lower(text[begin]);
    return initial ||
           std::find(std::begin(abbreviations), std::end(abbreviations), word) != std::end(abbreviations);
}

bool endsLikeASentence(std::string_view paragraph) {
    while (!paragraph.empty() && closes(paragraph.back()))
        paragraph.remove_suffix(1);
    return !paragraph.empty() && endsSentence(paragraph.back());
}

std::string_view takeLine(std::string_view& rest) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}
} // namespace

std::string plainText(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    const auto append = [&result](char letter) {
        if (!isSpace(letter))
            result += letter;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    };
    for (size_t at = 0; at < text.size();) {
        const auto* const found =
            std::find_if(std::begin(replacements), std::end(replacements),
                         [&](const auto& pair) { return text.substr(at).starts_with(pair.first); });
        if (found == std::end(replacements)) {
            append(text[at++]);
            continue;
        }
        for (const char letter : found->second)
            append(letter);
        at += found->first.size();
    }
    if (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

std::vector<std::string> bookParagraphs(std::string_view book) {
    constexpr std::string_view start = "*** START OF", end = "*** END OF";
    if (const size_t at = book.find(start); at != std::string_view::npos) {
        book.remove_prefix(at);
        takeLine(book);
    }
    book = book.substr(0, book.find(end));

    std::vector<std::string> paragraphs;
    std::string wrapped;
    const auto finish = [&] {
        std::string paragraph = plainText(wrapped);
        wrapped.clear();
        if (endsLikeASentence(paragraph))
            paragraphs.push_back(std::move(paragraph));
    };
    while (!book.empty()) {
        const std::string_view line = takeLine(book);
        if (std::all_of(line.begin(), line.end(), isSpace)) {
            finish();
        } else {
            wrapped += line;
            wrapped += '\n';
        }
    }
    finish();
    return paragraphs;
}

std::vector<std::string> splitSentences(std::string_view paragraph) {
    std::vector<std::string> sentences;
    size_t begin = 0;
    for (size_t at = 0; at < paragraph.size(); ++at) {
        if (!endsSentence(paragraph[at]))
            continue;
        const size_t mark = at;
        while (at + 1 < paragraph.size() && (endsSentence(paragraph[at + 1]) || closes(paragraph[at + 1])))
            ++at;
        const size_t next = at + 2;
        if (next >= paragraph.size() || paragraph[at + 1] != ' ')
            continue;
        const char first = paragraph[next];
        const bool opens = first == '"' || first == '\'' || first == '(' || first == '[' ||
                           std::isdigit(static_cast<unsigned char>(first)) ||
                           (isLetter(first) && lower(first) != first);
        if (!opens || (paragraph[mark] == '.' && mark == at && isAbbreviation(paragraph, mark)))
            continue;
        sentences.emplace_back(paragraph.substr(begin, at + 1 - begin));
        begin = next;
    }
    if (begin < paragraph.size())
        sentences.emplace_back(paragraph.substr(begin));
    return sentences;
}

std::string sentenceKey(std::string_view sentence) {
    std::string key;
    bool between = false;
    for (const char letter : sentence) {
        const bool part =
            std::isalnum(static_cast<unsigned char>(letter)) || static_cast<unsigned char>(letter) >= 0x80;
        if (!part) {
            between = between || letter != '\'';
            continue;
        }
        if (between && !key.empty())
            key += ' ';
        between = false;
        key += lower(letter);
    }
    return key;
}

} // namespace headlight
