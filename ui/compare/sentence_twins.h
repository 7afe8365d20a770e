#pragma once

#include <optional>
#include <string>
#include <vector>

namespace headlight {

/// A sentence with another last word.
struct SentenceTwin {
    std::string text;
    std::string word;  ///< the last word of the sentence that was given
    std::string other; ///< what stands in its place
};

/// Where the last word of a text stands; empty: there is none.
struct LastWord {
    size_t begin = 0;
    size_t end = 0;
    bool empty() const { return begin == end; }
};
LastWord lastWordOf(const std::string& text);

/// The twin of `text` among `sentences`: one of them that differs from it in the last word alone; else the
/// same text with the word that two of them have in place of each other (tired, wide). Nothing when they know
/// no such word.
std::optional<SentenceTwin> twinOf(const std::string& text, const std::vector<std::string>& sentences);

} // namespace headlight
