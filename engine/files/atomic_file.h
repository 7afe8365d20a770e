#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace headlight {

/// Writes a whole file or nothing: to a temporary name in the same folder, flushed, then renamed over the old
/// one. An old file keeps its permissions; a link is kept and the file that it leads to is replaced. Throws
/// FileError.
void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);
/// The same for content that lies in several places.
void writeFileAtomically(const std::filesystem::path& path,
                         std::span<const std::span<const std::byte>> pieces);

/// The whole file as a string. Throws FileError when it is missing, is not a regular file, or is longer than
/// `maximumBytes`.
std::string readTextFile(const std::filesystem::path& path, size_t maximumBytes);

} // namespace headlight
