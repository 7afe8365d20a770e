#pragma once

#include <utility>

namespace headlight {

constexpr double rowNumberWidth = 48;

/// Columns of a list of this width. Usually: word, score bar and number, weight bar and number; long words
/// take room from the bars, as far as these stay readable. With a truth column: word, weight bar (where there
/// is room for one) and number, value-weighted size, gradient x weight, measured change, mark. A column that
/// is not there has no width.
struct RowColumns {
    RowColumns(double width, double widestLabel, bool withTruth);

    using Column = std::pair<double, double>; // left, width
    Column label, scoreBar, scoreNumber, weightBar, weightNumber;
    Column size, gradient, change, mark;

private:
    void layOut(double width, double widestLabel);
    void layOutWithTruth(double width, double widestLabel);
};

} // namespace headlight
