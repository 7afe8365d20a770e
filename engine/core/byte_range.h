#pragma once

#include <cstddef>

namespace headlight {

/// Half-open range of bytes of a UTF-8 text: [begin, end).
struct ByteRange {
    size_t begin = 0;
    size_t end = 0;

    size_t size() const { return end - begin; }
    bool empty() const { return begin == end; }
    bool contains(size_t byte) const { return begin <= byte && byte < end; }
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

} // namespace headlight
