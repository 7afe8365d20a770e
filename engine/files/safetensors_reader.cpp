#include "engine/core/errors.h"
#include "engine/files/element_type.h"
#include "engine/files/mapped_file.h"
#include "engine/files/safetensors.h"
#include "engine/files/safetensors_header.h"
#include "engine/files/sha256.h"
#include "engine/files/shown.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>

namespace headlight {

static_assert(std::endian::native == std::endian::little,
              "safetensors files are read in place, little-endian");

struct SafetensorsFile::Content {
    std::string name;
    std::unique_ptr<const MappedFile> mapped; ///< null when the bytes belong to the caller
    std::span<const std::byte> bytes;
    SafetensorsHeader header;
    std::once_flag hashed;
    std::string sha256;
};

namespace {

template <class Stored>
Stored stored(const std::byte* from) {
    Stored value;
    std::memcpy(&value, from, sizeof(Stored)); // the data need not be aligned in the file
    return value;
}

float narrowed(double value) {
    if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max()))
        return std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(value > 0 ? 1 : -1));
    return static_cast<float>(value);
}

void widen(const TensorEntry& entry, std::span<float> values) {
    const std::byte* from = entry.bytes.data();
    switch (entry.type) {
    case ElementType::f32:
        if (!values.empty())
            std::memcpy(values.data(), from, values.size_bytes());
        break;
    case ElementType::f16:
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = halfToFloat(stored<uint16_t>(from + 2 * i));
        break;
    case ElementType::bf16: // the upper half of a float
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = std::bit_cast<float>(static_cast<uint32_t>(stored<uint16_t>(from + 2 * i)) << 16U);
        break;
    case ElementType::f64:
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = narrowed(stored<double>(from + 8 * i));
        break;
    default:
        break;
    }
}

/// Position of the first NaN or infinity, or `values.size()`.
size_t firstNonFinite(std::span<const float> values) {
    constexpr uint32_t exponent = 0x7F800000U;
    constexpr size_t block = 4096;
    for (size_t start = 0; start < values.size(); start += block) {
        const size_t end = std::min(values.size(), start + block);
        uint32_t found = 0; // no branch in the inner loop, so that it runs on vectors
        for (size_t i = start; i < end; ++i)
            found |= static_cast<uint32_t>((std::bit_cast<uint32_t>(values[i]) & exponent) == exponent);
        if (found == 0)
            continue;
        for (size_t i = start; i < end; ++i)
            if (!std::isfinite(values[i]))
                return i;
    }
    return values.size();
}

/// "(3, 17)": the index along each dimension.
std::string indexText(size_t position, const std::vector<int64_t>& shape) {
    std::vector<int64_t> index(shape.size());
    for (size_t axis = shape.size(); axis-- > 0;) {
        const auto extent = static_cast<size_t>(shape[axis]);
        index[axis] = static_cast<int64_t>(position % extent);
        position /= extent;
    }
    return shown(index);
}

/// The numbers of `entry`, which is the named tensor or a slice of it.
Tensor<float> widenChecked(const TensorEntry& entry, std::string_view tensor, const std::string& file,
                           bool allowNonFinite) {
    Tensor<float> result(entry.shape);
    widen(entry, result.values());
    if (allowNonFinite)
        return result;
    const size_t position = firstNonFinite(result.values());
    if (position < result.size())
        throw FileError(file, "tensor " + shown(tensor) + " holds " +
                                  (std::isnan(result.values()[position]) ? "NaN" : "an infinity") + " at " +
                                  indexText(position, entry.shape) + ", where a finite number is expected");
    return result;
}

} // namespace

std::shared_ptr<const SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
    auto mapped = std::make_unique<const MappedFile>(path);
    std::shared_ptr<const SafetensorsFile> file = parse(mapped->bytes(), path.string());
    file->m_content->mapped = std::move(mapped);
    return file;
}

std::shared_ptr<const SafetensorsFile> SafetensorsFile::parse(std::span<const std::byte> bytes,
                                                              const std::string& name) {
    auto content = std::make_unique<Content>();
    content->name = name;
    content->bytes = bytes;
    content->header = readSafetensorsHeader(bytes, name);
    return std::shared_ptr<const SafetensorsFile>(new SafetensorsFile(std::move(content)));
}

SafetensorsFile::SafetensorsFile(std::unique_ptr<Content> content) : m_content(std::move(content)) {}
SafetensorsFile::~SafetensorsFile() = default;

const std::string& SafetensorsFile::name() const {
    return m_content->name;
}

const std::map<std::string, TensorEntry, std::less<>>& SafetensorsFile::tensors() const {
    return m_content->header.tensors;
}

const std::map<std::string, std::string, std::less<>>& SafetensorsFile::metadata() const {
    return m_content->header.metadata;
}

bool SafetensorsFile::contains(std::string_view tensor) const {
    return m_content->header.tensors.contains(tensor);
}

const TensorEntry& SafetensorsFile::find(std::string_view tensor) const {
    const auto found = m_content->header.tensors.find(tensor);
    if (found == m_content->header.tensors.end())
        throw FileError(name(), "tensor " + shown(tensor) + " is missing");
    if (!isFloatingPoint(found->second.type))
        throw FileError(name(), "tensor " + shown(tensor) + " has the element type " +
                                    std::string(elementName(found->second.type)) +
                                    ", expected is F32, F16, BF16 or F64");
    return found->second;
}

Tensor<float> SafetensorsFile::read(std::string_view tensor, const std::vector<int64_t>& expected,
                                    bool allowNonFinite) const {
    const TensorEntry& entry = find(tensor);
    if (!expected.empty() && entry.shape != expected)
        throw FileError(name(), "tensor " + shown(tensor) + " has the shape " + shown(entry.shape) +
                                    ", expected is " + shown(expected));
    return widenChecked(entry, tensor, name(), allowNonFinite);
}

Tensor<float> SafetensorsFile::readSlice(std::string_view tensor, int64_t index, bool allowNonFinite) const {
    const TensorEntry& entry = find(tensor);
    if (entry.shape.empty() || index < 0 || index >= entry.shape.front())
        throw FileError(name(), "tensor " + shown(tensor) + " of the shape " + shown(entry.shape) +
                                    " has no slice " + std::to_string(index));
    const size_t bytes = entry.bytes.size() / static_cast<size_t>(entry.shape.front());
    const TensorEntry slice{entry.type,
                            {entry.shape.begin() + 1, entry.shape.end()},
                            entry.bytes.subspan(static_cast<size_t>(index) * bytes, bytes)};
    return widenChecked(slice, tensor, name(), allowNonFinite);
}

const std::string& SafetensorsFile::sha256() const {
    std::call_once(m_content->hashed, [this] { m_content->sha256 = headlight::sha256(m_content->bytes); });
    return m_content->sha256;
}

} // namespace headlight
