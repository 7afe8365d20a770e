#include "ui/theme/window_icon.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace headlight {

QIcon windowIcon() {
    QSvgRenderer drawing(QStringLiteral(":/icons/headlight.svg"));
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        drawing.render(&painter);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace headlight
