#pragma once

#include "engine/explain/shown_map.h"
#include "ui/edits/cell_marks.h"
#include "ui/look/map_labels.h"
#include "ui/look/map_numbers.h"
#include "ui/look/scale_bar.h"
#include "ui/paint/map_geometry.h"
#include "ui/session/selection.h"

#include <QImage>
#include <QPolygonF>
#include <QString>

#include <memory>
#include <vector>

namespace headlight {

/// The lines of the card beside a cell: "it → animal  0.988", "1st of 16 · score 7.94". Empty without such a
/// cell.
struct CellCard {
    QString pair;
    QString weight;
    QString detail;
};

/// Between the words at the left and the map.
constexpr double rowLabelGap = 10;

/// What the layers of the heatmap paint: one head of one trace, laid out for one size. A value without a
/// widget. Tokens are counted as in the trace; `MapCell`s and places as in the shown map, which leaves hidden
/// tokens out and merges words.
struct HeatmapPicture {
    std::shared_ptr<const Trace> trace; ///< null: nothing to show
    HeadAddress head;
    MapContent content; ///< in the place of the head's weights; nothing: these
    int query = -1;     ///< selected
    int key = -1;       ///< selected
    int column = -1;    ///< the key whose column is read, while columns are read
    ReadAxis axis = ReadAxis::query;
    Hover hover;
    bool focused = false;
    bool forFigure = false; ///< on paper no key can be pressed

    Theme theme = lightTheme();
    ShownTokens tokens;
    WeightScale scale = WeightScale::linear;
    std::optional<MapZoom> zoom; ///< as wanted; `map.zoom` is what fits
    double pixelRatio = 1;

    ShownMap shown;
    HeadMarks marks;          ///< what was edited
    std::vector<float> ranks; ///< rank share of each cell, on the rank scale only
    std::vector<MapLabel> labels;
    std::vector<ScaleTick> ticks;
    MapGeometry map;
    double slant = 45;   ///< degrees, of the words at the top; steeper where columns are narrow
    QRectF scaleBar;     ///< the colour scale, without its labels
    int pairStart = -1;  ///< place of the second sentence's first token; -1: one sentence
    QImage cells;        ///< the seen cells, pooled by the engine where there are more cells than pixels
    QRectF overviewRect; ///< of the small map of everything; empty while the map is not zoomed
    QImage overview;     ///< all cells, pooled for it

    const SiteRecord* site() const { return trace ? trace->site(head.stack, head.layer) : nullptr; }
    /// Reads the head's weights and labels; the layout is not touched.
    void read(MapLabels& known);
    /// Finds the places of everything in a picture of this size, and colours the cells that are seen.
    void layOut(QSizeF size);

    int rowOf(int token) const { return placeOf(shown.rows, token); } ///< -1: hidden
    int columnOf(int token) const { return placeOf(shown.columns, token); }
    int tokenOfRow(int row) const;       ///< the first one; -1 when there is no such row
    int tokenOfColumn(int column) const; ///< the first one; -1 when there is no such column
    /// Where the label of a row or column is found by the pointer; -1: at none.
    int rowLabelAt(QPointF point) const;
    int columnLabelAt(QPointF point) const;
    /// The key whose word at the top is bold: of the selected cell, or of the column that is read.
    int markedKey() const { return axis == ReadAxis::key ? column : key; }
    /// The rows that have a word at the left, and where it stands.
    std::vector<int> drawnRowLabels() const;
    QRectF rowLabelRect(int row) const;
    /// The columns that have a word at the top: as many as have room beside each other.
    std::vector<int> drawnColumnLabels() const;
    /// Where the slanted label of a column begins.
    QPointF columnLabelFoot(int column) const;
    /// The slanted rectangle that the letters of a column's label fill.
    QPolygonF columnLabelShape(int column) const;

    CellCard card(MapCell cell) const;
    /// False for a row of numbers that are still to be computed.
    bool isKnown(int row) const;
    /// "masked by hand", "weight painted · key hidden"; empty for a cell that no edit is about.
    QString markNote(MapCell cell) const;
    /// What of the overview stands in the map.
    QRectF overviewPart() const;
    /// What hiding left out of the selected row, that a selected token is hidden; empty when nothing is.
    QString hiddenNote() const;
    /// "zoom 2.3×"; empty for the whole map.
    QString zoomNote() const;

private:
    CellCard cardOfNumbers(MapCell cell) const;
    void layOutOverview();
};

/// The card of two tokens where nothing is hidden or merged.
CellCard cellCard(const Trace& trace, const HeadAddress& head, MapCell cell);

} // namespace headlight
