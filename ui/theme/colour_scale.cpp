#include "ui/theme/colour_scale.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
struct OkLab {
    double lightness;
    double a;
    double b;
};

double linearFromSrgb(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double srgbFromLinear(double value) {
    return value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

// The two matrices of https://bottosson.github.io/posts/oklab/.
OkLab okLabOf(QRgb colour) {
    const double r = linearFromSrgb(qRed(colour) / 255.0);
    const double g = linearFromSrgb(qGreen(colour) / 255.0);
    const double b = linearFromSrgb(qBlue(colour) / 255.0);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

int byteOf(double linear) {
    return static_cast<int>(std::lround(std::clamp(srgbFromLinear(std::max(linear, 0.0)), 0.0, 1.0) * 255));
}

QRgb rgbOf(const OkLab& colour) {
    const double l = std::pow(colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b, 3);
    const double m = std::pow(colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b, 3);
    const double s = std::pow(colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b, 3);
    return qRgb(byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

double luminance(const QColor& colour) {
    return 0.2126 * linearFromSrgb(colour.redF()) + 0.7152 * linearFromSrgb(colour.greenF()) +
           0.0722 * linearFromSrgb(colour.blueF());
}
} // namespace

float scalePlace(float weight, WeightScale scale) {
    const float bounded = std::clamp(weight, 0.0F, 1.0F); // NaN passes
    switch (scale) {
    case WeightScale::squareRoot:
        return std::sqrt(bounded);
    case WeightScale::logarithmic:
        return bounded <= smallestLogWeight ? 0 : 1 - std::log10(bounded) / std::log10(smallestLogWeight);
    case WeightScale::linear:
    case WeightScale::rank:
        break;
    }
    return bounded;
}

ColourScale::ColourScale(const std::vector<QRgb>& stops) {
    std::vector<OkLab> path;
    for (const QRgb stop : stops)
        path.push_back(okLabOf(stop));
    const double first = path.front().lightness;
    const double last = path.back().lightness;
    const double direction = last > first ? 1 : -1;
    size_t segment = 0;
    for (int i = 0; i < size; ++i) {
        const double wanted = first + (last - first) * i / (size - 1);
        while (segment + 2 < path.size() && direction * (wanted - path[segment + 1].lightness) > 0)
            ++segment;
        const OkLab& from = path[segment];
        const OkLab& to = path[segment + 1];
        const double share = (wanted - from.lightness) / (to.lightness - from.lightness);
        m_colours[static_cast<size_t>(i)] =
            rgbOf({wanted, from.a + share * (to.a - from.a), from.b + share * (to.b - from.b)});
    }
    // The ends are exactly what was asked for, so that a weight of 0 is the very colour of the paper.
    m_colours.front() = stops.front() | 0xff000000;
    m_colours.back() = stops.back() | 0xff000000;
}

QRgb ColourScale::colour(float weight, WeightScale kind) const {
    const float place = scalePlace(weight, kind);
    return std::isnan(place) ? notANumber : m_colours[static_cast<size_t>(place * (size - 1) + 0.5F)];
}

QColor ColourScale::textOn(float weight) const {
    const QColor ground = QColor::fromRgb(colour(weight));
    return contrastRatio(ground, Qt::white) >= contrastRatio(ground, Qt::black) ? Qt::white : Qt::black;
}

double lightness(QRgb colour) {
    return okLabOf(colour).lightness;
}

double contrastRatio(const QColor& one, const QColor& other) {
    const double brighter = std::max(luminance(one), luminance(other));
    const double darker = std::min(luminance(one), luminance(other));
    return (brighter + 0.05) / (darker + 0.05);
}

} // namespace headlight
