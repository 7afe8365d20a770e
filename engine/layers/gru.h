#pragma once

#include "engine/core/matrix.h"

#include <stop_token>

namespace headlight {

/// Gated recurrent unit (Cho et al. 2014), with the gates in PyTorch's order and placing (torch.nn.GRU):
///   r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
///   z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
///   c = tanh(W_in x + b_in + r * (W_hn h + b_hn))
///   h' = (1 - z) * c + z * h
/// One layer in one direction, forward only. Immutable.
template <class T>
class Gru {
public:
    struct Parameters {
        Matrix<T> inputMatrix;  // (3 hidden, in): W_ir, W_iz, W_in
        Matrix<T> hiddenMatrix; // (3 hidden, hidden): W_hr, W_hz, W_hn
        Matrix<T> inputBias;    // (1, 3 hidden)
        Matrix<T> hiddenBias;   // (1, 3 hidden)
    };
    /// What a pass leaves for a backward pass.
    struct Tape {
        Matrix<T> gates; // (n, 3 hidden): r, z, c of every step
    };

    explicit Gru(Parameters parameters);

    Index inputs() const { return m_parameters.inputMatrix.cols(); }
    Index hidden() const { return m_parameters.hiddenMatrix.cols(); }

    /// x: (n, in), y: (n, hidden): the state after each step, from the state `start` (1, hidden), or 0 where
    /// it is empty. `reversed` reads x from its last row to its first; row i of y is still the state after
    /// row i. `stop` is polled between steps (throws Cancelled).
    void forward(ConstMatrixView<T> x, MatrixView<T> y, Tape& tape, bool reversed = false,
                 const Matrix<T>& start = {}, const std::stop_token& stop = {}) const;

private:
    Parameters m_parameters;
};

} // namespace headlight
