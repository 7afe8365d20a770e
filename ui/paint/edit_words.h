#pragma once

#include "engine/edits/edits.h"

#include <QString>

namespace headlight {

/// "all heads", "all heads of L1", "L1 H2".
QString scopeInWords(const HeadScope& heads);
/// What is changed, without the heads: "temperature 2", "“it” may not look at “animal”".
QString kindInWords(const EditKind& what);
/// Both: "temperature 2 (all heads)".
QString editInWords(const Edit& edit);

} // namespace headlight
