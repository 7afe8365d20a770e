#pragma once

#include "app/main_window.h"

#include <QStringList>

namespace headlight {

FileSettings readFileSettings();
void writeFileSettings(const FileSettings& settings);
constexpr qsizetype mostRecent = 10;

/// What the window remembers, in the user's settings (~/.config/headlight/headlight.conf). What is missing or
/// unreadable is the default. Needs a QApplication.
WindowSettings readPreferences();
void writePreferences(const WindowSettings& settings);
/// How large everything is drawn, in percent of the usual; one of windowSizes(). Needs no QApplication: it is
/// read before there is one.
int readSizePercent();

} // namespace headlight
