#include "app/preferences.h"

#include <QSettings>

namespace headlight {

namespace {
constexpr const char* folder = "headlight";
constexpr const char* themeKey = "theme";
constexpr const char* rowOrderKey = "row_order";
constexpr const char* geometryKey = "window_geometry";
constexpr const char* byPosition = "position";
constexpr const char* byWeight = "strongest";
} // namespace

WindowSettings readPreferences() {
    const QSettings stored(folder, folder);
    WindowSettings settings;
    settings.theme = parseThemeName(stored.value(themeKey, toString(settings.theme)).toString());
    settings.rowOrder =
        stored.value(rowOrderKey).toString() == byPosition ? RowOrder::position : RowOrder::strongest;
    settings.geometry = stored.value(geometryKey).toByteArray();
    return settings;
}

void writePreferences(const WindowSettings& settings) {
    QSettings stored(folder, folder);
    stored.setValue(themeKey, toString(settings.theme));
    stored.setValue(rowOrderKey, settings.rowOrder == RowOrder::position ? byPosition : byWeight);
    stored.setValue(geometryKey, settings.geometry);
}

} // namespace headlight
