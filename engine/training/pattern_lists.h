#pragma once

#include "engine/training/tables.h"

namespace headlight {

std::span<const PatternRow> clausePatterns(); ///< a verb with two nouns, and what is said of one of them
std::span<const PatternRow> scenePatterns();  ///< places, sizes, gifts, several nouns or several sentences
std::span<const PatternRow> personPatterns(); ///< told by gender or number, reflexives, who said what to whom
std::span<const PatternRow> emptyPatterns();  ///< the pronoun stands for nothing
std::span<const PatternRow> plainPatterns();  ///< no pronoun

} // namespace headlight
