#pragma once

#include "engine/explain/shown_map.h"
#include "engine/trace/trace.h"

#include <string>
#include <vector>

namespace headlight {

/// How a place of the one list stands to the other.
enum class AlignedKind {
    equal,    ///< the same word in both
    replaced, ///< another word in its place
    onlyA,    ///< deleted in B
    onlyB     ///< inserted in B
};

/// One place of the common list of two texts: indices into both lists, -1 where the list has nothing there.
struct AlignedPlace {
    int a = -1;
    int b = -1;
    AlignedKind kind = AlignedKind::equal;
    friend bool operator==(const AlignedPlace&, const AlignedPlace&) = default;
};

/// The places of two lists beside each other, in the order of both: as many equal ones as possible (a longest
/// common subsequence), and between two of them what was replaced, in pairs, then what only one list has. Of
/// several longest ones, the first equal words are taken; so the result depends on nothing but the lists.
/// Time and memory grow with the product of what lies between the equal beginning and the equal end.
std::vector<AlignedPlace> aligned(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// What decides whether two shown tokens of two traces are the same: their pieces as the model reads them and
/// the text they stand in. Letters that the vocabulary does not have are compared as they are spelled.
std::vector<std::string> alignmentNames(const Trace& trace, const std::vector<ShownToken>& tokens);
/// The same for traces of two models, whose pieces say nothing of each other: the text they stand in and how
/// it spells them, without the spaces around; the pieces of tokens that the tokenizer added.
std::vector<std::string> spelledNames(const Trace& trace, const std::vector<ShownToken>& tokens);
/// Whether these traces are of two tokenizers that cut: one text at other places, or two texts.
bool cutsDiffer(const Trace& a, const Trace& b);

} // namespace headlight
