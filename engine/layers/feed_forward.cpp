#include "engine/layers/feed_forward.h"

namespace headlight {

template <class T>
FeedForward<T>::FeedForward(Linear<T> up, Linear<T> down, Activation activation)
    : m_up(std::move(up)), m_down(std::move(down)), m_activation(activation) {}

template <class T>
void FeedForward<T>::pack() {
    m_up.pack();
    m_down.pack();
}

template <class T>
void FeedForward<T>::forward(ConstMatrixView<T> x, MatrixView<T> y, Tape& tape) const {
    tape.inner.resize(x.rows(), m_up.outputs());
    tape.activated.resize(x.rows(), m_up.outputs());
    m_up.forward(x, tape.inner);
    activate<T>(m_activation, tape.inner, tape.activated);
    m_down.forward(tape.activated, y);
}

template <class T>
void FeedForward<T>::backward(ConstMatrixView<T> x, Tape& tape, ConstMatrixView<T> gradY, Matrix<T>& gradX,
                              Gradients<T>& gradients) const {
    Matrix<T> gradInner; // (n, d_ff)
    m_down.backward(tape.activated, gradY, &gradInner, gradients);
    activateBackward<T>(m_activation, tape.inner, gradInner, gradInner);
    m_up.backward(x, gradInner, &gradX, gradients);
}

template class FeedForward<float>;
template class FeedForward<double>;

} // namespace headlight
