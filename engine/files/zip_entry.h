#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace headlight {

/// The bytes of one entry of a zip archive that lies in memory. `file` names the archive in messages. Throws
/// FileError: it is no zip, is damaged or cut off, has no such entry, or the entry is longer than
/// `maximumBytes`.
std::string zipEntry(std::span<const std::byte> archive, const std::string& file, const std::string& entry,
                     size_t maximumBytes);

} // namespace headlight
