#pragma once

#include "engine/core/matrix.h"

#include <QString>

#include <cmath>
#include <functional>

namespace headlight::testing {

/// Compares an analytic gradient with central differences, in double, cell by cell: |a - n| <= tolerance *
/// max(1, |a|, |n|) with the loss scaled by its caller to be of order one. Each cell is moved by h = 1e-5
/// (error O(h^2) = 1e-10). Empty when all agree.
inline QString gradientDifferences(Matrix<double>& value, const Matrix<double>& gradient,
                                   const std::function<double()>& loss, double tolerance, Index stride = 1) {
    constexpr double h = 1e-5;
    for (Index i = 0; i < value.size(); i += stride) {
        double& cell = value.data()[i];
        const double before = cell;
        cell = before + h;
        const double up = loss();
        cell = before - h;
        const double down = loss();
        cell = before;
        const double numeric = (up - down) / (2 * h), analytic = gradient.data()[i];
        if (!(std::abs(analytic - numeric) <=
              tolerance * std::max({1.0, std::abs(analytic), std::abs(numeric)})))
            return QString("cell %1: analytic %2, central difference %3")
                .arg(i)
                .arg(analytic, 0, 'g', 12)
                .arg(numeric, 0, 'g', 12);
    }
    return {};
}

/// Reproducible numbers in [-1, 1).
template <class T>
Matrix<T> randomMatrix(Index rows, Index columns, uint32_t seed) {
    Matrix<T> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) {
        seed = seed * 1664525U + 1013904223U;
        matrix.data()[i] = static_cast<T>(static_cast<double>(seed >> 8) / 8388608.0 - 1.0);
    }
    return matrix;
}

} // namespace headlight::testing
