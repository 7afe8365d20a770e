#include "ui/row/row_columns.h"

#include <algorithm>
#include <cmath>

namespace headlight {

namespace {
constexpr double gap = 10;
constexpr double barToNumber = 6;
} // namespace

RowColumns::RowColumns(double width, double widestLabel, bool withTruth) {
    if (withTruth)
        layOutWithTruth(width, widestLabel);
    else
        layOut(width, widestLabel);
}

void RowColumns::layOut(double width, double widestLabel) {
    constexpr double leastOfLabels = 0.36;
    constexpr double mostOfLabels = 0.46;
    const double rest = width - 2 * (rowNumberWidth + barToNumber) - 2 * gap;
    label = {0, std::floor(std::clamp(widestLabel, rest * leastOfLabels, rest * mostOfLabels))};
    const double bar = std::floor((rest - label.second) / 2);
    scoreBar = {label.second + gap, bar};
    scoreNumber = {scoreBar.first + bar + barToNumber, rowNumberWidth};
    weightBar = {scoreNumber.first + rowNumberWidth + gap, bar};
    weightNumber = {weightBar.first + bar + barToNumber, rowNumberWidth};
}

void RowColumns::layOutWithTruth(double width, double widestLabel) {
    constexpr double weightWidth = 44;
    constexpr double sizeWidth = 44;
    constexpr double gradientWidth = 54;
    constexpr double changeWidth = 54;
    constexpr double markWidth = 16;
    constexpr double leastBar = 16;
    constexpr double mostBar = 90;
    mark = {width - markWidth, markWidth};
    change = {mark.first - changeWidth, changeWidth};
    gradient = {change.first - gradientWidth, gradientWidth};
    size = {gradient.first - sizeWidth, sizeWidth};
    weightNumber = {size.first - weightWidth, weightWidth};
    const double rest = std::max(0.0, weightNumber.first);
    const double bar = std::min(mostBar, std::floor(rest - widestLabel - gap));
    if (bar >= leastBar)
        weightBar = {weightNumber.first - bar, bar};
    label = {0, std::max(0.0, (bar >= leastBar ? weightBar.first - gap : rest - 4))};
}

} // namespace headlight
