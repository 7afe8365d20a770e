#include "ui/render/stage_figure.h"

#include "ui/look/custom_plot.h"
#include "ui/steps/stage_text.h"

#include <algorithm>

namespace headlight {

void renderStage(const Trace& trace, const Model& model, const StageFigure& figure, const FigureFile& file) {
    const Steps all = steps(trace, model, figure.question);
    const Stage& stage = all.stages[static_cast<size_t>(std::max(0, stageIndex(all, figure.place.stage)))];
    FormulaLibrary library;
    const auto paint = [&](QCPPainter& painter, QSize size) {
        paintStage(painter, size, stage, figure.look, library);
    };
    FigureFile sized = file;
    if (sized.size.height() == 0)
        sized.size.setHeight(heightOf(file.size.width(), stage, figure.look, library));
    const FigureSource source =
        withCaption({paint, sized.size}, trace, figure.question.head, figure.look.theme);
    if (file.size.height() == 0)
        sized.size = source.size;
    saveFigure(source, sized);
}

} // namespace headlight
