#pragma once

#include "engine/core/tensor.h"
#include "engine/trace/trace.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace headlight {

/// Numbers between the tokens of a text that a map shows in the place of the weights of one head.
struct MapNumbers {
    Tensor<float> cells;     ///< (n, n)
    std::vector<bool> known; ///< by row: those that are computed; empty: all
    /// The numbers of a row are shares of 1, so that those of a word's pieces can be added. Where they are
    /// not, every token stays by itself.
    bool areShares = true;
    QString name;       ///< "rollout": above the scale of colours, in the card of a cell
    QString queryTitle; ///< at the left
    QString keyTitle;   ///< below

    bool isKnown(int query) const { return known.empty() || known[static_cast<size_t>(query)]; }
};

/// What there is for a trace: numbers, or a sentence that says why there are none.
struct MapContent {
    std::shared_ptr<const MapNumbers> numbers;
    QString message;
    /// What they are of, while that is still another trace than the one that was asked about.
    std::shared_ptr<const Trace> trace;
};
using MapSource = std::function<MapContent(const std::shared_ptr<const Trace>&)>;

} // namespace headlight
