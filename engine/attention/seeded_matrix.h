#pragma once

#include "engine/core/matrix.h"
#include "engine/core/random.h"

#include <cmath>

namespace headlight {

/// N(0, 1/columns), so that W x is as large as x; filled row by row.
template <class T>
Matrix<T> seededMatrix(Index rows, Index columns, Random& random) {
    Matrix<T> matrix(rows, columns);
    const double scale = 1 / std::sqrt(static_cast<double>(columns));
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = static_cast<T>(scale * random.normal());
    return matrix;
}

} // namespace headlight
