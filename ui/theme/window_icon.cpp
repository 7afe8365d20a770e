#include "ui/theme/window_icon.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmap>

#include <array>

namespace headlight {

QIcon windowIcon() {
    constexpr int cells = 4;
    constexpr std::array<float, cells * cells> weights{0.7F, 0.1F, 0.1F, 0.1F, 0.2F, 0.6F, 0.1F, 0.1F,
                                                       0.0F, 1.0F, 0.0F, 0.0F, 0.3F, 0.1F, 0.2F, 0.4F};
    const ColourScale scale = lightTheme().weights;
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        const int cell = side / cells;
        const int gap = side >= 32 ? side / 32 : 0;
        for (int row = 0; row < cells; ++row)
            for (int column = 0; column < cells; ++column)
                painter.fillRect(
                    column * cell, row * cell, cell - gap, cell - gap,
                    QColor::fromRgb(scale.colour(weights[static_cast<size_t>(row * cells + column)])));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace headlight
