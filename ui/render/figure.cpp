#include "ui/render/figure.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/recipe.h"
#include "ui/allheads/all_heads_view.h"
#include "ui/derived/derived_view.h"
#include "ui/heads/head_painter.h"
#include "ui/lines/lines_view.h"
#include "ui/look/heatmap_view.h"
#include "ui/paint/edit_words.h"
#include "ui/paint/token_labels.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>
#include <functional>

namespace headlight {

namespace {
using Paint = std::function<void(QCPPainter&)>;

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QString figureTitle() {
    return QCoreApplication::translate("Figure", "Attention weights, by Headlight");
}

QByteArray pngBytes(const QImage& image, const std::filesystem::path& path) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (image.isNull() || !image.save(&buffer, "PNG"))
        throw FileError(path.string(), "the picture could not be made; is it too large?");
    return bytes;
}

void paintOn(QPaintDevice& device, const Paint& paint) {
    QCPPainter painter;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.begin(&device);
    paint(painter);
    painter.end();
}

QByteArray svgBytes(QSize size, const Paint& paint) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    constexpr int cssPixelsAnInch = 96; // so that other programs draw it in the same size
    generator.setResolution(cssPixelsAnInch);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(figureTitle());
    paintOn(generator, paint);
    return bytes;
}

QByteArray pdfBytes(QSize size, const std::optional<Workspace>& workspace, const Paint& paint) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    // 72 logical pixels an inch: a pixel of the figure is a point of the page.
    writer.setResolution(72);
    writer.setPageSize(QPageSize(QSizeF(size), QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(figureTitle());
    if (workspace)
        writer.setDocumentXmpMetadata(
            QByteArray::fromStdString(xmpWithWorkspace(*workspace, figureTitle().toStdString())));
    paintOn(writer, paint);
    return bytes;
}

QImage imageOf(QSize size, double scale, const Paint& paint) {
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(scale);
    QCPPainter painter(&image);
    painter.setMode(QCPPainter::pmNoCaching);
    paint(painter);
    painter.end();
    return image;
}

void checkSize(const FigureFile& file) {
    constexpr int largest = 20000;
    if (file.size.width() < 1 || file.size.height() < 1 || file.size.width() > largest ||
        file.size.height() > largest)
        throw RequestError("A figure is 1 to " + std::to_string(largest) + " pixels wide and high.");
}
} // namespace

PaintedFigure paintFigure(const FigureSource& source, const FigureFile& file) {
    checkSize(file);
    const std::string ending = file.path.extension().string();
    const Paint paint = [&](QCPPainter& painter) { source.paint(painter, file.size); };
    PaintedFigure figure{file.path, {}, {}, file.workspace};
    if (ending == ".png")
        figure.image = imageOf(file.size, file.scale, paint);
    else if (ending == ".svg")
        figure.drawing = svgBytes(file.size, paint);
    else if (ending == ".pdf")
        figure.drawing = pdfBytes(file.size, file.workspace, paint);
    else
        throw RequestError("A figure ends in .png, .svg or .pdf; \"" + file.path.filename().string() +
                           "\" does not.");
    return figure;
}

void writeFigure(const PaintedFigure& figure) {
    const std::string ending = figure.path.extension().string();
    if (ending == ".png")
        savePicture(figure.image, figure.path, figure.workspace);
    else if (ending == ".svg" && figure.workspace)
        writeFileAtomically(figure.path, svgWithWorkspace(viewOf(figure.drawing), *figure.workspace));
    else
        writeFileAtomically(figure.path, viewOf(figure.drawing));
}

void saveFigure(const FigureSource& source, const FigureFile& file) {
    writeFigure(paintFigure(source, file));
}

