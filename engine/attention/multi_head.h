#pragma once

#include "engine/attention/head.h"
#include "engine/edits/site_edits.h"
#include "engine/layers/linear.h"
#include "engine/trace/recording.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace headlight {

/// The finished sites of a stack, in layer order.
template <class T>
using EarlierSites = std::span<const std::shared_ptr<const BasicSiteRecord<T>>>;

/// Rows [begin, begin + rows) of a batch matrix: one sequence.
struct Segment {
    Index begin = 0;
    Index rows = 0;
};

/// Dropout as a training pass uses it; rates of 0 switch it off.
struct DropoutStream {
    double rate = 0; ///< of weights
    uint64_t seed = 0;
    double nestedHeads = 0; ///< share of sequences of which only the first heads speak (ops/dropout.h)
};

/// Multi-head self-attention (Vaswani et al. 2017, section 3.2.2): queries, keys and values by three Linear
/// layers, H heads of width D / H side by side, their contexts concatenated and projected by a fourth. Both
/// passes below run the same heads (attention/head.h): one for a sequence whose every number is kept, one for
/// ragged batches in training.
template <class T>
class MultiHeadAttention {
public:
    struct Projections {
        Linear<T> query, key, value, output;
    };
    /// What a training pass leaves for its backward pass.
    struct Tape {
        Matrix<T> queries, keys, values; // (rows, D)
        Matrix<T> context;               // (rows, D)
        Matrix<T> weights;               // (1, sum over segments of H n^2), head after head
        Matrix<T> used;                  // the same after dropout; empty without
        Matrix<T> factors;               // dropout's factors; empty without
        std::vector<Index> speaking;     // heads of each segment that add something; empty: all
    };

    MultiHeadAttention(Projections projections, Index heads, Mask mask);

    Index heads() const { return m_heads; }
    void pack();

    /// One sequence, x: (n, D), y: (n, D). Returns what the heads computed; y is made from these very arrays.
    /// `stop` is polled between heads (throws Cancelled). Where `edits` reach a head, it computes what they
    /// say (edited_head.h), and that is what is recorded. `detail`, unless null, receives all that it names
    /// up to `output`; the bits of y do not depend on it. `earlier`: the finished sites of the stack in layer
    /// order, from which heads may borrow their weights.
    std::shared_ptr<BasicSiteRecord<T>> forwardRecorded(ConstMatrixView<T> x, MatrixView<T> y,
                                                        const std::stop_token& stop,
                                                        const SiteEdits& edits = {},
                                                        BasicSiteDetail<T>* detail = nullptr,
                                                        EarlierSites<T> earlier = {}) const;

    /// A ragged batch, x, y: (rows, D).
    void forward(ConstMatrixView<T> x, std::span<const Segment> segments, DropoutStream dropout, Tape& tape,
                 MatrixView<T> y) const;
    /// gradX (rows, D) is overwritten.
    void backward(ConstMatrixView<T> x, std::span<const Segment> segments, const Tape& tape,
                  ConstMatrixView<T> gradY, Matrix<T>& gradX, Gradients<T>& gradients) const;

    /// The output projection on its own. joined contexts, y: (n, D).
    void project(ConstMatrixView<T> joined, MatrixView<T> y) const {
        m_projections.output.forward(joined, y);
    }
    /// What each head adds to output . direction (D), from its part of one row of joined contexts (1, D);
    /// returns what the bias of the output projection adds.
    double directShares(ConstMatrixView<T> joined, const RowVector<double>& direction,
                        std::vector<double>& heads) const;

    /// Arithmetic of one forward pass, projections and heads.
    double flops(std::span<const Segment> segments) const;

private:
    /// Clears what heads that do not speak would add to a (rows, D) array of contexts.
    void silence(std::span<const Segment> segments, const std::vector<Index>& speaking,
                 Matrix<T>& contexts) const;
    HeadRule<T> rule() const { return {m_score, m_normaliser, m_mask}; }
    Index headWidth() const { return m_projections.query.outputs() / m_heads; }

    Projections m_projections;
    Index m_heads;
    Mask m_mask;
    DotProduct<T> m_score;
    Softmax<T> m_normaliser;
};

} // namespace headlight
