#include "ui/theme/signed_scale.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
QRgb between(const QColor& one, const QColor& other, float share) {
    const auto mix = [share](int from, int to) {
        return static_cast<int>(
            std::lround(static_cast<float>(from) + share * static_cast<float>(to - from)));
    };
    return qRgb(mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue()));
}
} // namespace

QColor positiveColour(const Theme& theme) {
    return theme.dark() ? QColor(0x7f, 0xb0, 0xff) : QColor(0x1f, 0x5f, 0xcc);
}

QColor negativeColour(const Theme& theme) {
    return theme.dark() ? QColor(0xff, 0x9d, 0x6b) : QColor(0xc0, 0x4e, 0x12);
}

QRgb signedColour(float number, float limit, const Theme& theme) {
    if (std::isnan(number))
        return ColourScale::notANumber;
    const QColor nothing = theme.dark() ? QColor(0x23, 0x27, 0x2d) : QColor(0xf0, 0xf1, 0xf2);
    const float size = limit > 0 ? std::min(1.0F, std::abs(number) / limit) : (number == 0 ? 0.0F : 1.0F);
    return between(nothing, number < 0 ? negativeColour(theme) : positiveColour(theme), size);
}

} // namespace headlight
