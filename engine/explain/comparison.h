#pragma once

#include "engine/core/tensor.h"
#include "engine/explain/alignment.h"
#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace headlight {

/// One row or column that A and B share, or that one of them has alone.
struct ComparedPlace {
    std::optional<ShownToken> a; ///< nothing: A has no such word
    std::optional<ShownToken> b;
    AlignedKind kind = AlignedKind::equal;

    /// Only the same word on both sides is compared: of a replaced one, A and B are about different words.
    bool matched() const { return kind == AlignedKind::equal; }
};

/// How far apart the row of one query is in A and in B.
struct RowDistance {
    /// Jensen-Shannon divergence (Lin 1991) in bits: 0 for equal rows, 1 where no key has weight in both. Its
    /// outcomes are the matched keys that are shown, and one more: everything else (keys without a partner,
    /// hidden keys), so that nothing is rescaled. Lumping them can only make it smaller, never larger.
    /// Nothing where the row has no partner.
    std::optional<double> bits;
    double elsewhereA = 0; ///< share of A's row that is not on matched, shown keys
    double elsewhereB = 0;
    int largest = -1; ///< the column of the largest |difference|, the first of equal ones; -1: none
};

/// A cell of the common map by its place.
struct ComparedCell {
    int row = 0;
    int column = 0;
    float a = 0;
    float b = 0;
    float difference = 0; ///< a - b
};

/// One head of one pass beside another head, or pass: A | B | A - B over a common list of rows and columns.
struct Comparison {
    std::vector<ComparedPlace> rows;    ///< queries
    std::vector<ComparedPlace> columns; ///< keys
    Tensor<float> a;                    ///< (rows, columns); NaN where A has no such cell
    Tensor<float> b;
    Tensor<float> difference;           ///< a - b; NaN unless row and column are matched: no number, not 0
    std::vector<RowDistance> distances; ///< one a row
    std::optional<double> bits;         ///< mean of the rows that have one
    int unmatchedRows = 0;
    /// Rows and columns are whole words although pieces are shown: two models cut the text differently.
    bool byWords = false;
    std::optional<ComparedCell> largest; ///< the largest |difference|; the first of equal ones
    /// Where the colours of the difference end: the smallest of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1 that no
    /// |difference| exceeds; 1 where nothing differs.
    float scaleEnd = 1;

    bool empty() const { return rows.empty(); }
    bool hasA(int row, int column) const;
    bool hasB(int row, int column) const;
    bool isMatched(int row, int column) const;
};

/// Tokens of two models are matched as the text spells them; where those cut it differently, by whole words.
/// `choice` says which tokens are shown, in both. Empty when one of the heads was not recorded over its
/// tokens.
Comparison compared(const Trace& a, const HeadAddress& headA, const Trace& b, const HeadAddress& headB,
                    const ShownTokens& choice = {});

/// The `count` matched cells with the largest |difference|, largest first (ties by place).
std::vector<ComparedCell> largestDifferences(const Comparison& comparison, int count);

/// Where a token of A, or of B, stands among these places; -1: it is hidden.
int placeOfA(const std::vector<ComparedPlace>& places, int token);
int placeOfB(const std::vector<ComparedPlace>& places, int token);

} // namespace headlight
