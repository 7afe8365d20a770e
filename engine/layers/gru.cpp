#include "engine/layers/gru.h"

#include "engine/core/errors.h"

namespace headlight {

template <class T>
Gru<T>::Gru(Parameters parameters) : m_parameters(std::move(parameters)) {}

template <class T>
void Gru<T>::forward(ConstMatrixView<T> x, MatrixView<T> y, Tape& tape, bool reversed, const Matrix<T>& start,
                     const std::stop_token& stop) const {
    const Index n = x.rows(), d = hidden();
    // The input's part of all gates at once; only what needs the state before it must wait.
    tape.gates.resize(n, 3 * d);
    tape.gates.noalias() = x * m_parameters.inputMatrix.transpose();
    tape.gates.rowwise() += m_parameters.inputBias.row(0);

    RowVector<T> state = RowVector<T>::Zero(d); // (hidden)
    if (start.size() > 0)
        state = start.row(0);
    RowVector<T> fromState(3 * d); // W_h h + b_h
    for (Index step = 0; step < n; ++step) {
        if (stop.stop_requested())
            throw Cancelled();
        const Index row = reversed ? n - 1 - step : step;
        fromState = m_parameters.hiddenBias.row(0);
        fromState.noalias() += state * m_parameters.hiddenMatrix.transpose();
        auto r = tape.gates.row(row).head(d).array();
        auto z = tape.gates.row(row).segment(d, d).array();
        auto c = tape.gates.row(row).tail(d).array();
        r = (1 + (-r - fromState.head(d).array()).exp()).inverse();
        z = (1 + (-z - fromState.segment(d, d).array()).exp()).inverse();
        c = (c + r * fromState.tail(d).array()).tanh();
        state.array() = (1 - z) * c + z * state.array();
        y.row(row) = state;
    }
}

template class Gru<float>;
template class Gru<double>;

} // namespace headlight
