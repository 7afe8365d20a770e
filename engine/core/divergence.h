#pragma once

#include <cmath>

namespace headlight {

/// The part of one outcome with the probabilities p and q in the Jensen-Shannon divergence (Lin 1991), in
/// bits; 0 log 0 = 0. Exactly 0 for equal ones, and summed over all outcomes never below 0 but for rounding.
inline double divergencePart(double p, double q) {
    const double middle = (p + q) / 2;
    double part = 0;
    if (p > 0)
        part += p * std::log2(p / middle);
    if (q > 0)
        part += q * std::log2(q / middle);
    return part / 2;
}

} // namespace headlight
