#pragma once

#include <span>
#include <string_view>

namespace headlight {

/// Nouns of one class. `words` are separated by commas; "dog*" is a common word, drawn more often;
/// "mouse/mice" gives an irregular plural, "bread/-" none.
struct NounList {
    std::string_view kinds;    ///< see NounRow
    std::string_view pronouns; ///< see NounRow
    std::string_view words;
};

std::span<const NounList> livingLists(); ///< people, first names, animals
std::span<const NounList> thingLists();
std::span<const NounList> placeLists();

} // namespace headlight
