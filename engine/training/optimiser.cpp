#include "engine/training/optimiser.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace headlight {

double LearningRateSchedule::rate(int64_t step) const {
    if (step < warmUpSteps)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmUpSteps);
    const auto falling = static_cast<double>(std::max<int64_t>(steps - warmUpSteps, 1));
    const double done = std::clamp(static_cast<double>(step + 1 - warmUpSteps) / falling, 0.0, 1.0);
    const double left = decay == Decay::linear ? 1 - done : 0.5 * (1 + std::cos(std::numbers::pi * done));
    return peak * (last + (1 - last) * left);
}

template <class T>
double globalNorm(const Gradients<T>& gradients) {
    double sum = 0;
    for (const Matrix<T>& gradient : gradients)
        sum += gradient.template cast<double>().squaredNorm();
    return std::sqrt(sum);
}

template <class T>
double clipGlobalNorm(Gradients<T>& gradients, double maximum) {
    const double norm = globalNorm<T>(gradients);
    if (norm > maximum)
        for (Matrix<T>& gradient : gradients)
            gradient *= static_cast<T>(maximum / norm);
    return norm;
}

template <class T>
AdamW<T>::AdamW(const std::vector<Parameter<T>*>& parameters, Constants constants)
    : m_parameters(parameters), m_constants(constants) {
    for (const Parameter<T>* parameter : parameters) {
        m_first.push_back(Matrix<T>::Zero(parameter->value.rows(), parameter->value.cols()));
        m_second.push_back(Matrix<T>::Zero(parameter->value.rows(), parameter->value.cols()));
    }
}

template <class T>
void AdamW<T>::step(const Gradients<T>& gradients, double learningRate) {
    assert(gradients.size() == m_parameters.size());
    ++m_steps;
    const auto t = static_cast<double>(m_steps);
    const auto beta1 = static_cast<T>(m_constants.beta1);
    const auto beta2 = static_cast<T>(m_constants.beta2);
    const auto eps = static_cast<T>(m_constants.eps);
    const auto rate = static_cast<T>(learningRate / (1 - std::pow(m_constants.beta1, t)));
    const auto secondScale = static_cast<T>(1 / (1 - std::pow(m_constants.beta2, t)));
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        const auto kept = static_cast<T>(m_parameters[i]->decay ? 1 - learningRate * m_constants.decay : 1.0);
        const Matrix<T>& g = gradients[i];
        Matrix<T>& m = m_first[i];
        Matrix<T>& v = m_second[i];
        Matrix<T>& p = m_parameters[i]->value;
        m.array() = beta1 * m.array() + (1 - beta1) * g.array();
        v.array() = beta2 * v.array() + (1 - beta2) * g.array().square();
        p.array() = kept * p.array() - rate * m.array() / ((secondScale * v.array()).sqrt() + eps);
    }
}

template <class T>
void AdamW<T>::restore(int64_t steps, Gradients<T> first, Gradients<T> second) {
    assert(first.size() == m_parameters.size() && second.size() == m_parameters.size());
    m_steps = steps;
    m_first = std::move(first);
    m_second = std::move(second);
}

template double globalNorm<float>(const Gradients<float>&);
template double globalNorm<double>(const Gradients<double>&);
template double clipGlobalNorm<float>(Gradients<float>&, double);
template double clipGlobalNorm<double>(Gradients<double>&, double);
template class AdamW<float>;
template class AdamW<double>;

} // namespace headlight
