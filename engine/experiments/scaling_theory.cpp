#include "engine/experiments/scaling_theory.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headlight {

namespace {
/// P(X < x) for X of N(0, 1).
double normalBelow(double x) {
    return std::erfc(-x / std::numbers::sqrt2) / 2;
}

/// x^k for 0 <= x <= 1 and k >= 0, by squaring; std::pow takes most of the time otherwise.
double power(double x, int k) {
    double result = 1;
    for (; k > 0; k /= 2) {
        if (k % 2 == 1)
            result *= x;
        x *= x;
    }
    return result;
}

/// With S the sum of e^(sigma y_i), 1 / S^k is the integral of t^(k-1) e^(-t S) / (k-1)! over t > 0. At a
/// fixed t = e^tau the keys are independent, so every expectation of weights is an integral over tau of means
/// over one normal y. With u = sigma y + tau:
struct MeansAtTau {
    double survival = 0;    ///< mean of e^(-e^u)
    double moments[5] = {}; ///< [k]: mean of e^(k u - e^u), k = 1..4
    double largest = 0;     ///< mean over the key that is largest, of e^u e^(-e^u) x (others)
};

constexpr double yRange = 9;    // beyond, a normal variable has less than 1e-18
constexpr double lowestU = -40; // below, e^(-e^u) is 1 and e^u is 0
constexpr double highestU = 6;  // above, e^(-e^u) is 0

MeansAtTau meansAtTau(double sigma, double tau, int keys) {
    MeansAtTau means;
    const double from = std::max(-yRange, (lowestU - tau) / sigma);
    const double to = std::min(yRange, (highestU - tau) / sigma);
    if (from >= yRange) {
        means.survival = 1;
        return means;
    }
    means.survival = normalBelow(from);
    if (to <= from)
        return means;
    const int cells = std::max(32, static_cast<int>(std::ceil((to - from) / std::min(0.05, 0.1 / sigma))));
    const double step = (to - from) / cells;
    // The largest key at y, all others below it: m e^u B^(m-1) dB = e^u d(B^m), with B the mean of e^(-e^u)
    // below y.
    double before = power(means.survival, keys);
    for (int cell = 0; cell < cells; ++cell) {
        const double y = from + (cell + 0.5) * step;
        const double grown = std::exp(sigma * y + tau); // e^u
        const double mass =
            step / std::sqrt(2 * std::numbers::pi) * std::exp(-y * y / 2 - grown); // density e^(-e^u)
        means.survival += mass;
        double term = mass;
        for (int k = 1; k <= 4; ++k) {
            term *= grown;
            means.moments[k] += term;
        }
        const double after = power(means.survival, keys);
        means.largest += grown * (after - before);
        before = after;
    }
    return means;
}
} // namespace

NormalSoftmax normalSoftmax(double sigma, int keys) {
    const double m = keys;
    // Far below, t^k is 0; far above, e^(-t S) is.
    const double from = -yRange * sigma - 40, to = yRange * sigma + highestU;
    const double step = std::max(0.2, 0.1 * sigma);
    double largest = 0, square = 0, cube = 0, fourth = 0, pair = 0;
    for (double tau = from; tau < to; tau += step) {
        const MeansAtTau means = meansAtTau(sigma, tau, keys);
        const double others = power(means.survival, keys - 1);
        largest += means.largest;
        square += means.moments[2] * others;
        cube += means.moments[3] * others / 2;
        fourth += means.moments[4] * others / 6;
        if (keys > 1)
            pair += means.moments[2] * means.moments[2] * power(means.survival, keys - 2) / 6;
    }
    // ||diag(w) - w w^T||^2 = sum w^2 - 2 sum w^3 + sum w^4 + sum over i != j of w_i^2 w_j^2
    NormalSoftmax result;
    result.largestWeight = step * largest;
    result.jacobianMeanSquare = std::max(0.0, step * (m * (square - 2 * cube + fourth) + m * (m - 1) * pair));
    return result;
}

std::vector<ChiSquareNode> chiSquareNodes(int degrees) {
    // Density of x = ln r: exp(d x / 2 - e^x / 2), largest at x = ln d; smooth, so equal steps converge fast.
    const double d = degrees, peak = std::log(d);
    const double step = std::min(0.4, 0.5 * std::sqrt(2 / d));
    const auto logDensity = [&](double x) { return d / 2 * (x - peak) - (std::exp(x) - d) / 2; };
    constexpr double negligible = -16; // e^-16 of the peak
    double from = peak;
    while (logDensity(from) > negligible)
        from -= step;
    std::vector<ChiSquareNode> nodes;
    double sum = 0;
    for (double x = from; x < peak || logDensity(x) > negligible; x += step) {
        const double density = std::exp(logDensity(x));
        nodes.push_back({std::exp(x), density});
        sum += density;
    }
    for (ChiSquareNode& node : nodes)
        node.probability /= sum;
    return nodes;
}

NormalSoftmax dotProductSoftmax(int headWidth, double factor, int keys) {
    NormalSoftmax result;
    for (const ChiSquareNode& node : chiSquareNodes(headWidth)) {
        const NormalSoftmax given = normalSoftmax(factor * std::sqrt(node.value), keys);
        result.largestWeight += node.probability * given.largestWeight;
        result.jacobianMeanSquare += node.probability * given.jacobianMeanSquare;
    }
    return result;
}

double dotProductProbability(const std::vector<ChiSquareNode>& nodes, double factor, double from, double to) {
    double sum = 0;
    for (const ChiSquareNode& node : nodes) {
        const double deviation = factor * std::sqrt(node.value);
        sum += node.probability * (normalBelow(to / deviation) - normalBelow(from / deviation));
    }
    return sum;
}

} // namespace headlight
