#include "engine/core/errors.h"
#include "engine/experiments/search_sentences.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headlight;

/// The sentences of `headlight heads --texts`.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view lines(reinterpret_cast<const char*>(data), size);
    try {
        size_t bytes = 0;
        int line = 0;
        for (const SearchSentence& sentence : parseSearchSentences(lines, "fuzz")) {
            bytes += sentence.text.size();
            if (sentence.text.empty() || sentence.line <= line || sentence.relations.size() > 1)
                std::abort();
            line = sentence.line;
        }
        if (bytes == 0 || bytes > size)
            std::abort();
    } catch (const RequestError&) {
    }
    return 0;
}
