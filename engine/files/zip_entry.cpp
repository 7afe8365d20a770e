#include "engine/files/zip_entry.h"

#include "engine/core/errors.h"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace headlight {

namespace {
struct Free {
    void operator()(archive* opened) const { archive_read_free(opened); }
};
using Reader = std::unique_ptr<archive, Free>;

[[noreturn]] void fail(archive* reader, const std::string& file) {
    const char* why = archive_error_string(reader);
    throw FileError(file, std::string("the zip archive cannot be read (") + (why ? why : "damaged") +
                              "); fetch it again");
}

std::string content(archive* reader, const std::string& file, const std::string& entry, size_t maximumBytes) {
    std::string text;
    std::array<char, 1U << 16U> part{};
    for (;;) {
        const la_ssize_t size = archive_read_data(reader, part.data(), part.size());
        if (size < 0)
            fail(reader, file);
        if (size == 0)
            return text;
        if (text.size() + static_cast<size_t>(size) > maximumBytes)
            throw FileError(file, entry + " in it is longer than " + std::to_string(maximumBytes) + " bytes");
        text.append(part.data(), static_cast<size_t>(size));
    }
}
} // namespace

std::string zipEntry(std::span<const std::byte> bytes, const std::string& file, const std::string& entry,
                     size_t maximumBytes) {
    const Reader reader(archive_read_new());
    if (!reader || archive_read_support_format_zip(reader.get()) != ARCHIVE_OK ||
        archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        fail(reader.get(), file);
    for (;;) {
        archive_entry* header = nullptr;
        const int status = archive_read_next_header(reader.get(), &header);
        if (status == ARCHIVE_EOF)
            throw FileError(file, "there is no " + entry + " in this zip archive");
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            fail(reader.get(), file);
        const char* name = archive_entry_pathname(header);
        if (name && entry == name)
            return content(reader.get(), file, entry, maximumBytes);
    }
}

} // namespace headlight
