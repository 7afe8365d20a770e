#include "engine/experiments/cost_experiment.h"

#include <cmath>

namespace headlight {

double PowerLaw::at(double n) const {
    return constant * std::pow(n, exponent);
}

std::optional<PowerLaw> fitPowerLaw(const std::vector<double>& n, const std::vector<double>& y) {
    if (n.size() != y.size() || n.size() < 2)
        return std::nullopt;
    const double count = static_cast<double>(n.size());
    double meanX = 0, meanY = 0;
    for (size_t i = 0; i < n.size(); ++i) {
        if (!(n[i] > 0) || !(y[i] > 0) || !std::isfinite(n[i]) || !std::isfinite(y[i]))
            return std::nullopt;
        meanX += std::log(n[i]) / count;
        meanY += std::log(y[i]) / count;
    }
    double xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < n.size(); ++i) {
        const double dx = std::log(n[i]) - meanX, dy = std::log(y[i]) - meanY;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    if (!(xx > 0))
        return std::nullopt;
    const double exponent = xy / xx;
    // A constant y is met exactly by the exponent 0.
    return PowerLaw{exponent, std::exp(meanY - exponent * meanX), yy > 0 ? xy * xy / (xx * yy) : 1};
}

} // namespace headlight
