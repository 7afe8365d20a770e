#pragma once

#include "engine/attention/multi_head.h"
#include "engine/layers/feed_forward.h"
#include "engine/layers/norm.h"

namespace headlight {

/// One post-norm encoder block (Vaswani et al. 2017, section 3.1):
/// attended = norm(x + attention(x)), y = norm(attended + feedForward(attended)).
template <class T>
class EncoderLayer {
public:
    struct Shape {
        Index width, heads, feedForward;
        double eps;
        Activation activation;
    };
    struct Tape {
        Matrix<T> input;    // (rows, D)
        Matrix<T> attended; // (rows, D), after the first norm
        typename MultiHeadAttention<T>::Tape attention;
        typename FeedForward<T>::Tape feedForward;
        LayerNormTape<T> attentionNorm, outputNorm;
        Matrix<T> attentionFactors, outputFactors; // of dropout; empty without
    };
    /// Dropout of a training pass: rates, and one random stream for the layer.
    struct Dropout {
        double attention = 0;
        double hidden = 0;
        double nestedHeads = 0; ///< see TrainingNoise
        uint64_t seed = 0;
    };

    /// Adds its parameters under BERT's names, `prefix` = "bert.encoder.layer.0".
    EncoderLayer(ParameterList<T>& parameters, const std::string& prefix, const Shape& shape);

    void pack();

    /// One sequence, x: (n, D) -> y: (n, D); returns the attention site's record. `detail` may be null;
    /// `earlier`: see MultiHeadAttention.
    std::shared_ptr<BasicSiteRecord<T>> forwardRecorded(ConstMatrixView<T> x, MatrixView<T> y,
                                                        const std::stop_token& stop, const SiteEdits& edits,
                                                        BasicSiteDetail<T>* detail = nullptr,
                                                        EarlierSites<T> earlier = {}) const;
    /// A ragged batch. tape.input is the layer's x; y: (rows, D).
    void forward(std::span<const Segment> segments, const Dropout& dropout, Tape& tape,
                 MatrixView<T> y) const;
    /// `grad` (rows, D) comes in as the gradient of y and goes out as that of x.
    void backward(std::span<const Segment> segments, Tape& tape, Matrix<T>& grad,
                  Gradients<T>& gradients) const;

    /// What the parts of this layer wrote towards one number that reads its output along a direction; see
    /// models/direct_paths.h.
    struct DirectShares {
        std::vector<double> heads; ///< (H)
        double feedForward = 0;
        double biases = 0; ///< of the output projection and both norms
    };
    /// x: (1, D), joined contexts: (1, D). `direction` (D) comes in as that of y and goes out as that of x.
    DirectShares directShares(ConstMatrixView<T> x, ConstMatrixView<T> joined,
                              RowVector<double>& direction) const;

    double flops(std::span<const Segment> segments) const;

private:
    MultiHeadAttention<T> m_attention;
    Norm<T> m_attentionNorm;
    FeedForward<T> m_feedForward;
    Norm<T> m_outputNorm;
};

} // namespace headlight
