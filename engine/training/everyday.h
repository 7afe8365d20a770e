#pragma once

#include "engine/core/byte_range.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// A sentence as people write them, with one pronoun and what it stands for: see tests/golden/everyday.
/// Nothing is ever trained on them.
struct EverydaySentence {
    std::string text;
    std::string kind; ///< the table's words: "it", "he, him", ..., "nothing in the text"
    ByteRange pronoun;
    std::optional<ByteRange> antecedent;
};

/// The hundred sentences, as they stood in the repository when this program was built.
std::vector<EverydaySentence> everydaySentences();

/// Reads lines "text TAB pronoun[#k] TAB antecedent[#k] or -". Throws RequestError naming the line that makes
/// no sense: columns missing, a word that is not in the text.
std::vector<EverydaySentence> parseEveryday(std::string_view table);

/// The keys (see corpus_text.h) of whole texts and of their sentences: what a corpus may not bring in.
std::set<std::string> everydayKeys();

} // namespace headlight
