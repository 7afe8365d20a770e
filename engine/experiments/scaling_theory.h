#pragma once

#include <vector>

namespace headlight {

/// Expectations for scores of vectors with independent N(0, 1) components, by quadrature; no random numbers.
/// Relative errors are below 0.1 %.

/// A softmax over m independent scores of N(0, sigma^2).
struct NormalSoftmax {
    double largestWeight = 0;      ///< mean of the largest weight
    double jacobianMeanSquare = 0; ///< mean of the squared Frobenius norm of diag(w) - w w^T
};
NormalSoftmax normalSoftmax(double sigma, int keys);

/// Values of r = |q|^2 (chi-square, d degrees of freedom) with their probabilities, which sum to 1.
struct ChiSquareNode {
    double value = 0;
    double probability = 0;
};
std::vector<ChiSquareNode> chiSquareNodes(int degrees);

/// The same softmax over factor x (q . k): given q, the scores are independent and N(0, (factor |q|)^2).
NormalSoftmax dotProductSoftmax(int headWidth, double factor, int keys);

/// Probability that factor x (q . k) lies in [from, to).
double dotProductProbability(const std::vector<ChiSquareNode>& nodes, double factor, double from, double to);

} // namespace headlight
