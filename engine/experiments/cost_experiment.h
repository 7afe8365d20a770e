#pragma once

#include "engine/core/progress.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace headlight {

/// What attention costs, measured here: one self-attention layer that keeps its n x n weights, and one GRU
/// layer of the same width, on sequences of growing length n (Vaswani et al. 2017, table 1).
struct CostSettings {
    int width = 64; ///< D of both layers
    int heads = 4;  ///< of the attention layer; divides the width
    std::vector<int> lengths = {16, 32, 64, 128, 256, 512, 1024, 2048}; ///< growing
    int repeats = 7;                        ///< timed calls a length and layer; the median counts
    double secondsBudget = 30;              ///< lengths that would go beyond it are left out
    int64_t bytesBudget = int64_t{1} << 30; ///< the same, of what one layer keeps
    uint64_t seed = 1;                      ///< of the weights and the input
    friend bool operator==(const CostSettings&, const CostSettings&) = default;
};

/// One layer at one length.
struct LayerCost {
    double seconds = 0; ///< median of one forward pass
    double fastest = 0; ///< of the same calls, seconds
    double slowest = 0;
    double multiplyAdds = 0;     ///< of its products, counted from the shapes
    int64_t bytes = 0;           ///< of the arrays that the pass leaves, counted from the shapes
    int64_t heldBytes = 0;       ///< the same, added up from the arrays that it left
    int64_t sequentialSteps = 0; ///< products that must wait for one another: 1 or n
    int64_t pathLength = 0;      ///< steps between the two tokens that lie farthest apart: 1 or n
};

struct CostPoint {
    int length = 0; ///< n
    LayerCost attention;
    LayerCost recurrent;
};

/// y = constant x n^exponent, by least squares on log n and log y.
struct PowerLaw {
    double exponent = 0;
    double constant = 0;
    double determination = 0; ///< R^2 of the line in logarithms
    double at(double n) const;
};

/// Of at least two points with positive coordinates and not all at one n; nothing otherwise.
std::optional<PowerLaw> fitPowerLaw(const std::vector<double>& n, const std::vector<double>& y);

/// How time and memory of both layers grow.
struct CostLaws {
    std::optional<PowerLaw> attentionTime, attentionBytes, recurrentTime, recurrentBytes;
};

struct CostResult {
    CostSettings settings;
    std::vector<CostPoint> points;
    std::string backend; ///< "Eigen 3.4.0, AVX2 + FMA, 1 thread"
    std::string leftOut; ///< one sentence when a budget ended the measurement early; else empty

    CostLaws laws; ///< fits over all points; nothing while there are fewer than two
    /// Over the longer half of the lengths, where the n^2 part has outgrown the rest; nothing while it has
    /// fewer than two.
    CostLaws longLaws;
};

/// Counted, not measured: sequence length n through layers of these settings.
LayerCost attentionCost(const CostSettings& settings, int64_t n);
LayerCost recurrentCost(const CostSettings& settings, int64_t n);

/// Measures both layers at one length. Throws RequestError (settings out of range) and Cancelled.
CostPoint costPoint(int length, const CostSettings& settings, const JobControl& control = {});

/// All lengths, telling `measured` of the result so far after each. Steps aside between calls.
CostResult costExperiment(
    const CostSettings& settings = {}, const JobControl& control = {},
    const std::function<void(const CostResult&)>& measured = [](const CostResult&) {});

} // namespace headlight
