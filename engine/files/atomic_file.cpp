#include "engine/files/atomic_file.h"

#include "engine/core/errors.h"
#include "engine/files/mapped_file.h"

#include <array>
#include <atomic>
#include <sstream>

namespace headlight {

namespace {

namespace fs = std::filesystem;

/// Where the bytes will go in the end: the file that a link leads to, else the path itself.
fs::path destination(const fs::path& path) {
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(path, error)))
        return path;
    fs::path target = fs::weakly_canonical(path, error);
    if (error)
        throw FileError(path.string(), "is a link that cannot be followed: " + error.message());
    return target;
}

fs::path temporaryName(const fs::path& file) {
    static std::atomic<unsigned> counter = 0;
    std::ostringstream name;
    name << '.' << file.filename().string().substr(0, 100) // a file name has at most 255 bytes
         << '.' << processNumber() << '-' << counter++ << ".part";
    return file.parent_path() / name.str();
}

} // namespace

void writeFileAtomically(const fs::path& path, std::span<const std::span<const std::byte>> pieces) {
    const fs::path file = destination(path);
    std::error_code error;
    const fs::file_status old = fs::status(file, error);
    if (!file.has_filename() || fs::is_directory(old))
        throw FileError(path.string(), "is a folder where a file is to be written");
    if (fs::exists(old) && !fs::is_regular_file(old))
        throw FileError(path.string(), "is not a regular file and cannot be replaced");
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error))
        throw FileError(path.string(),
                        "cannot be written because the folder " + folder.string() + " does not exist");

    const fs::path temporary = temporaryName(file);
    writeNewFile(temporary, pieces, fs::exists(old) ? old.permissions() : fs::perms::unknown, path.string());
    fs::rename(temporary, file, error);
    if (error) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw FileError(path.string(), "cannot be written: " + error.message());
    }
    flushFolder(folder);
}

void writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
    const std::array pieces{bytes};
    writeFileAtomically(path, std::span<const std::span<const std::byte>>(pieces));
}

void writeFileAtomically(const fs::path& path, std::string_view text) {
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

std::string readTextFile(const fs::path& path, size_t maximumBytes) {
    const MappedFile file(path);
    const std::span<const std::byte> bytes = file.bytes();
    if (bytes.size() > maximumBytes)
        throw FileError(path.string(), "is " + std::to_string(bytes.size()) + " bytes long, at most " +
                                           std::to_string(maximumBytes) + " are read");
    if (bytes.empty())
        return {};
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace headlight
