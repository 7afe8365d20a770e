#include "ui/heads/pin_marks.h"

#include "ui/theme/pinned_colours.h"

#include <QPainter>

#include <algorithm>

namespace headlight {

void paintPins(QPainter& painter, const std::vector<HeadGrid>& grids, const std::vector<PinnedHead>& pinned,
               const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const PinnedHead& each : pinned)
        for (const HeadGrid& grid : grids) {
            const HeadGridGeometry& geometry = grid.geometry;
            const HeadAddress& head = each.head;
            if (head.stack != grid.stack || head.layer < 0 || head.layer >= geometry.layers ||
                head.head < 0 || head.head >= geometry.heads)
                continue;
            const QRectF cell = geometry.cell(head.layer, head.head);
            const QColor colour = pinnedColour(each.colour, theme);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colour, 1.6));
            painter.drawRoundedRect(cell.adjusted(-0.8, -0.8, 0.8, 0.8), 2, 2);
            const double radius = std::min(4.5, geometry.thumbnail / 4);
            painter.setPen(QPen(theme.palette.panel, 1.5));
            painter.setBrush(colour);
            painter.drawEllipse(cell.topRight() + QPointF(-1, 1), radius, radius);
        }
    painter.restore();
}

} // namespace headlight
