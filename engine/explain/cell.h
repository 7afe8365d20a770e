#pragma once

#include "engine/core/head_address.h"

#include <string>
#include <string_view>

namespace headlight {

/// The numbers that stand between a token's vector and what an attention site adds to it. Of each: what
/// `Cell::row` and `Cell::column` mean. "component" counts within d_head, "wide component" within D.
enum class Quantity {
    // given: what the site was handed, and what was learned
    input,        ///< x: token, wide component
    queryWeight,  ///< W_Q: component, wide component of x
    queryBias,    ///< b_Q: 0, component
    keyWeight,    ///< W_K: component, wide component of x
    keyBias,      ///< b_K: 0, component
    valueWeight,  ///< W_V: component, wide component of x
    valueBias,    ///< b_V: 0, component
    outputWeight, ///< W_O: wide component, wide component of the joined contexts
    outputBias,   ///< b_O: 0, wide component
    scale,        ///< 1/sqrt(d_k): 0, 0
    temperature,  ///< 0, 0; 1 unless edited
    positionBias, ///< query, key
    mask,         ///< query, key: 0 or -infinity
    // computed
    query,       ///< q: query, component
    key,         ///< k: key, component
    value,       ///< v: key, component
    dot,         ///< q . k: query, key
    scaled,      ///< times scale: query, key
    score,       ///< with position bias and mask, as the softmax gets it: query, key
    maximum,     ///< of the row of scores: query, 0
    shifted,     ///< score - maximum: query, key
    exponential, ///< exp(shifted): query, key
    rowSum,      ///< of the exponentials: query, 0
    weight,      ///< exponential / row sum: query, key
    context,     ///< c: query, component
    joined,      ///< contexts of all heads side by side: query, wide component
    output,      ///< o = W_O joined + b_O: query, wide component
    residual     ///< y = x + o: query, wide component
};

/// One number of one attention site. `head.head` does not matter to input, joined, output, residual and the
/// output's parameters.
struct Cell {
    Quantity quantity = Quantity::weight;
    HeadAddress head;
    int row = 0;
    int column = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// "weight", "query", "W_Q": for people, and in files.
std::string_view nameOf(Quantity quantity);
/// "a", "q", "W_Q": in formulas.
std::string_view symbolOf(Quantity quantity);
/// Handed over or learned: it comes from nowhere further.
bool isGiven(Quantity quantity);

} // namespace headlight
