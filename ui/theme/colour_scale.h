#pragma once

#include "engine/core/view_choices.h"

#include <QColor>

#include <array>
#include <vector>

namespace headlight {

/// On the logarithmic scale everything up to this weight has the colour of 0.
constexpr float smallestLogWeight = 1e-4F;

/// Where a weight stands on a scale, 0 to 1: itself, its square root, or its logarithm from
/// `smallestLogWeight` to 1. On the rank scale the number given is not a weight but its share of smaller
/// weights, which the engine counts (engine/explain/map_levels.h). Outside of [0, 1] the nearer end; NaN is
/// NaN.
float scalePlace(float weight, WeightScale scale);

/// A sequential colour scale for weights in [0, 1]: one lookup in a table of 256 colours. Its lightness
/// (OKLab, Björn Ottosson 2020) changes in equal steps from one end to the other, so that equal differences
/// of weight look equally large and no order is lost to a reader who does not see hues.
class ColourScale {
public:
    /// `stops`: at least two colours whose lightness only rises or only falls. The first stands for 0, the
    /// last for 1.
    explicit ColourScale(const std::vector<QRgb>& stops);

    /// The colour at scalePlace(weight, kind); NaN gets `notANumber`.
    QRgb colour(float weight, WeightScale kind = WeightScale::linear) const;
    /// Black or white, whichever can be read on the colour of this weight.
    QColor textOn(float weight) const;

    static constexpr QRgb notANumber = 0xffd55e00;
    static constexpr int size = 256;

private:
    std::array<QRgb, size> m_colours{};
};

/// Lightness in OKLab, 0 (black) to 1 (white).
double lightness(QRgb colour);
/// Contrast ratio of two colours after WCAG 2.1, 1 to 21.
double contrastRatio(const QColor& one, const QColor& other);

} // namespace headlight
