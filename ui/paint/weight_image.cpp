#include "ui/paint/weight_image.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
float strongest(float one, float other) {
    return std::isnan(one) || one > other ? one : other;
}
} // namespace

QImage weightImage(std::span<const float> weights, int rows, int columns, const ColourScale& scale,
                   WeightScale kind, int largestSide) {
    if (rows <= 0 || columns <= 0 ||
        weights.size() < static_cast<size_t>(rows) * static_cast<size_t>(columns))
        return {};
    const int height = std::min(rows, std::max(1, largestSide));
    const int width = std::min(columns, std::max(1, largestSide));
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        QRgb* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int rowBegin = y * rows / height;
        const int rowEnd = std::max(rowBegin + 1, (y + 1) * rows / height);
        for (int x = 0; x < width; ++x) {
            const int columnBegin = x * columns / width;
            const int columnEnd = std::max(columnBegin + 1, (x + 1) * columns / width);
            float peak = 0;
            for (int row = rowBegin; row < rowEnd; ++row)
                for (int column = columnBegin; column < columnEnd; ++column)
                    peak = strongest(weights[static_cast<size_t>(row) * static_cast<size_t>(columns) +
                                             static_cast<size_t>(column)],
                                     peak);
            line[x] = scale.colour(peak, kind);
        }
    }
    return image;
}

} // namespace headlight
