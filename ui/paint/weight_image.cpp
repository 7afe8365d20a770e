#include "ui/paint/weight_image.h"

#include <algorithm>

namespace headlight {

QImage weightImage(const Tensor<float>& weights, const ColourScale& scale, WeightScale kind) {
    if (weights.empty() || weights.shape().size() != 2)
        return {};
    QImage image(static_cast<int>(weights.dimension(1)), static_cast<int>(weights.dimension(0)),
                 QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const std::span<const float> row = weights.row(y);
        std::transform(row.begin(), row.end(), reinterpret_cast<QRgb*>(image.scanLine(y)),
                       [&](float weight) { return scale.colour(weight, kind); });
    }
    return image;
}

} // namespace headlight
