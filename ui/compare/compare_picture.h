#pragma once

#include "ui/compare/compare_words.h"
#include "ui/look/map_labels.h"
#include "ui/paint/map_geometry.h"
#include "ui/theme/theme.h"

#include <QImage>

#include <array>
#include <optional>
#include <vector>

namespace headlight {

/// What the Compare page paints: A | B | A - B over common rows and columns, laid out for one size. A value
/// without a widget. Cells are counted in the common list; -1: no row, no column.
struct ComparePicture {
    enum Part { partA, partB, partDifference };
    static constexpr std::array parts{partA, partB, partDifference};

    ComparedSides sides;
    Comparison comparison; ///< empty: nothing to show
    QString problem;       ///< why there is nothing, in a sentence
    MapCell selected{-1, -1};
    MapCell hover{-1, -1};
    bool focused = false;

    Theme theme = lightTheme();
    WeightScale scale = WeightScale::linear; ///< of A and B; a rank is one among the weights of both
    std::optional<MapZoom> zoom;             ///< as wanted; that of the maps is what fits
    double pixelRatio = 1;

    std::vector<MapLabel> rowLabels;
    std::array<std::vector<MapLabel>, 3> columnLabels; ///< without a text where the part has no such column
    std::vector<float> weights;      ///< of A and then of B, NaN where there is none; on the rank scale only
    std::vector<float> ranks;        ///< their rank shares
    std::array<MapGeometry, 3> maps; ///< of equal size, side by side
    std::array<QImage, 3> cells;
    QRectF distances;  ///< room for one bar a row, as long as 1 bit
    double slant = 60; ///< degrees, of the words at the top

    /// Makes the labels; the layout is not touched.
    void read(MapLabels& known);
    /// Finds the places of everything in a picture of this size, and colours the cells that are seen.
    void layOut(QSizeF size);

    int rows() const { return static_cast<int>(comparison.rows.size()); }
    int columns() const { return static_cast<int>(comparison.columns.size()); }
    bool isShown() const { return !comparison.empty() && maps[partA].rows > 0; }
    bool has(MapCell cell) const { return maps[partA].has(cell); }
    /// Whether that part has a number there, or else is hatched.
    bool hasRow(Part part, int row) const;
    bool hasColumn(Part part, int column) const;
    /// The cell under the point, in whichever map.
    std::optional<MapCell> cellAt(QPointF point) const;
    /// The row whose word or bar is under the point; -1: none.
    int rowAt(QPointF point) const;
    /// The cell that is told about: under the pointer, else selected, else the one that differs most in the
    /// row, or of all. A row of a word that only one side has has none.
    MapCell toldCell() const;

    std::vector<int> drawnRowLabels() const;
    std::vector<int> drawnColumnLabels(Part part) const;
    QPointF columnLabelFoot(Part part, int column) const;

private:
    QImage image(Part part) const;
    void rankWeights();
};

} // namespace headlight
