#pragma once

#include "engine/layers/parameter.h"

#include <deque>

namespace headlight {

/// Owns a model's parameters; references to them stay valid as more are added.
template <class T>
class ParameterList {
public:
    ParameterList() = default;
    ParameterList(const ParameterList&) = delete;
    ParameterList& operator=(const ParameterList&) = delete;

    /// A matrix (rows, columns); weight decay applies.
    Parameter<T>& matrix(std::string name, Index rows, Index columns) {
        return add({std::move(name), Matrix<T>::Zero(rows, columns), {rows, columns}, 0, true});
    }
    /// A bias or a norm's gain, kept as (1, d); no weight decay.
    Parameter<T>& vector(std::string name, Index d, T value = T(0)) {
        return add({std::move(name), Matrix<T>::Constant(1, d, value), {d}, 0, false});
    }

    const std::vector<Parameter<T>*>& all() const { return m_order; }
    Gradients<T> zeroGradients() const {
        Gradients<T> gradients;
        for (const Parameter<T>* parameter : m_order)
            gradients.push_back(Matrix<T>::Zero(parameter->value.rows(), parameter->value.cols()));
        return gradients;
    }
    int64_t count() const {
        int64_t sum = 0;
        for (const Parameter<T>* parameter : m_order)
            sum += parameter->value.size();
        return sum;
    }

private:
    Parameter<T>& add(Parameter<T> parameter) {
        parameter.index = static_cast<int>(m_owned.size());
        m_owned.push_back(std::move(parameter));
        m_order.push_back(&m_owned.back());
        return m_owned.back();
    }
    std::deque<Parameter<T>> m_owned;
    std::vector<Parameter<T>*> m_order;
};

} // namespace headlight
