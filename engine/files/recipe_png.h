#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace headlight {

/// Text chunks of PNG files (Portable Network Graphics, third edition, sections 5.3 and 11.3.3).

bool isPng(std::span<const std::byte> bytes);

/// The text with this keyword, out of an iTXt or tEXt chunk; it lies in `bytes`. Nothing when there is none.
/// Throws FileError about `file`: the file is cut off, the chunk is damaged or was compressed by another
/// program.
std::optional<std::string_view> pngText(std::span<const std::byte> bytes, std::string_view keyword,
                                        const std::string& file);

/// The same picture with a text, as an uncompressed iTXt chunk behind the header. Throws RequestError when it
/// is not a PNG.
std::string pngWithText(std::string_view png, std::string_view keyword, std::string_view text);

} // namespace headlight
