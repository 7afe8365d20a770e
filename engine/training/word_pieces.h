#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace headlight {

/// How often each word stands in some text: lower-case, a to z only.
using WordCounts = std::map<std::string, int64_t>;

/// Adds the words of `text`. Words with other letters than a to z are left out.
void countWords(std::string_view text, WordCounts& counts);

/// Pieces of words, most useful first, by joining the most frequent neighbours again and again (Sennrich,
/// Haddow and Birch 2016), starting with letters; "##" stands before those that continue a word. Equal counts
/// are ordered by spelling. At most `count`, none of them in `known`, each of at most `mostLetters`.
std::vector<std::string> learnPieces(const WordCounts& words, const std::set<std::string>& known,
                                     size_t count, size_t mostLetters);

} // namespace headlight
