#pragma once

#include "engine/files/workspace.h"
#include "engine/trace/trace.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

#include <filesystem>
#include <functional>
#include <optional>

class QCPPainter;

namespace headlight {

/// Figures of one view alone, for papers and slides. The ending of the path chooses the format: .png, .svg or
/// .pdf; cells up to 64 x 64 are vectors in the last two. `size` is in logical pixels; a PNG has `scale`
/// times as many. The file is written whole or not at all, and carries the workspace that is given with it
/// (engine/files/recipe.h). All throw RequestError (another ending, a head that the trace does not have) and
/// FileError. Needs a QApplication; no display.

/// What can be made a figure of: a view that paints itself for any size, in logical pixels from (0, 0).
struct FigureSource {
    std::function<void(QCPPainter& painter, QSize size)> paint;
    QSize size; ///< as on the screen
};
struct FigureFile {
    std::filesystem::path path;
    QSize size;
    double scale = 2;
    std::optional<Workspace> workspace;
};
/// The same above a line that says what it shows: "reader · L1 H2 · The animal …"; no head: of no single one.
FigureSource withCaption(FigureSource source, const Trace& trace, const std::optional<HeadAddress>& head,
                         const Theme& theme);
void saveFigure(const FigureSource& source, const FigureFile& file);

/// The same in two steps: painting belongs to the window's thread, what follows can be done on any.
struct PaintedFigure {
    std::filesystem::path path;
    QImage image;       ///< of a PNG, not encoded yet
    QByteArray drawing; ///< of an SVG (still without its workspace) or a PDF
    std::optional<Workspace> workspace;
};
PaintedFigure paintFigure(const FigureSource& source, const FigureFile& file);
void writeFigure(const PaintedFigure& figure);

/// One head as the window shows it under these choices.
struct HeadFigure {
    HeadAddress head;
    int query = -1;
    ViewChoices shown;
    Theme theme;
};
/// Its map; the row of `query` (or -1) is outlined.
void renderHeatmap(const Trace& trace, const HeadFigure& figure, const FigureFile& file);
/// It and the pinned heads as lines from words to words; the lines of `query` (or -1: of the first word)
/// stand out.
void renderLines(const Trace& trace, const HeadFigure& figure, const FigureFile& file);
/// All heads of its stack: how alike they are and the plot of two metrics, the head itself marked.
void renderAlike(const Trace& trace, const HeadFigure& figure, const FigureFile& file);
/// Rollout or attention flow, as `figure.shown.derived` says; the head counts as selected.
void renderDerived(const Trace& trace, const HeadFigure& figure, const FigureFile& file);
/// Every head as a thumbnail, square-root scale stated above.
void renderHeads(const Trace& trace, const Theme& theme, const FigureFile& file);
/// Any picture as PNG, whole or not at all.
void savePicture(const QImage& picture, const std::filesystem::path& path,
                 const std::optional<Workspace>& workspace = {});

} // namespace headlight
