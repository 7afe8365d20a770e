#pragma once

#include "ui/theme/theme.h"

namespace headlight {

/// The colour of a number that may be negative: the accent's hue above 0, orange below, the canvas at 0; the
/// further from 0, the stronger, up to `limit`. Lightness tells how far, hue tells the side, so that readers
/// who do not see hues still see the size. NaN gets ColourScale::notANumber, infinities the ends.
QRgb signedColour(float number, float limit, const Theme& theme);
/// The strongest of both sides, for the key of the colours.
QColor positiveColour(const Theme& theme);
QColor negativeColour(const Theme& theme);

} // namespace headlight
