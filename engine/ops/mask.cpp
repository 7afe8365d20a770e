#include "engine/ops/mask.h"

#include <limits>

namespace headlight {

template <class T>
void applyMask(Mask mask, MatrixView<T> scores) {
    if (mask == Mask::none)
        return;
    const Index n = scores.rows(), m = scores.cols();
    for (Index i = 0; i < n; ++i) {
        const Index visible = i + (m - n) + 1;
        if (visible < m)
            scores.row(i).tail(m - visible).setConstant(-std::numeric_limits<T>::infinity());
    }
}

template void applyMask(Mask, MatrixView<float>);
template void applyMask(Mask, MatrixView<double>);

} // namespace headlight
