#pragma once

#include "engine/core/tensor.h"
#include "engine/core/view_choices.h"
#include "engine/trace/trace.h"

#include <vector>

namespace headlight {

/// One row or column of a shown map: the tokens [first, last] that stand there, more than one only where the
/// pieces of a word are merged.
struct ShownToken {
    int first = 0;
    int last = 0;
    bool special = false;
    friend bool operator==(const ShownToken&, const ShownToken&) = default;
};

/// The tokens that are shown, in order.
std::vector<ShownToken> shownTokens(const Trace& trace, const ShownTokens& choice);
/// The place of a token among them; -1 when it is hidden.
int placeOf(const std::vector<ShownToken>& shown, int token);
/// The place of the first shown token of the second sentence, behind which everything belongs to it; -1 when
/// there is no second sentence, or nothing of it or before it is shown.
int pairStart(const Trace& trace, const std::vector<ShownToken>& shown);

/// The weights of one head as they are shown. Where nothing is merged each is the very float of the record;
/// a merged key's weights are summed, a merged query's rows averaged (in double). Nothing is rescaled: what
/// lies on hidden keys is in `hidden`, and a row with its hidden share adds up to what the record's row adds
/// up to.
struct ShownMap {
    std::vector<ShownToken> rows;    ///< queries
    std::vector<ShownToken> columns; ///< keys
    Tensor<float> weights;           ///< (rows, columns)
    std::vector<double> hidden;      ///< a row: the share of its weight on keys that are not shown, 0 to 1
};

/// Empty when that head was not recorded, or not over these tokens.
ShownMap shownMap(const Trace& trace, const HeadAddress& head, const ShownTokens& choice);
/// Of any numbers between the tokens, (n, n): row = the one they belong to, column = the one they lie on.
/// Empty when they are not over these tokens.
ShownMap shownNumbers(const Trace& trace, const Tensor<float>& numbers, const ShownTokens& choice);
/// The column of the largest number of a row, the first of equal ones; -1 when there is none.
int strongestColumn(const ShownMap& map, int row);

} // namespace headlight
