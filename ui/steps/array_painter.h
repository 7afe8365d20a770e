#pragma once

#include "engine/explain/steps.h"
#include "ui/steps/array_geometry.h"
#include "ui/theme/theme.h"

#include <QString>

class QPainter;

namespace headlight {

/// How the arrays of a stage are drawn.
struct ArrayLook {
    Theme theme = lightTheme();
    bool numbers = false; ///< a number in every cell
    int digits = 4;
    int terms = -1; ///< so many terms of the sum are there yet; -1: all
    std::optional<ArrayPlace> hover;
    std::optional<ArrayPlace> picked; ///< the number that is explained
    bool focused = false;
    bool vectors = false; ///< for figures: small matrices cell by cell, whatever their size
};

std::vector<ArrayShape> shapesOf(const Stage& stage);
/// The place of the number that the stage's question is about, in its last array that has one.
std::optional<ArrayPlace> markedPlace(const Stage& stage);
/// Which array holds this number, and where; nothing when none does.
std::optional<ArrayPlace> placeOf(const Stage& stage, const Cell& cell);

/// Draws the part inside `clip`; the geometry is that of this stage.
void paintArrays(QPainter& painter, const Stage& stage, const StageGeometry& geometry, const ArrayLook& look,
                 const QRectF& clip);

/// "component 9 of the query of “it”", "animal": where in its array a number stands.
QString placeText(const StepArray& array, int row, int column);
/// A number in words: "query of “it” 9: −2.024"; for products, what was multiplied.
QString cellText(const Stage& stage, const ArrayPlace& place, int digits);

} // namespace headlight
