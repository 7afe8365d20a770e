#include "ui/theme/window_icon.h"

#include <QDir>
#include <QGuiApplication>
#include <QPixmap>

#include <iostream>

/// headlight_icons FOLDER: writes the program's icon as FOLDER/{16x16,...}/apps/headlight.png, the layout of
/// an icon theme. Run while building; needs no display.
int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    if (argc != 2) {
        std::cerr << "usage: headlight_icons FOLDER\n";
        return 2;
    }
    const QIcon icon = headlight::windowIcon();
    for (const QSize size : icon.availableSizes()) {
        const QDir folder(
            QStringLiteral("%1/%2x%2/apps").arg(QString::fromLocal8Bit(argv[1])).arg(size.width()));
        if (!folder.mkpath(".") || !icon.pixmap(size).save(folder.filePath("headlight.png"))) {
            std::cerr << "headlight_icons: cannot write " << folder.path().toStdString() << "\n";
            return 1;
        }
    }
    return 0;
}
