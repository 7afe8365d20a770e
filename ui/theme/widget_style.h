#pragma once

#include "ui/theme/theme.h"

#include <QPalette>
#include <QString>

namespace headlight {

/// Colours of Qt's own widgets (menus, dialogs, tooltips).
QPalette widgetPalette(const Theme& theme);
/// Shapes and spacing of Qt's own widgets; set once on the main window.
QString widgetStyle(const Theme& theme);

} // namespace headlight
