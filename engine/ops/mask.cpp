#include "engine/ops/mask.h"

#include <algorithm>
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

template <class T>
void applyLocalWindow(Index halfWidth, Index firstPosition, MatrixView<T> scores) {
    constexpr T masked = -std::numeric_limits<T>::infinity();
    const Index m = scores.cols();
    for (Index i = 0; i < scores.rows(); ++i) {
        const Index position = firstPosition + i;
        const Index begin = std::clamp<Index>(position - halfWidth, 0, m);
        const Index end = std::clamp<Index>(position + halfWidth + 1, begin, m);
        scores.row(i).head(begin).setConstant(masked);
        scores.row(i).tail(m - end).setConstant(masked);
    }
}

template void applyLocalWindow(Index, Index, MatrixView<float>);
template void applyLocalWindow(Index, Index, MatrixView<double>);
template void applyMask(Mask, MatrixView<float>);
template void applyMask(Mask, MatrixView<double>);

} // namespace headlight
