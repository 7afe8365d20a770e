#include "ui/compare/sentence_twins.h"

#include <algorithm>

namespace headlight {

namespace {
bool isWordByte(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '\'' || byte == '-';
}

std::string wordIn(const std::string& text, const LastWord& place) {
    return text.substr(place.begin, place.end - place.begin);
}

/// True when the two differ in their last words and in nothing else.
bool areTwins(const std::string& one, const std::string& other) {
    const LastWord a = lastWordOf(one), b = lastWordOf(other);
    return one != other && !a.empty() && !b.empty() && one.substr(0, a.begin) == other.substr(0, b.begin) &&
           one.substr(a.end) == other.substr(b.end);
}
} // namespace

LastWord lastWordOf(const std::string& text) {
    size_t end = text.size();
    while (end > 0 && !isWordByte(text[end - 1]))
        --end;
    size_t begin = end;
    while (begin > 0 && isWordByte(text[begin - 1]))
        --begin;
    return {begin, end};
}

std::optional<SentenceTwin> twinOf(const std::string& text, const std::vector<std::string>& sentences) {
    const LastWord last = lastWordOf(text);
    if (last.empty())
        return std::nullopt;
    const std::string word = wordIn(text, last);
    for (const std::string& sentence : sentences)
        if (areTwins(text, sentence))
            return SentenceTwin{sentence, word, wordIn(sentence, lastWordOf(sentence))};
    for (const std::string& one : sentences) {
        if (wordIn(one, lastWordOf(one)) != word)
            continue;
        const auto twin = std::find_if(sentences.begin(), sentences.end(),
                                       [&](const std::string& other) { return areTwins(one, other); });
        if (twin == sentences.end())
            continue;
        const std::string other = wordIn(*twin, lastWordOf(*twin));
        return SentenceTwin{text.substr(0, last.begin) + other + text.substr(last.end), word, other};
    }
    return std::nullopt;
}

} // namespace headlight
