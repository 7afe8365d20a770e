#include "engine/files/recipe_png.h"

#include "engine/core/errors.h"

#include <array>
#include <cstdint>

namespace headlight {

namespace {
constexpr std::string_view signature("\x89PNG\r\n\x1a\n", 8);
constexpr size_t frameBytes = 12; // length, type and check sum of a chunk
constexpr size_t headerChunk = frameBytes + 13;

std::string_view textOf(std::span<const std::byte> bytes) {
    return bytes.empty() ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

uint32_t numberAt(std::string_view bytes, size_t place) {
    uint32_t number = 0;
    for (size_t i = 0; i < 4; ++i)
        number = number << 8U | static_cast<unsigned char>(bytes[place + i]);
    return number;
}

std::string bytesOf(uint32_t number) {
    return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U & 255U),
            static_cast<char>(number >> 8U & 255U), static_cast<char>(number & 255U)};
}

/// CRC-32 of ISO 3309, annex D of the specification.
uint32_t checkSum(std::string_view bytes) {
    static const std::array<uint32_t, 256> table = [] {
        std::array<uint32_t, 256> result{};
        for (uint32_t i = 0; i < result.size(); ++i) {
            uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value & 1U) != 0 ? 0xEDB88320U ^ value >> 1U : value >> 1U;
            result[i] = value;
        }
        return result;
    }();
    uint32_t sum = 0xFFFFFFFFU;
    for (const char byte : bytes)
        sum = table[(sum ^ static_cast<unsigned char>(byte)) & 255U] ^ sum >> 8U;
    return ~sum;
}

/// The text of an iTXt chunk behind its keyword: flag, method, language, translated keyword, text.
std::string_view internationalText(std::string_view rest, const std::string& file) {
    if (rest.size() >= 2 && rest[0] != 0)
        throw FileError(file, "another program has compressed the workspace in it; use the file as Headlight "
                              "wrote it");
    const size_t language = rest.size() < 2 ? std::string_view::npos : rest.find('\0', 2);
    const size_t translated = language == std::string_view::npos ? language : rest.find('\0', language + 1);
    if (translated == std::string_view::npos)
        throw FileError(file, "the workspace in it is damaged");
    return rest.substr(translated + 1);
}
} // namespace

bool isPng(std::span<const std::byte> bytes) {
    return textOf(bytes).starts_with(signature);
}

std::optional<std::string_view> pngText(std::span<const std::byte> bytes, std::string_view keyword,
                                        const std::string& file) {
    const std::string_view png = textOf(bytes);
    const std::string start = std::string(keyword) + '\0';
    for (size_t place = signature.size();;) {
        if (png.size() < place + frameBytes || numberAt(png, place) > png.size() - place - frameBytes)
            throw FileError(file, "is cut off: its picture ends at byte " + std::to_string(png.size()) +
                                      " in the middle of a chunk");
        const size_t length = numberAt(png, place);
        const std::string_view type = png.substr(place + 4, 4);
        const std::string_view data = png.substr(place + 8, length);
        if (type == "IEND")
            return std::nullopt;
        if ((type == "iTXt" || type == "tEXt" || type == "zTXt") && data.starts_with(start)) {
            if (checkSum(png.substr(place + 4, 4 + length)) != numberAt(png, place + 8 + length))
                throw FileError(file, "the workspace in it is damaged (its check sum is wrong)");
            const std::string_view rest = data.substr(start.size());
            if (type == "zTXt")
                return internationalText("\x01\x01", file);
            return type == "tEXt" ? rest : internationalText(rest, file);
        }
        place += frameBytes + length;
    }
}

std::string pngWithText(std::string_view png, std::string_view keyword, std::string_view text) {
    const size_t place = signature.size() + headerChunk;
    if (!png.starts_with(signature) || png.size() < place)
        throw RequestError("The picture is not a PNG.");
    std::string chunk("iTXt");
    chunk.append(keyword).append(5, '\0').append(text); // end of keyword, no compression, no language, none
    std::string result(png.substr(0, place));
    result += bytesOf(static_cast<uint32_t>(chunk.size() - 4)) + chunk + bytesOf(checkSum(chunk));
    return result.append(png.substr(place));
}

} // namespace headlight
