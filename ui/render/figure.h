#pragma once

#include "engine/core/view_choices.h"
#include "engine/trace/trace.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QSize>

#include <filesystem>

namespace headlight {

/// Figures of one view alone, for papers and slides. The ending of the path chooses the format: .png, .svg or
/// .pdf; cells up to 64 x 64 are vectors in the last two. `size` is in logical pixels; a PNG has `scale`
/// times as many. The file is written whole or not at all. Throws RequestError (another ending, a head that
/// the trace does not have) and FileError. Needs a QApplication; no display.

/// The map of one head as the window shows it. `query` (or -1) is outlined.
void renderHeatmap(const Trace& trace, const HeadAddress& head, int query, const Theme& theme, QSize size,
                   const std::filesystem::path& path, double scale = 2);
/// One head and the pinned ones as lines from words to words. The lines of `query` (or -1: of the first word)
/// stand out.
void renderLines(const Trace& trace, const HeadAddress& head, int query, const ViewChoices& choices,
                 const Theme& theme, QSize size, const std::filesystem::path& path, double scale = 2);
/// Every head as a thumbnail, square-root scale stated above.
void renderHeads(const Trace& trace, const Theme& theme, QSize size, const std::filesystem::path& path,
                 double scale = 2);
/// Any picture as PNG, whole or not at all.
void savePicture(const QImage& picture, const std::filesystem::path& path);

} // namespace headlight
