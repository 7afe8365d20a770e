#pragma once

#include "app/main_window.h"

#include <QStringList>

namespace headlight {

/// What the window remembers about files. A value.
struct FileSettings {
    QStringList recent;   ///< paths, newest first
    QString exportFolder; ///< empty: the home folder
    QString exportFormat = QStringLiteral("png");
    int exportScale = 2; ///< of a PNG, 1 to 4
    friend bool operator==(const FileSettings&, const FileSettings&) = default;
};
FileSettings readFileSettings();
void writeFileSettings(const FileSettings& settings);
constexpr qsizetype mostRecent = 10;

/// What the window remembers, in the user's settings (~/.config/headlight/headlight.conf). What is missing or
/// unreadable is the default. Needs a QApplication.
WindowSettings readPreferences();
void writePreferences(const WindowSettings& settings);

} // namespace headlight
