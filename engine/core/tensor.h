#pragma once

#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <span>
#include <vector>

namespace headlight {

/// Memory on cache-line boundaries. Vectorised loops peel cells up to such a boundary and compute those one
/// by one, so the last bits of a result would otherwise depend on where the allocator happened to put an
/// array.
template <class T>
struct CacheLineAllocator {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};
    CacheLineAllocator() = default;
    template <class U>
    explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
    T* allocate(size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), alignment)); }
    void deallocate(T* memory, size_t) { ::operator delete(memory, alignment); }
    friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

/// A dense, row-major array of up to four dimensions that owns its numbers. It carries results between the
/// engine, files and the window; arithmetic happens on Eigen views of it (`core/tensor_view.h`), so this
/// header has no Eigen.
template <class T>
class Tensor {
public:
    Tensor() = default;
    /// All zeros. Every dimension is >= 0.
    explicit Tensor(std::vector<int64_t> shape) : m_shape(std::move(shape)), m_values(count(m_shape)) {}
    Tensor(std::vector<int64_t> shape, std::span<const T> values)
        : m_shape(std::move(shape)), m_values(values.begin(), values.end()) {
        assert(m_values.size() == count(m_shape));
    }
    Tensor(std::vector<int64_t> shape, std::initializer_list<T> values)
        : Tensor(std::move(shape), std::span<const T>(values.begin(), values.size())) {}

    const std::vector<int64_t>& shape() const { return m_shape; }
    int64_t dimension(size_t axis) const { return m_shape[axis]; }
    size_t size() const { return m_values.size(); }
    bool empty() const { return m_values.empty(); }
    std::span<T> values() { return m_values; }
    std::span<const T> values() const { return m_values; }

    /// `tensor.at(head, query, key)`: one index a dimension.
    template <class... I>
    const T& at(I... index) const {
        return m_values[offset(index...)];
    }
    template <class... I>
    T& at(I... index) {
        return m_values[offset(index...)];
    }

    /// `tensor.row(head, query)`: the numbers along the last dimension, all other indices given.
    template <class... I>
    std::span<const T> row(I... index) const {
        const size_t width = static_cast<size_t>(m_shape.back());
        return {m_values.data() + rowOffset(index...) * width, width};
    }
    template <class... I>
    std::span<T> row(I... index) {
        const size_t width = static_cast<size_t>(m_shape.back());
        return {m_values.data() + rowOffset(index...) * width, width};
    }

    static size_t count(const std::vector<int64_t>& shape) {
        size_t product = 1;
        for (int64_t extent : shape)
            product *= static_cast<size_t>(extent);
        return product;
    }

private:
    template <class... I>
    size_t offset(I... index) const {
        assert(sizeof...(index) == m_shape.size());
        size_t result = 0;
        size_t axis = 0;
        ((result = result * static_cast<size_t>(m_shape[axis++]) + static_cast<size_t>(index)), ...);
        return result;
    }
    template <class... I>
    size_t rowOffset(I... index) const {
        assert(sizeof...(index) + 1 == m_shape.size());
        size_t result = 0;
        size_t axis = 0;
        ((result = result * static_cast<size_t>(m_shape[axis++]) + static_cast<size_t>(index)), ...);
        return result;
    }

    std::vector<int64_t> m_shape;
    std::vector<T, CacheLineAllocator<T>> m_values;
};

} // namespace headlight
