#include "engine/edits/painted_row.h"

namespace headlight {

template <class T>
void paintRow(std::span<const PaintedWeight* const> cells, std::span<T> row) {
    if (cells.empty())
        return;
    bool renormalise = false;
    std::vector<bool> isPainted(row.size(), false);
    for (const PaintedWeight* cell : cells) {
        const auto key = static_cast<size_t>(cell->key.index);
        const T value = static_cast<T>(cell->value);
        row[key] = cell->paint == WeightPaint::set ? value : row[key] * value;
        isPainted[key] = true;
        renormalise |= cell->renormalise;
    }
    if (!renormalise)
        return;
    double painted = 0, others = 0;
    for (size_t key = 0; key < row.size(); ++key)
        (isPainted[key] ? painted : others) += static_cast<double>(row[key]);
    const bool shares = painted <= 1 && others > 0;
    const double sum = painted + others;
    if (!shares && sum == 0)
        return;
    for (size_t key = 0; key < row.size(); ++key) {
        const auto weight = static_cast<double>(row[key]);
        if (!shares)
            row[key] = static_cast<T>(weight / sum);
        else if (!isPainted[key])
            row[key] = static_cast<T>(weight / others * (1 - painted));
    }
}

template void paintRow(std::span<const PaintedWeight* const>, std::span<float>);
template void paintRow(std::span<const PaintedWeight* const>, std::span<double>);

} // namespace headlight
