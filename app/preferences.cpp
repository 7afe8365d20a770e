#include "app/preferences.h"

#include <QSettings>

#include <algorithm>

namespace headlight {

namespace {
constexpr const char* folder = "headlight";
constexpr const char* themeKey = "theme";
constexpr const char* rowOrderKey = "row_order";
constexpr const char* sizeKey = "size_percent";
constexpr const char* geometryKey = "window_geometry";
constexpr const char* byPosition = "position";
constexpr const char* pageKey = "page";
constexpr const char* depthKey = "steps_depth";
constexpr const char* motionKey = "reduced_motion";
constexpr const char* viewKey = "view";
constexpr const char* mapView = "map";
constexpr const char* linesView = "lines";
constexpr const char* headsView = "heads";
constexpr const char* derivedView = "derived";
constexpr const char* scaleKey = "scale";
constexpr const char* specialKey = "show_special_tokens";
constexpr const char* firstKey = "show_first_token";
constexpr const char* wordsKey = "merge_words";
constexpr const char* evidenceKey = "evidence";
constexpr const char* byWeight = "strongest";
constexpr const char* recentKey = "recent_files";
constexpr const char* exportFolderKey = "export_folder";
constexpr const char* exportFormatKey = "export_format";
constexpr const char* exportScaleKey = "export_scale";
} // namespace

WindowSettings readPreferences() {
    const QSettings stored(folder, folder);
    WindowSettings settings;
    settings.theme = parseThemeName(stored.value(themeKey, toString(settings.theme)).toString());
    settings.rowOrder =
        stored.value(rowOrderKey).toString() == byPosition ? RowOrder::position : RowOrder::strongest;
    settings.shown.page =
        static_cast<Page>(std::clamp(stored.value(pageKey).toInt(), 0, static_cast<int>(Page::compare)));
    settings.shown.steps.depth = static_cast<StepsDepth>(
        std::clamp(stored.value(depthKey, static_cast<int>(StepsDepth::arithmetic)).toInt(), 0,
                   static_cast<int>(StepsDepth::code)));
    settings.reducedMotion = stored.value(motionKey, false).toBool();
    const QString view = stored.value(viewKey).toString();
    settings.shown.view = view == linesView     ? ViewKind::lines
                          : view == headsView   ? ViewKind::heads
                          : view == derivedView ? ViewKind::derived
                                                : ViewKind::map;
    settings.shown.scale = static_cast<WeightScale>(
        std::clamp(stored.value(scaleKey).toInt(), 0, static_cast<int>(WeightScale::rank)));
    settings.shown.tokens = {stored.value(specialKey, true).toBool(), stored.value(firstKey, true).toBool(),
                             stored.value(wordsKey, false).toBool()};
    settings.shown.evidence.shown = stored.value(evidenceKey, false).toBool();
    settings.sizePercent = readSizePercent();
    settings.geometry = stored.value(geometryKey).toByteArray();
    return settings;
}

int readSizePercent() {
    const int stored = QSettings(folder, folder).value(sizeKey, 100).toInt();
    const std::vector<int>& sizes = windowSizes();
    return std::find(sizes.begin(), sizes.end(), stored) != sizes.end() ? stored : 100;
}

void writePreferences(const WindowSettings& settings) {
    QSettings stored(folder, folder);
    stored.setValue(themeKey, toString(settings.theme));
    stored.setValue(rowOrderKey, settings.rowOrder == RowOrder::position ? byPosition : byWeight);
    stored.setValue(pageKey, static_cast<int>(settings.shown.page));
    stored.setValue(depthKey, static_cast<int>(settings.shown.steps.depth));
    stored.setValue(motionKey, settings.reducedMotion);
    stored.setValue(viewKey, settings.shown.view == ViewKind::lines     ? linesView
                             : settings.shown.view == ViewKind::heads   ? headsView
                             : settings.shown.view == ViewKind::derived ? derivedView
                                                                        : mapView);
    stored.setValue(scaleKey, static_cast<int>(settings.shown.scale));
    stored.setValue(specialKey, settings.shown.tokens.special);
    stored.setValue(firstKey, settings.shown.tokens.first);
    stored.setValue(wordsKey, settings.shown.tokens.mergeWords);
    stored.setValue(evidenceKey, settings.shown.evidence.shown);
    stored.setValue(sizeKey, settings.sizePercent);
    stored.setValue(geometryKey, settings.geometry);
}

FileSettings readFileSettings() {
    const QSettings stored(folder, folder);
    const FileSettings usual;
    FileSettings settings;
    settings.recent = stored.value(recentKey).toStringList().mid(0, mostRecent);
    settings.exportFolder = stored.value(exportFolderKey).toString();
    settings.exportFormat = stored.value(exportFormatKey, usual.exportFormat).toString();
    if (!QStringList{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf"),
                     QStringLiteral("csv"), QStringLiteral("json")}
             .contains(settings.exportFormat))
        settings.exportFormat = usual.exportFormat;
    settings.exportScale = stored.value(exportScaleKey, usual.exportScale).toInt();
    if (settings.exportScale < 1 || settings.exportScale > 4)
        settings.exportScale = usual.exportScale;
    return settings;
}

void writeFileSettings(const FileSettings& settings) {
    QSettings stored(folder, folder);
    stored.setValue(recentKey, settings.recent);
    stored.setValue(exportFolderKey, settings.exportFolder);
    stored.setValue(exportFormatKey, settings.exportFormat);
    stored.setValue(exportScaleKey, settings.exportScale);
}

} // namespace headlight
