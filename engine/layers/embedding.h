#pragma once

#include "engine/layers/parameter.h"

#include <span>

namespace headlight {

/// Adds rows `indices` of a table (V, d) to the rows of y (n, d).
template <class T>
void addRows(const Parameter<T>& table, std::span<const int> indices, MatrixView<T> y);

/// Adds the rows of gradY (n, d) to the rows `indices` of the table's gradient.
template <class T>
void addRowsBackward(const Parameter<T>& table, std::span<const int> indices, ConstMatrixView<T> gradY,
                     Gradients<T>& gradients);

} // namespace headlight
