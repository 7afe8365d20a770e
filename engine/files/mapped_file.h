#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace headlight {

/// A regular file mapped read-only into memory. What is POSIX-only in this folder stands in mapped_file.cpp
/// and nowhere else. The file must not be shortened while it is mapped; files replaced by renaming, as
/// Headlight itself writes them, are safe.
class MappedFile {
public:
    /// Throws FileError: missing, unreadable, or not a regular file (a folder, a pipe, a device). Never
    /// blocks.
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::span<const std::byte> m_bytes;
};

/// Creates `path`, which must not exist, writes the pieces one after another and waits until they are on the
/// disk. The file gets the permissions `mode`, or the usual ones of a new file when `mode` is `unknown`. On
/// failure throws FileError about `shownAs` and leaves no file.
void writeNewFile(const std::filesystem::path& path, std::span<const std::span<const std::byte>> pieces,
                  std::filesystem::perms mode, const std::string& shownAs);

/// Waits until the names in a folder are on the disk; a file system that cannot do that is left alone.
void flushFolder(const std::filesystem::path& folder);

/// Different for every program that is running.
long processNumber();

} // namespace headlight
