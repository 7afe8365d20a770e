#include "engine/layers/linear.h"

#include "engine/layers/packed_linear.h"

#include <type_traits>

namespace headlight {

namespace {
/// y = x W^T + b by Eigen.
template <class T>
void multiply(ConstMatrixView<T> x, const Matrix<T>& weight, const Matrix<T>* bias, MatrixView<T> y) {
    y.noalias() = x * weight.transpose();
    if (bias)
        y.rowwise() += bias->row(0);
}
} // namespace

template <class T>
Linear<T>::Linear(Parameter<T>& weight, Parameter<T>* bias) : m_weight(&weight), m_bias(bias) {}
template <class T>
Linear<T>::~Linear() = default;
template <class T>
Linear<T>::Linear(Linear&&) noexcept = default;

template <class T>
void Linear<T>::pack() {
    if constexpr (std::is_same_v<T, float>)
        m_packed = PackedLinear::make(m_weight->value, m_bias ? &m_bias->value : nullptr);
}

template <class T>
void Linear<T>::forward(ConstMatrixView<T> x, MatrixView<T> y) const {
    const Index n = x.rows();
    const Matrix<T>* bias = m_bias ? &m_bias->value : nullptr;
    if constexpr (std::is_same_v<T, float>) {
        if (m_packed) {
            const Index padded = PackedLinear::paddedRows(n);
            const auto contiguous = [](const auto& view) { return view.outerStride() == view.cols(); };
            if (n == padded && contiguous(x) && contiguous(y)) {
                m_packed->forward(x.data(), y.data(), n);
                return;
            }
            Matrix<T> input = Matrix<T>::Zero(padded, x.cols()), output(padded, y.cols());
            input.topRows(n) = x;
            m_packed->forward(input.data(), output.data(), padded);
            y = output.topRows(n);
            return;
        }
    }
    if (n >= minimumRows) {
        multiply<T>(x, m_weight->value, bias, y);
        return;
    }
    Matrix<T> input = Matrix<T>::Zero(minimumRows, x.cols()), output(minimumRows, y.cols());
    input.topRows(n) = x;
    multiply<T>(input, m_weight->value, bias, output);
    y = output.topRows(n);
}

template <class T>
void Linear<T>::backward(ConstMatrixView<T> x, ConstMatrixView<T> gradY, Matrix<T>* gradX,
                         Gradients<T>& gradients) const {
    // y = x W^T + b
    gradients[static_cast<size_t>(m_weight->index)].noalias() += gradY.transpose() * x;
    if (m_bias)
        gradients[static_cast<size_t>(m_bias->index)].row(0) += gradY.colwise().sum();
    if (gradX)
        gradX->noalias() = gradY * m_weight->value;
}

template class Linear<float>;
template class Linear<double>;

std::string plainBackendName() {
    std::string name = "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + "." +
                       std::to_string(EIGEN_MAJOR_VERSION) + "." + std::to_string(EIGEN_MINOR_VERSION);
#if defined(__AVX2__) && defined(__FMA__)
    return name + ", AVX2 + FMA";
#else
    return name + ", SSE2";
#endif
}

} // namespace headlight
