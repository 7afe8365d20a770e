#pragma once

#include "engine/layers/linear.h"
#include "engine/ops/activation.h"

namespace headlight {

/// Two Linear layers with an activation between them (Vaswani et al. 2017, section 3.3).
template <class T>
class FeedForward {
public:
    struct Tape {
        Matrix<T> inner;     // (n, d_ff): before the activation
        Matrix<T> activated; // (n, d_ff)
    };

    FeedForward(Linear<T> up, Linear<T> down, Activation activation);

    void pack();
    /// x, y: (n, D). What the backward pass needs is left in `tape`.
    void forward(ConstMatrixView<T> x, MatrixView<T> y, Tape& tape) const;
    /// gradX (n, D) is written. `tape` is used up.
    void backward(ConstMatrixView<T> x, Tape& tape, ConstMatrixView<T> gradY, Matrix<T>& gradX,
                  Gradients<T>& gradients) const;
    double flops(Index n) const { return m_up.flops(n) + m_down.flops(n); }

private:
    Linear<T> m_up;
    Linear<T> m_down;
    Activation m_activation;
};

} // namespace headlight
