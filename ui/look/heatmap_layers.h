#pragma once

#include "ui/look/custom_plot.h"
#include "ui/look/heatmap_picture.h"

namespace headlight {

/// The cells of the map as a plottable: one image on the screen, single rectangles in a vector file up to 64
/// x 64.
class HeatmapCells : public QCPAbstractPlottable {
    Q_OBJECT
public:
    HeatmapCells(QCPAxis* keyAxis, QCPAxis* valueAxis, const HeatmapPicture& picture)
        : QCPAbstractPlottable(keyAxis, valueAxis), m_picture(picture) {}

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

private:
    const HeatmapPicture& m_picture;
};

/// A part of the picture that is painted over the cells.
class HeatmapLayerable : public QCPLayerable {
    Q_OBJECT
public:
    using Paint = void (*)(QCPPainter&, const HeatmapPicture&, QRectF viewport);
    HeatmapLayerable(QCustomPlot* plot, const QString& layer, const HeatmapPicture& picture, Paint paint)
        : QCPLayerable(plot, layer), m_picture(picture), m_paint(paint) {}

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override;

private:
    const HeatmapPicture& m_picture;
    Paint m_paint;
};

/// Words at both axes, titles, the colour scale, notes; what is selected.
void paintLabelsAndMarks(QCPPainter& painter, const HeatmapPicture& picture, QRectF viewport);
/// What the pointer rests on, laid over all of that: frames, its words bold, the card of the cell.
void paintHover(QCPPainter& painter, const HeatmapPicture& picture, QRectF viewport);

} // namespace headlight
