#include "engine/core/errors.h"
#include "engine/files/zip_entry.h"
#include "engine/training/corpus_text.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headlight;

/// The same bytes as a zip archive, a book, a paragraph.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    constexpr size_t mostBytes = 1U << 20U;
    try {
        if (zipEntry({reinterpret_cast<const std::byte*>(data), size}, "fuzz.zip", "fra.txt", mostBytes)
                .size() > mostBytes)
            std::abort();
    } catch (const FileError&) {
    }
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string& paragraph : bookParagraphs(text)) {
        size_t bytes = 0;
        for (const std::string& sentence : splitSentences(paragraph)) {
            bytes += sentence.size();
            if (sentence.empty() || sentenceKey(sentence).size() > sentence.size())
                std::abort();
        }
        if (bytes > paragraph.size())
            std::abort();
    }
    splitSentences(text);
    return 0;
}
