#pragma once

#include "engine/core/matrix.h"

#include <QString>

#include <cmath>
#include <span>

namespace headlight::testing {

/// What an element by element comparison found: empty when every cell is within tolerance, else the first
/// offending index, both values and the largest error of all.
template <class A, class B>
QString differences(std::span<const A> actual, std::span<const B> expected, double absolute,
                    double relative = 0) {
    if (actual.size() != expected.size())
        return QString("sizes differ: %1 and %2").arg(actual.size()).arg(expected.size());
    qsizetype first = -1, worst = -1;
    double largest = 0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double a = static_cast<double>(actual[i]), e = static_cast<double>(expected[i]);
        if (a == e || (std::isnan(a) && std::isnan(e)))
            continue;
        const double error = std::abs(a - e);
        if (!(error <= absolute + relative * std::abs(e)) && first < 0)
            first = static_cast<qsizetype>(i);
        if (!(error <= largest)) {
            largest = error;
            worst = static_cast<qsizetype>(i);
        }
    }
    if (first < 0)
        return {};
    const auto at = [](qsizetype i) { return static_cast<size_t>(i); };
    return QString("first at %1: %2, expected %3; largest error %4 at %5 of %6")
        .arg(first)
        .arg(static_cast<double>(actual[at(first)]), 0, 'g', 9)
        .arg(static_cast<double>(expected[at(first)]), 0, 'g', 9)
        .arg(largest, 0, 'g', 3)
        .arg(worst)
        .arg(actual.size());
}

/// The largest absolute difference; infinity where sizes or NaNs differ.
template <class A, class B>
double largestError(std::span<const A> actual, std::span<const B> expected) {
    if (actual.size() != expected.size())
        return INFINITY;
    double largest = 0;
    for (size_t i = 0; i < actual.size(); ++i) {
        const double error = std::abs(static_cast<double>(actual[i]) - static_cast<double>(expected[i]));
        largest = std::isnan(error) ? INFINITY : std::max(largest, error);
    }
    return largest;
}

template <class T>
std::span<const T> cells(const Matrix<T>& matrix) {
    return {matrix.data(), static_cast<size_t>(matrix.size())};
}

} // namespace headlight::testing
