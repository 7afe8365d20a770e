#pragma once

#include "engine/explain/shown_map.h"

#include <optional>
#include <vector>

namespace headlight {

/// One cell of a row or column that is read. `token` is the key when a row is read, the query when a column
/// is.
struct ShownCell {
    ShownToken token;
    float weight = 0;           ///< as in the shown map
    std::optional<float> score; ///< as recorded; nothing for merged tokens and in traces without scores
};

/// What a token looks at, or what looks at it, as far as it is shown.
struct ShownReading {
    std::optional<ShownToken> of; ///< what is read; nothing when that token is not shown
    std::vector<ShownCell> cells; ///< largest weight first, ties by position
    double sum = 0;    ///< of all recorded weights of this row or column, added up in double; hidden included
    double hidden = 0; ///< the part of `sum` that lies on tokens that are not shown
};

/// The row of a query: its keys. The sum of a row is 1 but for rounding. Empty (no `of`) when the head was
/// not recorded or the token is hidden.
ShownReading shownRow(const Trace& trace, const HeadAddress& head, const ShownTokens& choice, int query);
/// The column of a key: the queries that look at it. Columns need not add up to 1.
ShownReading shownColumn(const Trace& trace, const HeadAddress& head, const ShownTokens& choice, int key);

} // namespace headlight