namespace {
/// Shows one head in a view of its own, and paints that.
template <class View>
void renderView(const Trace& trace, const HeadFigure& figure, const FigureFile& file, bool ofHead = true) {
    if (!trace.shape.has(figure.head) || !trace.site(figure.head.stack, figure.head.layer))
        throw RequestError("The trace has no head " + toString(figure.head) + ".");
    // Borrowed for as long as this call: the store lives no longer.
    const std::shared_ptr<const Trace> borrowed(std::shared_ptr<const Trace>(), &trace);
    TraceStore store;
    Selection selection;
    ViewOptions options;
    options.setChoices(figure.shown);
    View view(store, selection, options);
    view.setTheme(figure.theme);
    selection.start(borrowed, {}, figure.head);
    selection.setQuery(figure.query);
    store.set(1, borrowed);
    const FigureSource source{[&](QCPPainter& painter, QSize size) { view.paintFigure(painter, size); },
                              file.size};
    const FigureSource captioned =
        withCaption(source, trace, ofHead ? std::optional(figure.head) : std::nullopt, figure.theme);
    const PaintedFigure painted = paintFigure(captioned, file);
    if constexpr (requires { view.problem(); })
        if (const QString problem = view.problem(); !problem.isEmpty())
            throw RequestError(problem.toStdString());
    writeFigure(painted);
}
} // namespace

FigureSource withCaption(FigureSource source, const Trace& trace, const std::optional<HeadAddress>& head,
                         const Theme& theme) {
    constexpr int captionHeight = 30;
    QStringList parts{QString::fromStdString(trace.model)};
    if (head)
        parts << headLabel(*head);
    parts << QString::fromStdString(trace.text).simplified();
    QString text = parts.join(QStringLiteral("  ·  "));
    if (!trace.edits.empty()) {
        QStringList edits;
        for (const Edit& edit : trace.edits)
            edits << editInWords(edit);
        text.prepend(
            QCoreApplication::translate("Figure", "What if: %1  ·  ").arg(edits.join(QStringLiteral(", "))));
    }
    if (!trace.pairText.empty())
        text += QStringLiteral("  |  ") + QString::fromStdString(trace.pairText).simplified();
    const auto paint = [inner = std::move(source.paint), text, theme](QCPPainter& painter, QSize size) {
        const QSize above(size.width(), size.height() - captionHeight);
        inner(painter, above);
        const QRect line(0, above.height(), size.width(), captionHeight);
        painter.fillRect(line, theme.palette.canvas);
        painter.setFont(theme.small);
        painter.setPen(theme.palette.mutedText);
        const QRect room = line.adjusted(16, 0, -16, -6);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(theme.small).elidedText(text, Qt::ElideRight, room.width()));
    };
    return {paint, source.size + QSize(0, captionHeight)};
}

void renderHeatmap(const Trace& trace, const HeadFigure& figure, const FigureFile& file) {
    renderView<HeatmapView>(trace, figure, file);
}

void renderLines(const Trace& trace, const HeadFigure& figure, const FigureFile& file) {
    renderView<LinesView>(trace, figure, file);
}

void renderAlike(const Trace& trace, const HeadFigure& figure, const FigureFile& file) {
    renderView<AllHeadsView>(trace, figure, file, false);
}

void renderDerived(const Trace& trace, const HeadFigure& figure, const FigureFile& file) {
    renderView<DerivedView>(trace, figure, file, false);
}

void renderHeads(const Trace& trace, const Theme& theme, const FigureFile& file) {
    constexpr double margin = 20;
    constexpr double title = 34;
    const auto paint = [&](QCPPainter& painter, QSize size) {
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.palette.panel);
        painter.setFont(theme.small);
        painter.setPen(theme.palette.mutedText);
        painter.drawText(QPointF(margin, margin + 10),
                         QCoreApplication::translate("Figure", "weights of every head, √ scale"));
        double largest = 400;
        const double width = size.width() - 2 * margin;
        std::vector<HeadGrid> grids =
            headGrids(trace, theme, QPointF(margin, title), width, largest, file.scale);
        // Thumbnails are square: a low picture makes them smaller than its width would allow.
        const auto bottom = [&] {
            return grids.empty() ? 0 : grids.back().geometry.top + grids.back().geometry.height();
        };
        while (largest > 12 && bottom() > size.height() - margin) {
            largest = std::floor(largest * 0.9);
            grids = headGrids(trace, theme, QPointF(margin, title), width, largest, file.scale);
        }
        paintHeadGrids(painter, grids, theme, std::nullopt, std::nullopt, false);
    };
    saveFigure({paint, file.size}, file);
}

void savePicture(const QImage& picture, const std::filesystem::path& path,
                 const std::optional<Workspace>& workspace) {
    const QByteArray png = pngBytes(picture, path);
    writeFileAtomically(path, workspace ? pngWithWorkspace(viewOf(png), *workspace) : png.toStdString());
}

} // namespace headlight
