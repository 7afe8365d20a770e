#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/element_type.h"
#include "engine/files/safetensors.h"
#include "engine/files/shown.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>

namespace headlight {

namespace {

using nlohmann::json;

/// The length, then the JSON padded with spaces so that the data begins on a multiple of 8 bytes.
std::vector<std::byte> headerBytes(const json& header) {
    std::string text;
    try {
        text = header.dump();
    } catch (const json::exception&) {
        throw RequestError("A name or a metadata text of a safetensors file must be UTF-8");
    }
    text.append((8 - text.size() % 8) % 8, ' ');
    const uint64_t length = text.size();
    std::vector<std::byte> bytes(sizeof length + text.size());
    std::memcpy(bytes.data(), &length, sizeof length);
    std::memcpy(bytes.data() + sizeof length, text.data(), text.size());
    return bytes;
}

} // namespace

void SafetensorsWriter::insert(const std::string& name, Entry entry, size_t count) {
    if (name == "__metadata__" || m_entries.contains(name))
        throw RequestError("A safetensors file cannot hold a second tensor named " + shown(name));
    if (std::any_of(entry.shape.begin(), entry.shape.end(), [](int64_t extent) { return extent < 0; }) ||
        Tensor<float>::count(entry.shape) != count)
        throw RequestError("Tensor " + shown(name) + " has " + std::to_string(count) +
                           " numbers, which do not fill the shape " + shown(entry.shape));
    m_entries.emplace(name,
                      std::move(entry)); // moving a vector leaves its elements, and spans of them, in place
}

void SafetensorsWriter::add(const std::string& name, std::vector<int64_t> shape,
                            std::span<const float> values, ElementType type) {
    if (type != ElementType::f32 && type != ElementType::f16)
        throw RequestError("Tensor " + shown(name) + " can be written as F32 or F16, not as " +
                           std::string(elementName(type)));
    Entry entry{type, std::move(shape), std::vector<std::byte>(values.size() * elementSize(type)), {}};
    if (type == ElementType::f16) {
        for (size_t i = 0; i < values.size(); ++i) {
            const uint16_t half = floatToHalf(values[i]);
            std::memcpy(entry.owned.data() + 2 * i, &half, 2);
        }
    } else if (!values.empty()) {
        std::memcpy(entry.owned.data(), values.data(), entry.owned.size());
    }
    entry.pieces.emplace_back(entry.owned);
    insert(name, std::move(entry), values.size());
}

void SafetensorsWriter::addReferenced(const std::string& name, std::vector<int64_t> shape,
                                      const std::vector<std::span<const float>>& pieces) {
    Entry entry{ElementType::f32, std::move(shape), {}, {}};
    size_t count = 0;
    for (const std::span<const float> piece : pieces) {
        entry.pieces.push_back(std::as_bytes(piece));
        count += piece.size();
    }
    insert(name, std::move(entry), count);
}

void SafetensorsWriter::setMetadata(const std::string& key, const std::string& value) {
    m_metadata[key] = value;
}

std::vector<std::span<const std::byte>> SafetensorsWriter::layOut(std::vector<std::byte>& header) const {
    std::vector<const std::pair<const std::string, Entry>*> order;
    for (const auto& entry : m_entries)
        order.push_back(&entry);
    // Wide elements first: then every tensor begins on a multiple of its element size.
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
        return elementSize(a->second.type) > elementSize(b->second.type);
    });

    json description = json::object();
    if (!m_metadata.empty())
        description["__metadata__"] = m_metadata;
    std::vector<std::span<const std::byte>> pieces(1);
    size_t position = 0;
    for (const auto* named : order) {
        const Entry& entry = named->second;
        size_t end = position;
        for (const std::span<const std::byte> piece : entry.pieces) {
            end += piece.size();
            pieces.push_back(piece);
        }
        description[named->first] = {
            {"dtype", elementName(entry.type)}, {"shape", entry.shape}, {"data_offsets", {position, end}}};
        position = end;
    }
    header = headerBytes(description);
    pieces.front() = header;
    return pieces;
}

void SafetensorsWriter::write(const std::filesystem::path& path) const {
    std::vector<std::byte> header;
    const std::vector<std::span<const std::byte>> pieces = layOut(header);
    writeFileAtomically(path, pieces);
}

std::vector<std::byte> SafetensorsWriter::bytes() const {
    std::vector<std::byte> header;
    std::vector<std::byte> all;
    for (const std::span<const std::byte> piece : layOut(header))
        all.insert(all.end(), piece.begin(), piece.end());
    return all;
}

} // namespace headlight
