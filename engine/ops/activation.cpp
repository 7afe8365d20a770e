#include "engine/ops/activation.h"

#include <array>
#include <numbers>
#include <unsupported/Eigen/SpecialFunctions>

namespace headlight {

namespace {
struct ActivationName {
    Activation activation;
    std::string_view name;
};
constexpr std::array activationNames{
    ActivationName{Activation::geluErf, "gelu"}, ActivationName{Activation::geluTanh, "gelu_new"},
    ActivationName{Activation::relu, "relu"}, ActivationName{Activation::silu, "silu"},
    ActivationName{Activation::silu, "swish"}};

template <class T>
constexpr T inverseSqrt2 = T(1) / std::numbers::sqrt2_v<T>;
/// Density of the standard normal at 0.
template <class T>
constexpr T density0 = std::numbers::inv_sqrtpi_v<T>* inverseSqrt2<T>;
template <class T>
constexpr T tanhScale = std::numbers::sqrt2_v<T>* std::numbers::inv_sqrtpi_v<T>;
template <class T>
constexpr T tanhCubic = T(0.044715);
} // namespace

std::optional<Activation> parseActivation(std::string_view name) {
    for (const ActivationName& entry : activationNames)
        if (entry.name == name)
            return entry.activation;
    return std::nullopt;
}

std::string_view toString(Activation activation) {
    for (const ActivationName& entry : activationNames)
        if (entry.activation == activation)
            return entry.name;
    return {};
}

template <class T>
void activate(Activation activation, ConstMatrixView<T> x, MatrixView<T> y) {
    for (Index i = 0; i < x.rows(); ++i) {
        const auto in = x.row(i).array();
        auto out = y.row(i).array();
        switch (activation) {
        case Activation::geluErf:
            out = in * (T(0.5) * ((in * inverseSqrt2<T>).erf() + T(1)));
            break;
        case Activation::geluTanh:
            out = T(0.5) * in * ((tanhScale<T> * (in + tanhCubic<T> * in.cube())).tanh() + T(1));
            break;
        case Activation::relu:
            out = in.max(T(0));
            break;
        case Activation::silu:
            out = in / ((-in).exp() + T(1));
            break;
        }
    }
}

template <class T>
void activateBackward(Activation activation, ConstMatrixView<T> x, ConstMatrixView<T> gradY,
                      MatrixView<T> gradX) {
    RowVector<T> inner(x.cols()), bent(x.cols()); // (d)
    for (Index i = 0; i < x.rows(); ++i) {
        const auto in = x.row(i).array();
        const auto grad = gradY.row(i).array();
        auto out = gradX.row(i).array();
        switch (activation) {
        case Activation::geluErf: // y = x Phi(x)
            out = grad * (T(0.5) * ((in * inverseSqrt2<T>).erf() + T(1)) +
                          in * density0<T> * (in.square() * T(-0.5)).exp());
            break;
        case Activation::geluTanh: // y = x/2 (1 + tanh(u)), u = sqrt(2/pi) (x + 0.044715 x^3)
            bent.array() = (tanhScale<T> * (in + tanhCubic<T> * in.cube())).tanh();
            inner.array() = tanhScale<T> * (T(1) + T(3) * tanhCubic<T> * in.square());
            out = grad * (T(0.5) * (bent.array() + T(1)) +
                          T(0.5) * in * (T(1) - bent.array().square()) * inner.array());
            break;
        case Activation::relu: // y = max(x, 0)
            out = (in > T(0)).select(grad, T(0));
            break;
        case Activation::silu: // y = x s, s = sigmoid(x)
            bent.array() = ((-in).exp() + T(1)).inverse();
            out = grad * bent.array() * (T(1) + in * (T(1) - bent.array()));
            break;
        }
    }
}

template void activate(Activation, ConstMatrixView<float>, MatrixView<float>);
template void activate(Activation, ConstMatrixView<double>, MatrixView<double>);
template void activateBackward(Activation, ConstMatrixView<float>, ConstMatrixView<float>, MatrixView<float>);
template void activateBackward(Activation, ConstMatrixView<double>, ConstMatrixView<double>,
                               MatrixView<double>);

} // namespace headlight
