#pragma once

#include "engine/core/view_choices.h"
#include "engine/explain/steps.h"
#include "ui/render/figure.h"
#include "ui/steps/steps_figure.h"

namespace headlight {

/// One stage of the steps to one row of a head.
struct StageFigure {
    StepsQuestion question;
    StepsPlace place; ///< which stage; one that this row does not have becomes the one before it
    StageLook look;
};
/// As the Steps page shows it: title, sentences, formula with its numbers, arrays. A height of 0 is as high
/// as it takes. Throws RequestError (a trace without the details of that site, another ending) and FileError.
void renderStage(const Trace& trace, const Model& model, const StageFigure& figure, const FigureFile& file);

} // namespace headlight
