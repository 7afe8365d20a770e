#pragma once

#include "engine/core/view_choices.h"
#include "engine/explain/steps.h"
#include "ui/formula/formula_library.h"
#include "ui/theme/theme.h"

#include <QSize>

class QPainter;

namespace headlight {

struct StageLook {
    Theme theme;
    StepsDepth depth = StepsDepth::arithmetic;
    int digits = 4;
    bool numbers = false;
};

/// One stage as a figure: title, sentences, formula with its numbers, the substituted line, the arrays. What
/// does not fit is cut at the lower edge; `heightOf` says how high it wants to be.
void paintStage(QPainter& painter, QSize size, const Stage& stage, const StageLook& look,
                FormulaLibrary& library);
int heightOf(int width, const Stage& stage, const StageLook& look, FormulaLibrary& library);

} // namespace headlight
