#include "ui/steps/steps_figure.h"

#include "ui/formula/formula_painter.h"
#include "ui/steps/array_painter.h"
#include "ui/steps/stage_text.h"

#include <QPainter>

#include <algorithm>

namespace headlight {

namespace {
constexpr int margin = 24;
constexpr double em = 22;

/// Where the parts of the figure stand.
struct Places {
    QRectF title, sentences;
    std::shared_ptr<const Formula> formula;
    FormulaLayout formulaLayout;
    QPointF formulaAt;
    SubstitutedLayout line;
    QPointF lineAt;
    StageGeometry arrays;
    QPointF arraysAt;
    double bottom = 0;
};

Places placesOf(int width, const Stage& stage, const StageLook& look, FormulaLibrary& library) {
    Places places;
    const double room = std::max(200, width - 2 * margin);
    double top = margin;
    places.title = {margin, top, room, QFontMetricsF(look.theme.large).height()};
    top = places.title.bottom() + 6;
    const QRectF text = QFontMetricsF(look.theme.body)
                            .boundingRect(QRectF(0, 0, room, 1000), Qt::TextWordWrap, sentencesOf(stage));
    places.sentences = {margin, top, room, text.height()};
    top = places.sentences.bottom() + 14;
    places.formula = library.formula(formulaOf(stage, look.depth), look.theme.name);
    if (places.formula && !places.formula->empty()) {
        const std::vector<FormulaNumber> numbers = formulaNumbers(stage, look.depth, look.digits);
        places.formulaLayout = layOutFormula(*places.formula, numbers, em, look.theme.small, room);
        if (places.formulaLayout.size.width() > room)
            places.formulaLayout = layOutFormula(
                *places.formula, numbers, em * room / places.formulaLayout.size.width(), look.theme.small);
        places.formulaAt = {margin, top};
        top += places.formulaLayout.size.height() + 8;
    }
    if (const MathLine line = substitutedLine(stage, look.depth, look.digits); !line.empty()) {
        places.line = layOutLine(line, look.theme.body, room);
        places.lineAt = {margin, top};
        top += places.line.size.height() + 8;
    }
    places.arrays = layOutArrays(shapesOf(stage), room, look.numbers);
    places.arraysAt = {margin, top + 6};
    places.bottom = top + 6 + places.arrays.size.height() + margin / 2;
    return places;
}
} // namespace

int heightOf(int width, const Stage& stage, const StageLook& look, FormulaLibrary& library) {
    return static_cast<int>(placesOf(width, stage, look, library).bottom) + 1;
}

void paintStage(QPainter& painter, QSize size, const Stage& stage, const StageLook& look,
                FormulaLibrary& library) {
    const Places places = placesOf(size.width(), stage, look, library);
    const QRectF whole(QPointF(0, 0), QSizeF(size));
    painter.fillRect(whole, look.theme.palette.canvas);
    painter.save();
    painter.setClipRect(whole);
    painter.setFont(look.theme.large);
    painter.setPen(look.theme.palette.text);
    painter.drawText(places.title, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, titleOf(stage));
    painter.setFont(look.theme.body);
    painter.drawText(places.sentences, Qt::TextWordWrap, sentencesOf(stage));
    if (places.formula && !places.formula->empty()) {
        painter.save();
        painter.translate(places.formulaAt);
        paintFormula(painter, *places.formula, places.formulaLayout, look.theme);
        painter.restore();
    }
    paintLine(painter, places.line, look.theme.body, look.theme, places.lineAt);
    painter.translate(places.arraysAt);
    ArrayLook arrays;
    arrays.theme = look.theme;
    arrays.numbers = look.numbers;
    arrays.digits = look.digits;
    arrays.vectors = true;
    paintArrays(painter, stage, places.arrays, arrays, whole.translated(-places.arraysAt));
    painter.restore();
}

} // namespace headlight
