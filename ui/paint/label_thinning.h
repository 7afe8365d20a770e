#pragma once

#include <vector>

namespace headlight {

/// An axis never gets more labels than this: 512 of them would cost most of a frame.
constexpr int largestLabelCount = 80;

/// Which of `count` evenly spaced labels are drawn when each needs `neededPixels` and neighbours stand
/// `spacing` pixels apart: every first, second, third... one, at most `largestLabelCount`, in rising order.
/// `always` (if >= 0) is among them, and its neighbours make room for it.
std::vector<int> labelsToDraw(int count, double spacing, double neededPixels, int always = -1);
/// The same for the `count` labels that begin with number `first`: while a map is moved the same ones stay
/// chosen.
std::vector<int> labelsFrom(int first, int count, double spacing, double neededPixels, int always = -1);

} // namespace headlight
