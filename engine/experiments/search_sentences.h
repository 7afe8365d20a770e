#pragma once

#include "engine/core/byte_range.h"
#include "engine/metrics/relation.h"
#include "engine/training/grammar.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace headlight {

/// A token of a sentence that is not tokenized yet: the one on the first of these bytes, the one that a
/// person names ("it", "it#2", "10"; see findToken), or the one of that index.
using SearchToken = std::variant<ByteRange, std::string, int>;

struct SearchRelation {
    RelationKind kind = RelationKind::painted;
    SearchToken query, key;
};

/// A sentence in which heads are searched, with what is known of it.
struct SearchSentence {
    std::string text;
    std::vector<SearchRelation> relations;
    int line = 0;            ///< of the file it stood in, from 1; 0: of no file
    bool mayLackIts = false; ///< a named token that is not there makes the search go on, not fail
    std::string pair = {};   ///< second sentence, read with it; usually empty
};

/// Reads lines "text" or "text TAB query TAB key"; empty ones are left out. Throws RequestError that names
/// the line: not UTF-8, another number of columns, an empty column; and when there is no sentence at all.
/// `name`: of the file, for messages.
std::vector<SearchSentence> parseSearchSentences(std::string_view lines, const std::string& name);

/// `count` sentences of the bundled grammar that were never trained (Split::unseenTriples), without truly
/// ambiguous ones, each with its known relations of both kinds. With `needed`, only sentences that have one
/// of that kind. The same seed gives the same sentences.
std::vector<SearchSentence> grammarSentences(const Grammar& grammar, int count, uint64_t seed,
                                             std::optional<RelationKind> needed = std::nullopt);

} // namespace headlight
