#include "engine/files/mapped_file.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace headlight {

namespace {

std::string reason(int error) {
    return std::generic_category().message(error);
}

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return m_number; }
    bool close() {
        const int number = m_number;
        m_number = -1;
        return number < 0 || ::close(number) == 0;
    }

private:
    int m_number;
};

bool writeAll(int descriptor, std::span<const std::byte> bytes) {
    constexpr size_t largestWrite = size_t{1} << 30;
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), std::min(bytes.size(), largestWrite));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = bytes.subspan(static_cast<size_t>(written));
    }
    return true;
}

} // namespace

MappedFile::MappedFile(const std::filesystem::path& path) {
    // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw FileError(path.string(), "there is no such file");
        throw FileError(path.string(), "cannot be opened: " + reason(errno));
    }
    struct stat status {};
    if (::fstat(file.number(), &status) != 0)
        throw FileError(path.string(), "cannot be read: " + reason(errno));
    if (S_ISDIR(status.st_mode))
        throw FileError(path.string(), "is a folder where a file is expected");
    if (!S_ISREG(status.st_mode))
        throw FileError(path.string(), "is not a regular file");
    if (status.st_size == 0)
        return;
    if (status.st_size < 0 || static_cast<uintmax_t>(status.st_size) > std::numeric_limits<size_t>::max())
        throw FileError(path.string(), "is too large for this machine's address space");
    const auto size = static_cast<size_t>(status.st_size);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (address == MAP_FAILED)
        throw FileError(path.string(), "cannot be mapped into memory: " + reason(errno));
    m_bytes = {static_cast<const std::byte*>(address), size};
}

MappedFile::~MappedFile() {
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

void writeNewFile(const std::filesystem::path& path, std::span<const std::span<const std::byte>> pieces,
                  std::filesystem::perms mode, const std::string& shownAs) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() < 0)
        throw FileError(shownAs, "cannot be written: " + reason(errno));
    bool good = true;
    if (mode != std::filesystem::perms::unknown)
        good = ::fchmod(file.number(), static_cast<mode_t>(mode) & 07777) == 0;
    for (size_t i = 0; good && i < pieces.size(); ++i)
        good = writeAll(file.number(), pieces[i]);
    good = good && ::fsync(file.number()) == 0;
    int error = good ? 0 : errno;
    if (!file.close() && good) {
        good = false;
        error = errno;
    }
    if (!good) {
        ::unlink(path.c_str());
        throw FileError(shownAs, "cannot be written: " + reason(error));
    }
}

void flushFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() >= 0)
        ::fsync(descriptor.number());
}

long processNumber() {
    return static_cast<long>(::getpid());
}

} // namespace headlight
