#pragma once

#include "engine/core/matrix.h"

#include <optional>
#include <string_view>

namespace headlight {

/// Element-wise functions between the two layers of a feed-forward block. Names on disk are those of
/// config.json.
enum class Activation {
    geluErf,  ///< "gelu": x Phi(x), Phi by erf (Hendrycks & Gimpel 2016, eq. 1)
    geluTanh, ///< "gelu_new": its tanh approximation (section 2)
    relu,     ///< "relu"
    silu      ///< "silu" and "swish": x sigmoid(x)
};

std::optional<Activation> parseActivation(std::string_view name);
std::string_view toString(Activation activation);

/// y = f(x), both (n, d); y may be x.
template <class T>
void activate(Activation activation, ConstMatrixView<T> x, MatrixView<T> y);

/// gradX = gradY * f'(x); gradX may be gradY.
template <class T>
void activateBackward(Activation activation, ConstMatrixView<T> x, ConstMatrixView<T> gradY,
                      MatrixView<T> gradX);

} // namespace headlight
