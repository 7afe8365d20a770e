#pragma once

#include "engine/core/progress.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace headlight {

/// "Why divide by sqrt(d_k)?" (Vaswani et al. 2017, section 3.2.1 and footnote 4): queries and keys whose
/// components are independent and N(0, 1), their dot products with and without the factor 1/sqrt(d_k), and
/// what the softmax makes of them.
struct ScalingSettings {
    uint64_t seed = 1;
    int rows = 256; ///< queries, each with keys of its own
    int keys = 64;  ///< m: keys a query
    int bins = 61;
    friend bool operator==(const ScalingSettings&, const ScalingSettings&) = default;
};

/// A mean over the rows and how far chance alone may have moved it (standard deviation of the mean), beside
/// what theory says.
struct MeasuredMean {
    double value = 0;
    double standardError = 0;
    double theory = 0;
};

/// One way to score, factor x (q . k), over rows x keys scores.
struct ScoreStatistics {
    double factor = 1; ///< 1 or 1/sqrt(d_k)

    /// Density of the scores: bin b covers [lowest + b binWidth, lowest + (b + 1) binWidth), from -4 to 4
    /// times the theoretical standard deviation; the bins' areas and `outside` sum to 1.
    double lowest = 0;
    double binWidth = 0;
    std::vector<double> density;
    double outside = 0; ///< share of the scores that lie in no bin
    /// The exact law of a product of two normal vectors (given |k|, the score is N(0, |k|^2), and |k|^2 is
    /// chi-square with d_k degrees of freedom), averaged over each bin; by quadrature.
    std::vector<double> theoryDensity;

    MeasuredMean mean;      ///< theory: 0
    MeasuredMean deviation; ///< standard deviation; theory: factor x sqrt(d_k)
    /// Mean over the rows of the largest weight of softmax(scores); 1/m when all scores are equal, 1 when one
    /// key takes all. Theory by quadrature (given |q| the scores of a row are independent and normal).
    MeasuredMean largestWeight;
    /// Gradient through the softmax: root mean square over the rows of the Frobenius norm of the Jacobian
    /// dweights/dscores = diag(w) - w w^T. sqrt(m - 1) / m when all scores are equal, 0 when one key takes
    /// all. Theory by quadrature.
    MeasuredMean jacobianNorm;
    /// The same norm of the row in the middle: half of the rows let less through. A few rows with two keys
    /// nearly even carry much of the mean above; this shows the usual row. No theory known.
    double jacobianMedian = 0;
};

/// What one d_k gives. Both ways see the same queries and keys.
struct ScalingPoint {
    int headWidth = 0; ///< d_k
    ScoreStatistics unscaled;
    ScoreStatistics scaled;
};

/// 1, 2, 4, ..., 1024.
std::vector<int> scalingWidths();

/// One d_k; the same bits for the same settings, whatever was computed before. Throws RequestError (widths
/// outside 1..4096, rows or bins below 2, keys below 1, more than 2^24 scores) and Cancelled.
ScalingPoint scalingPoint(int headWidth, const ScalingSettings& settings = {},
                          const JobControl& control = {});

/// All of scalingWidths(), telling `finished` of each as it is done.
std::vector<ScalingPoint> scalingExperiment(
    const ScalingSettings& settings = {}, const JobControl& control = {},
    const std::function<void(const ScalingPoint&)>& finished = [](const ScalingPoint&) {});

} // namespace headlight
