#include "engine/layers/embedding.h"

namespace headlight {

template <class T>
void addRows(const Parameter<T>& table, std::span<const int> indices, MatrixView<T> y) {
    for (size_t i = 0; i < indices.size(); ++i)
        y.row(static_cast<Index>(i)) += table.value.row(indices[i]);
}

template <class T>
void addRowsBackward(const Parameter<T>& table, std::span<const int> indices, ConstMatrixView<T> gradY,
                     Gradients<T>& gradients) {
    Matrix<T>& gradient = gradients[static_cast<size_t>(table.index)];
    for (size_t i = 0; i < indices.size(); ++i)
        gradient.row(indices[i]) += gradY.row(static_cast<Index>(i));
}

template void addRows(const Parameter<float>&, std::span<const int>, MatrixView<float>);
template void addRows(const Parameter<double>&, std::span<const int>, MatrixView<double>);
template void addRowsBackward(const Parameter<float>&, std::span<const int>, ConstMatrixView<float>,
                              Gradients<float>&);
template void addRowsBackward(const Parameter<double>&, std::span<const int>, ConstMatrixView<double>,
                              Gradients<double>&);

} // namespace headlight
