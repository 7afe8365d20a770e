#include "app/commands/application.h"

#include "app/preferences.h"

#include <array>
#include <iostream>

namespace headlight {

namespace {
bool isSet(const char* variable) {
    return !qEnvironmentVariableIsEmpty(variable);
}

/// Qt's remarks about a machine without a desktop are no news to somebody who runs a command there.
void sayErrorsOnly(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::cerr << message.toStdString() << std::endl;
}

/// Which of Qt's platforms to try, in order; a display that does not answer must not end the program.
QByteArray platforms(Application::Screen screen) {
    if (screen == Application::Screen::none)
        return "offscreen";
    QByteArray list;
    if (isSet("WAYLAND_DISPLAY"))
        list += "wayland;";
    if (isSet("DISPLAY"))
        list += "xcb;";
    return list + "offscreen";
}
} // namespace

Application::Application(Screen screen) {
    if (QCoreApplication::instance())
        return;
    if (screen == Screen::none || !isSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", platforms(screen));
    if (screen == Screen::none || (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY")))
        qInstallMessageHandler(sayErrorsOnly);
    if (screen == Screen::display && !isSet("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(readSizePercent() / 100.0));
    static std::array<char, 10> name{"headlight"};
    static std::array<char*, 2> words{name.data(), nullptr};
    static int count = 1;
    m_own = std::make_unique<QApplication>(count, words.data());
    // One look on every desktop: the palette and the style sheet are made for this style.
    QApplication::setStyle(QStringLiteral("Fusion"));
    QCoreApplication::setApplicationName("headlight");
    QGuiApplication::setApplicationDisplayName("Headlight");
    QGuiApplication::setDesktopFileName("headlight"); // Wayland takes the window's icon from there
}

Application::~Application() = default;

bool Application::hasDisplay() const {
    const QString platform = QGuiApplication::platformName();
    return platform != "offscreen" && platform != "minimal";
}

} // namespace headlight
