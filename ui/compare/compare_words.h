#pragma once

#include "engine/explain/comparison.h"
#include "ui/paint/map_geometry.h"

#include <QString>

namespace headlight {

/// The two passes and heads that are compared. Null: not there.
struct ComparedSides {
    std::shared_ptr<const Trace> a, b;
    HeadAddress headA, headB;
};

/// "tired", or "tired / wide" where one stands in the place of the other.
QString placeName(const ComparedSides& sides, const ComparedPlace& place);
/// The word of one side alone; empty where it has none.
QString placeNameOfA(const ComparedSides& sides, const ComparedPlace& place);
QString placeNameOfB(const ComparedSides& sides, const ComparedPlace& place);

/// "reader · L1 H0 · no edits".
QString sideInWords(const Trace& trace, const HeadAddress& head);

/// "+0.957", "−0.957", "0": what A has more than B.
QString differenceText(float difference);
/// "0.083 bits".
QString bitsText(double bits);

/// "it → animal    A 0.988    B 0.031    A − B +0.957"; a cell that one side does not have says so.
QString cellInWords(const ComparedSides& sides, const Comparison& comparison, MapCell cell);
/// How far apart the row of a place is, and how much of it lies on keys that cannot be compared.
QString rowInWords(const ComparedSides& sides, const Comparison& comparison, int row);
/// The overall distance and the cell that differs most: "it → animal: 0.988 against 0.031".
QString summaryInWords(const ComparedSides& sides, const Comparison& comparison);

} // namespace headlight
