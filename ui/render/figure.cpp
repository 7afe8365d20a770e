#include "ui/render/figure.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "ui/heads/head_painter.h"
#include "ui/lines/lines_view.h"
#include "ui/look/heatmap_view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>
#include <functional>

namespace headlight {

namespace {
using Paint = std::function<void(QCPPainter&)>;

void write(const QByteArray& bytes, const std::filesystem::path& path) {
    writeFileAtomically(path, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
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
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(QCoreApplication::translate("Figure", "Attention weights, by Headlight"));
    paintOn(generator, paint);
    return bytes;
}

QByteArray pdfBytes(QSize size, const Paint& paint) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    // 72 logical pixels an inch: a pixel of the figure is a point of the page.
    writer.setResolution(72);
    writer.setPageSize(QPageSize(QSizeF(size), QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    paintOn(writer, paint);
    return bytes;
}

void save(QSize size, double scale, const std::filesystem::path& path, const Paint& paint) {
    const std::string ending = path.extension().string();
    if (ending == ".png") {
        QImage image((QSizeF(size) * scale).toSize(), QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        QCPPainter painter(&image);
        painter.setMode(QCPPainter::pmNoCaching);
        paint(painter);
        painter.end();
        write(pngBytes(image, path), path);
    } else if (ending == ".svg") {
        write(svgBytes(size, paint), path);
    } else if (ending == ".pdf") {
        write(pdfBytes(size, paint), path);
    } else {
        throw RequestError("A figure ends in .png, .svg or .pdf; \"" + path.filename().string() +
                           "\" does not.");
    }
}
} // namespace

void renderHeatmap(const Trace& trace, const HeadAddress& head, int query, const Theme& theme, QSize size,
                   const std::filesystem::path& path, double scale) {
    if (!trace.shape.has(head) || !trace.site(head.stack, head.layer))
        throw RequestError("The trace has no head " + toString(head) + ".");
    // Borrowed for as long as this call: the store lives no longer.
    const std::shared_ptr<const Trace> borrowed(std::shared_ptr<const Trace>(), &trace);
    TraceStore store;
    Selection selection;
    ViewOptions options;
    HeatmapView view(store, selection, options);
    view.setTheme(theme);
    selection.start(borrowed, {}, head);
    selection.setQuery(query);
    store.set(1, borrowed);
    save(size, scale, path, [&](QCPPainter& painter) { view.paintFigure(painter, size); });
}

void renderLines(const Trace& trace, const HeadAddress& head, int query, const ViewChoices& choices,
                 const Theme& theme, QSize size, const std::filesystem::path& path, double scale) {
    if (!trace.shape.has(head) || !trace.site(head.stack, head.layer))
        throw RequestError("The trace has no head " + toString(head) + ".");
    // Borrowed for as long as this call: the store lives no longer.
    const std::shared_ptr<const Trace> borrowed(std::shared_ptr<const Trace>(), &trace);
    TraceStore store;
    Selection selection;
    ViewOptions options;
    options.setChoices(choices);
    LinesView view(store, selection, options);
    view.setTheme(theme);
    selection.start(borrowed, {}, head);
    selection.setQuery(query);
    store.set(1, borrowed);
    save(size, scale, path, [&](QCPPainter& painter) { view.paintFigure(painter, size); });
}

void renderHeads(const Trace& trace, const Theme& theme, QSize size, const std::filesystem::path& path,
                 double scale) {
    constexpr double margin = 20;
    constexpr double title = 34;
    save(size, scale, path, [&](QCPPainter& painter) {
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.palette.panel);
        painter.setFont(theme.small);
        painter.setPen(theme.palette.mutedText);
        painter.drawText(QPointF(margin, margin + 10),
                         QCoreApplication::translate("Figure", "weights of every head, √ scale"));
        double largest = 400;
        const double width = size.width() - 2 * margin;
        std::vector<HeadGrid> grids = headGrids(trace, theme, QPointF(margin, title), width, largest, scale);
        // Thumbnails are square: a low picture makes them smaller than its width would allow.
        const auto bottom = [&] {
            return grids.empty() ? 0 : grids.back().geometry.top + grids.back().geometry.height();
        };
        while (largest > 12 && bottom() > size.height() - margin) {
            largest = std::floor(largest * 0.9);
            grids = headGrids(trace, theme, QPointF(margin, title), width, largest, scale);
        }
        paintHeadGrids(painter, grids, theme, std::nullopt, std::nullopt, false);
    });
}

void savePicture(const QImage& picture, const std::filesystem::path& path) {
    write(pngBytes(picture, path), path);
}

} // namespace headlight
