#include "ui/heads/off_marks.h"

#include "engine/edits/site_edits.h"

#include <QPainter>

namespace headlight {

std::optional<OffContext> offContext(const Edits& edits, const HeadAddress& head) {
    const SiteEdits site(edits, head.stack, head.layer);
    const HeadEdits own = site.of(head.head);
    const auto* off = own.find<SwitchOff>();
    return off ? std::optional(off->context) : std::nullopt;
}

std::vector<HeadAddress> offHeads(const std::vector<HeadGrid>& grids, const Edits& edits) {
    std::vector<HeadAddress> heads;
    if (edits.empty())
        return heads;
    for (const HeadGrid& grid : grids)
        for (int layer = 0; layer < grid.geometry.layers; ++layer)
            for (int head = 0; head < grid.geometry.heads; ++head)
                if (const HeadAddress address{grid.stack, layer, head}; offContext(edits, address))
                    heads.push_back(address);
    return heads;
}

void paintOffHeads(QPainter& painter, const std::vector<HeadGrid>& grids, const Edits& edits,
                   const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const HeadAddress& head : offHeads(grids, edits))
        for (const HeadGrid& grid : grids) {
            if (grid.stack != head.stack)
                continue;
            const QRectF cell = grid.geometry.cell(head.layer, head.head);
            QColor veil = theme.palette.panel;
            veil.setAlpha(150);
            painter.fillRect(cell, veil);
            const bool isZero = offContext(edits, head) == OffContext::zero;
            painter.setPen(QPen(theme.palette.text, 1.6));
            painter.drawLine(cell.bottomLeft(), cell.topRight());
            if (isZero)
                painter.drawLine(cell.topLeft(), cell.bottomRight());
        }
    painter.restore();
}

} // namespace headlight
