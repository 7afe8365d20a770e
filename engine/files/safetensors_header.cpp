#include "engine/files/safetensors_header.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/element_type.h"
#include "engine/files/shown.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <vector>

namespace headlight {

namespace {

using nlohmann::json;

constexpr size_t lengthBytes = 8;
constexpr uint64_t longestHeader = 100'000'000; // as in the reference implementation

std::optional<uint64_t> unsignedNumber(const json& value) {
    if (!value.is_number_unsigned())
        return std::nullopt;
    return value.get<uint64_t>();
}

/// Nothing when the product does not fit into 64 bits.
std::optional<uint64_t> product(uint64_t a, uint64_t b) {
    if (a != 0 && b > std::numeric_limits<uint64_t>::max() / a)
        return std::nullopt;
    return a * b;
}

std::string_view headerText(std::span<const std::byte> bytes, const std::string& file) {
    if (bytes.size() < lengthBytes)
        throw FileError(file, "is truncated: a safetensors file has at least 8 bytes, this one has " +
                                  std::to_string(bytes.size()));
    uint64_t length = 0;
    std::memcpy(&length, bytes.data(), lengthBytes);
    if (length > longestHeader)
        throw FileError(file, "is not a safetensors file or is damaged: its header claims " +
                                  std::to_string(length) + " bytes, at most " +
                                  std::to_string(longestHeader) + " are allowed");
    if (length > bytes.size() - lengthBytes)
        throw FileError(file, "is truncated: its header claims " + std::to_string(length) + " bytes, " +
                                  std::to_string(bytes.size() - lengthBytes) + " are left in the file");
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + lengthBytes,
                                static_cast<size_t>(length));
    if (text.empty() || text.front() != '{')
        throw FileError(file, "is not a safetensors file: its header does not begin with '{'");
    return text;
}

std::map<std::string, std::string, std::less<>> readMetadata(const json& value, const std::string& file) {
    if (!value.is_object())
        throw FileError(file, "its __metadata__ is not an object of strings");
    std::map<std::string, std::string, std::less<>> metadata;
    for (const auto& [key, text] : value.items()) {
        if (!text.is_string())
            throw FileError(file, "its metadata " + shown(key) + " is not a string");
        metadata.emplace(key, text.get<std::string>());
    }
    return metadata;
}

/// A tensor's claim of bytes, counted from the end of the header.
struct Claim {
    uint64_t begin = 0;
    uint64_t end = 0;
    const std::string* tensor = nullptr;
};

class EntryReader {
public:
    EntryReader(const std::string& file, const std::string& tensor, std::span<const std::byte> data)
        : m_file(file), m_tensor(tensor), m_data(data) {}

    TensorEntry read(const json& value, Claim& claim) const {
        if (!value.is_object())
            fail("is not described by an object");
        TensorEntry entry;
        entry.type = readType(value);
        entry.shape = readShape(value);
        readOffsets(value, claim);
        uint64_t expected = elementSize(entry.type);
        for (const int64_t extent : entry.shape) {
            const auto larger = product(expected, static_cast<uint64_t>(extent));
            if (!larger)
                fail("has the shape " + shown(entry.shape) + ", more bytes than can be counted");
            expected = *larger;
        }
        if (claim.end - claim.begin != expected)
            fail("has the shape " + shown(entry.shape) + " of type " + std::string(elementName(entry.type)) +
                 " and needs " + std::to_string(expected) + " bytes, but its data_offsets hold " +
                 std::to_string(claim.end - claim.begin));
        entry.bytes = m_data.subspan(static_cast<size_t>(claim.begin), static_cast<size_t>(expected));
        return entry;
    }

private:
    [[noreturn]] void fail(const std::string& problem) const {
        throw FileError(m_file, "tensor " + shown(m_tensor) + " " + problem);
    }
    const json& member(const json& value, const char* key) const {
        const auto found = value.find(key);
        if (found == value.end())
            fail("has no " + std::string(key));
        return *found;
    }
    ElementType readType(const json& value) const {
        const json& type = member(value, "dtype");
        if (!type.is_string())
            fail("has a dtype that is not a string");
        const auto known = parseElementType(type.get_ref<const std::string&>());
        if (!known)
            fail("has the element type " + shown(type.get_ref<const std::string&>()) +
                 ", which Headlight does not read (it reads " + elementNames() + ")");
        return *known;
    }
    std::vector<int64_t> readShape(const json& value) const {
        const json& shape = member(value, "shape");
        if (!shape.is_array())
            fail("has a shape that is not a list");
        std::vector<int64_t> extents;
        for (const json& item : shape) {
            const auto extent = unsignedNumber(item);
            if (!extent || *extent > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
                fail("has a shape with an entry that is not a whole number from 0 to 2^63 - 1");
            extents.push_back(static_cast<int64_t>(*extent));
        }
        return extents;
    }
    void readOffsets(const json& value, Claim& claim) const {
        const json& offsets = member(value, "data_offsets");
        const bool pair = offsets.is_array() && offsets.size() == 2;
        const auto begin = pair ? unsignedNumber(offsets[0]) : std::nullopt;
        const auto end = pair ? unsignedNumber(offsets[1]) : std::nullopt;
        if (!begin || !end)
            fail("has data_offsets that are not two whole numbers");
        if (*begin > *end)
            fail("has data_offsets that end before they begin");
        if (*end > m_data.size())
            fail("ends at byte " + std::to_string(*end) + " of the data, but the file holds only " +
                 std::to_string(m_data.size()) + " (it is truncated, or its header is wrong)");
        claim.begin = *begin;
        claim.end = *end;
        claim.tensor = &m_tensor;
    }

    const std::string& m_file;
    const std::string& m_tensor;
    std::span<const std::byte> m_data;
};

/// The tensors must cover the data exactly: no overlap, no hole, nothing after the last one.
void checkCover(std::vector<Claim> claims, size_t dataBytes, const std::string& file) {
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    uint64_t position = 0;
    for (const Claim& claim : claims) {
        if (claim.begin != position)
            throw FileError(
                file, "tensor " + shown(*claim.tensor) + " begins at byte " + std::to_string(claim.begin) +
                          " of the data, but the tensor before it ends at " + std::to_string(position) +
                          (claim.begin < position ? " (they overlap)" : " (there is a hole)"));
        position = claim.end;
    }
    if (position != dataBytes)
        throw FileError(file, "its tensors take " + std::to_string(position) +
                                  " bytes of data, but the file holds " + std::to_string(dataBytes));
}

} // namespace

SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> bytes, const std::string& file) {
    SafetensorsHeader header;
    const std::string_view text = headerText(bytes, file);
    const std::span<const std::byte> data = bytes.subspan(lengthBytes + text.size());
    const json description = parseJson(text, file, 8);

    std::vector<Claim> claims;
    for (const auto& [tensor, value] : description.items()) {
        if (tensor == "__metadata__") {
            header.metadata = readMetadata(value, file);
            continue;
        }
        const auto place = header.tensors.try_emplace(tensor).first;
        place->second = EntryReader(file, place->first, data).read(value, claims.emplace_back());
    }
    checkCover(std::move(claims), data.size(), file);
    return header;
}

} // namespace headlight
