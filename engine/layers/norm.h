#pragma once

#include "engine/layers/parameter_list.h"
#include "engine/ops/layer_norm.h"

namespace headlight {

/// Layer normalisation with its gain and bias; see ops/layer_norm.h.
template <class T>
class Norm {
public:
    /// Adds `prefix`.weight and `prefix`.bias to the list.
    Norm(ParameterList<T>& parameters, const std::string& prefix, Index width, double eps);

    /// x, y: (n, d); y may be x; `tape` may be null.
    void forward(ConstMatrixView<T> x, MatrixView<T> y, LayerNormTape<T>* tape) const;
    /// With the deviation of row 0 of `tape` held, y . direction = x . (new direction) + a constant:
    /// `direction` (d) becomes the new one, the constant is returned.
    double pullBackFrozen(const LayerNormTape<T>& tape, RowVector<double>& direction) const;
    /// gradX may be gradY.
    void backward(const LayerNormTape<T>& tape, ConstMatrixView<T> gradY, MatrixView<T> gradX,
                  Gradients<T>& gradients) const;

private:
    Parameter<T>& m_gain;
    Parameter<T>& m_bias;
    T m_eps;
};

} // namespace headlight
