#pragma once

#include "engine/trace/trace.h"
#include "ui/paint/map_geometry.h"
#include "ui/session/selection.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QString>

#include <memory>
#include <vector>

namespace headlight {

/// What the layers of the heatmap paint: one head of one trace, laid out for one size. A value without a
/// widget.
struct HeatmapPicture {
    std::shared_ptr<const Trace> trace; ///< null: nothing to show
    HeadAddress head;
    int query = -1; ///< selected
    int key = -1;
    Hover hover;
    bool focused = false;

    Theme theme = lightTheme();
    QImage cells; ///< one pixel a cell
    std::vector<QString> labels;
    std::vector<double> labelWidths;
    MapGeometry map;
    QRectF scaleBar; ///< the colour scale, without its labels

    const SiteRecord* site() const { return trace ? trace->site(head.stack, head.layer) : nullptr; }
    /// Reads labels and cells of the trace; the layout is not touched.
    void readLabels();
    void readCells();
    /// Finds the places of everything in a picture of this size.
    void layOut(QSizeF size);
};

/// The two lines of the card beside a cell: "it → animal  0.988" and "1st of 16 · score 7.94". Empty without
/// such a cell.
struct CellCard {
    QString pair;
    QString weight;
    QString detail;
};
CellCard cellCard(const Trace& trace, const HeadAddress& head, MapCell cell);

} // namespace headlight
