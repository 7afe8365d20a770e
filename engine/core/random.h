#pragma once

#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numbers>

namespace headlight {

/// A small random stream whose whole state is one number, so that a training run can be stopped, saved and
/// continued with the same bits; it gives the same numbers with every standard library (splitmix64, Steele,
/// Lea and Flood 2014).
class Random {
public:
    explicit Random(uint64_t seed) : m_state(seed) {}

    uint64_t state() const { return m_state; }
    void setState(uint64_t state) { m_state = state; }

    uint64_t next() {
        m_state += 0x9e3779b97f4a7c15u;
        uint64_t value = m_state;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
        return value ^ (value >> 31);
    }
    /// In [0, count); count > 0. The bias of the remainder is below count / 2^64.
    size_t below(size_t count) {
        assert(count > 0);
        return static_cast<size_t>(next() % count);
    }
    /// In [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Normally distributed, mean 0 and variance 1 (Box & Muller 1958; its second number is thrown away, so
    /// that the state stays one number).
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    bool chance(double probability) { return uniform() < probability; }
    /// One element of a container that is not empty.
    template <class Container>
    const auto& pick(const Container& container) {
        return container[below(std::size(container))];
    }

private:
    uint64_t m_state;
};

} // namespace headlight
