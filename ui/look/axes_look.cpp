#include "ui/look/axes_look.h"

namespace headlight {

void setAxesLook(QCustomPlot& plot, const Theme& theme) {
    const Palette& colours = theme.palette;
    plot.setBackground(QBrush(colours.canvas));
    for (QCPAxis* axis : {plot.xAxis2, plot.yAxis2})
        axis->setVisible(false);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(colours.mutedText, 1));
        axis->setTickPen(QPen(colours.mutedText, 1));
        axis->setSubTicks(false);
        axis->setTickLabelColor(colours.mutedText);
        axis->setLabelColor(colours.mutedText);
        axis->setTickLabelFont(theme.small);
        axis->setLabelFont(theme.small);
        axis->grid()->setPen(QPen(colours.hairline, 1));
        axis->grid()->setZeroLinePen(QPen(colours.hairline, 1));
        axis->grid()->setSubGridVisible(false);
    }
}

} // namespace headlight
