#include "engine/core/errors.h"
#include "engine/session/session_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headlight;

/// Any bytes as a session: refused with a sentence, or read; what was read survives being written, and its
/// history is a whole tree.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    try {
        const Session session = sessionFromText(input, "input");
        const std::string text = toText(session);
        if (toText(sessionFromText(text, "output")) != text)
            std::abort();
        History history = historyOf(session, [] { return int64_t{0}; });
        while (history.canUndo())
            history.undo();
        if (history.current().id != history.first())
            std::abort();
    } catch (const FileError& error) {
        if (error.file() == "output")
            std::abort();
    }
    return 0;
}
