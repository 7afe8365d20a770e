#pragma once

#include "engine/core/progress.h"
#include "engine/core/tensor.h"
#include "engine/metrics/head_pattern.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace headlight {

/// How much two heads differ over the same tokens, by the Jensen-Shannon divergence of their rows (Lin 1991;
/// between attention heads: Clark et al. 2019, What Does BERT Look At?, section 6). In bits: 0 for equal
/// rows, 1 for rows that share no key. It is the *divergence*; its square root is a distance in the sense of
/// the triangle inequality (Endres & Schindelin 2003), see distanceOf.

/// Of two rows of the same length that each sum to 1, in double. Nothing when the lengths differ or a row
/// looks at nothing. Rows that do not sum to 1 (an edit did that) are compared as shares of their sum.
std::optional<double> rowDivergence(std::span<const float> a, std::span<const float> b);
/// sqrt(divergence), 0..1.
double distanceOf(double divergence);

/// Row by row, and their mean over the rows where both heads look at something.
struct HeadDivergence {
    std::vector<std::optional<double>> rows; ///< one a query
    std::optional<double> mean;
};
/// Heads of any traces and models, over as many tokens. Throws RequestError when the shapes differ.
HeadDivergence divergenceOf(const HeadPattern& a, const HeadPattern& b);

/// Another head of the same pass, and the mean divergence of its rows.
struct HeadDistance {
    HeadAddress head;
    double bits = 0;
};
/// The head of the same stack whose rows are nearest; ties go to the first. Nothing when there is no other
/// one over these tokens, or no such head.
std::optional<HeadDistance> nearestHead(const Trace& trace, const HeadAddress& head);

/// All heads of one stack against each other.
struct HeadSimilarity {
    std::vector<HeadAddress> heads; ///< layer by layer
    /// (H, H): mean divergence in bits, symmetric, the diagonal 0. In float32, off by at most about 2e-6 from
    /// divergenceOf: logarithms are computed eight at a time.
    Tensor<float> divergence;

    /// Tensor of sqrt(divergence), for clustering.
    Tensor<float> distances() const;
    /// The head nearest to `head`; ties go to the first. Nothing when it is the only one or not there.
    std::optional<HeadAddress> mostSimilar(const HeadAddress& head) const;
};
/// Takes heads^2 / 2 times n x m logarithms: 144 heads over 64 tokens in some tens of milliseconds. Throws
/// RequestError when the trace has no such stack or its layers differ in shape; Cancelled.
HeadSimilarity similarityOf(const Trace& trace, Stack stack, const JobControl& control = {});

/// The same over many texts: the mean of their matrices, every text counted alike.
class SimilarityMean {
public:
    explicit SimilarityMean(Stack stack) : m_stack(stack) {}
    /// Throws RequestError when the trace has other heads than those before it.
    void add(const Trace& trace);
    int texts() const { return m_texts; }
    /// Empty before the first text.
    HeadSimilarity mean() const;

private:
    Stack m_stack;
    int m_texts = 0;
    std::vector<HeadAddress> m_heads;
    std::vector<double> m_sums;
};

} // namespace headlight
