#pragma once

#include "engine/core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// Element types that Headlight reads. BF16 and F16 are widened to float on reading.
enum class ElementType { f32, f16, bf16, f64, i64, i32, u8, boolean };

/// One tensor as a safetensors header describes it.
struct TensorEntry {
    ElementType type = ElementType::f32;
    std::vector<int64_t> shape;
    std::span<const std::byte> bytes; ///< in the mapped file, little-endian, row-major
};

/// A safetensors file, memory-mapped and checked as a whole when it is opened: every length in the header is
/// compared with the file before anything is read or allocated, ranges may not overlap or leave holes (format
/// of https://github.com/huggingface/safetensors).
class SafetensorsFile {
public:
    /// Throws FileError: missing, not a regular file, truncated, header that is too long or not JSON, unknown
    /// element type, shape that does not fit its bytes.
    static std::shared_ptr<const SafetensorsFile> open(const std::filesystem::path& path);
    /// The same checks on bytes in memory, which must outlive the object; `name` stands in messages. For
    /// tests and fuzzing.
    static std::shared_ptr<const SafetensorsFile> parse(std::span<const std::byte> bytes,
                                                        const std::string& name);
    ~SafetensorsFile();
    SafetensorsFile(const SafetensorsFile&) = delete;
    SafetensorsFile& operator=(const SafetensorsFile&) = delete;

    const std::string& name() const;
    const std::map<std::string, TensorEntry, std::less<>>& tensors() const;
    const std::map<std::string, std::string, std::less<>>& metadata() const;
    bool contains(std::string_view tensor) const;

    /// A copy as float. Throws FileError when the tensor is missing, has another shape than `expected` (an
    /// empty `expected` accepts any), is not a floating-point type, or holds NaN or an infinity where
    /// `allowNonFinite` is false.
    Tensor<float> read(std::string_view tensor, const std::vector<int64_t>& expected = {},
                       bool allowNonFinite = false) const;
    /// The same for one slice along the first dimension: (b, c) number `index` of a tensor (a, b, c).
    Tensor<float> readSlice(std::string_view tensor, int64_t index, bool allowNonFinite = false) const;

    /// SHA-256 of the whole file, lower-case hex. Takes milliseconds a megabyte: computed on the first call,
    /// then kept.
    const std::string& sha256() const;

private:
    struct Content;
    explicit SafetensorsFile(std::unique_ptr<Content> content);
    const TensorEntry& find(std::string_view tensor) const;
    std::unique_ptr<Content> m_content;
};

/// Collects tensors and writes them as one file, to a temporary name first, then renamed into place.
class SafetensorsWriter {
public:
    /// Copies the numbers. Throws RequestError for a name that is already there, a type other than f32 and
    /// f16, or a shape that the numbers do not fill.
    void add(const std::string& name, std::vector<int64_t> shape, std::span<const float> values,
             ElementType type = ElementType::f32); ///< type: f32 or f16 (rounded to nearest even)
    /// The same in F32 without a copy, for numbers that lie in several places one after another. They must
    /// outlive the writer.
    void addReferenced(const std::string& name, std::vector<int64_t> shape,
                       const std::vector<std::span<const float>>& pieces);
    void setMetadata(const std::string& key, const std::string& value);
    /// Throws FileError when the file cannot be written, RequestError when a text is not UTF-8; nothing
    /// half-written stays behind.
    void write(const std::filesystem::path& path) const;
    std::vector<std::byte> bytes() const;

private:
    struct Entry {
        ElementType type;
        std::vector<int64_t> shape;
        std::vector<std::byte> owned;
        std::vector<std::span<const std::byte>> pieces; ///< in `owned` or with the caller
    };
    void insert(const std::string& name, Entry entry, size_t count);
    /// The file as a header, built in `header`, followed by the tensors.
    std::vector<std::span<const std::byte>> layOut(std::vector<std::byte>& header) const;

    std::map<std::string, Entry> m_entries;
    std::map<std::string, std::string> m_metadata;
};

/// IEEE 754 half precision <-> float, exact one way, rounded to nearest even the other.
float halfToFloat(uint16_t half);
uint16_t floatToHalf(float value);

} // namespace headlight
