#include "engine/ops/dropout.h"

#include <cmath>

namespace headlight {

uint64_t dropoutStream(uint64_t seed, uint64_t use) {
    uint64_t z = seed + (use + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

template <class T>
void dropout(double rate, uint64_t seed, MatrixView<T> x, Matrix<T>& factors) {
    factors.resize(x.rows(), x.cols());
    const auto threshold = static_cast<uint32_t>(rate * 4294967296.0);
    const T scale = static_cast<T>(1.0 / (1.0 - rate));
    const auto low = static_cast<uint32_t>(seed), high = static_cast<uint32_t>(seed >> 32);
    T* cell = factors.data();
    const auto count = static_cast<uint32_t>(factors.size());
    // 32-bit arithmetic throughout, so that the compiler can hash eight cells at a time.
    for (uint32_t i = 0; i < count; ++i) {
        uint32_t h = (i ^ low) * 0x9e3779b1U + high;
        h = (h ^ (h >> 16)) * 0x85ebca6bU;
        h = (h ^ (h >> 13)) * 0xc2b2ae35U;
        h ^= h >> 16;
        cell[i] = h < threshold ? T(0) : scale;
    }
    x.array() *= factors.array();
}

int64_t nestedDropout(double share, uint64_t seed, int64_t units) {
    const double chance = static_cast<double>(dropoutStream(seed, 0) >> 11U) * 0x1p-53;
    if (units < 2 || chance >= share)
        return units;
    return 1 + static_cast<int64_t>((dropoutStream(seed, 1) >> 1U) % static_cast<uint64_t>(units - 1));
}

template void dropout(double, uint64_t, MatrixView<float>, Matrix<float>&);
template void dropout(double, uint64_t, MatrixView<double>, Matrix<double>&);

} // namespace headlight
