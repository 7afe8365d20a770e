#pragma once

#include "engine/session/history.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// What a session file (*.headlight) holds: what the window shows, and the states it can go back to.
/// Described by engine/files/session.schema.json. A value that is cheap to copy, so that another thread can
/// write it.
struct Session {
    Workspace workspace;
    std::vector<HistoryNode> history; ///< may be empty
    int64_t current = 0;              ///< in the history
};
Session sessionOf(const Workspace& workspace, const History& history);
/// The history of a session, never empty: its states, and then what the session shows where that differs.
History historyOf(const Session& session, History::Clock clock);

constexpr int sessionVersion = 1;

/// Throws RequestError when a text is not UTF-8. A history that would make the file longer than
/// maximumSessionBytes is left out.
std::string toText(const Session& session);
/// Throws FileError about `file`: not a session, newer, or malformed, with the JSON pointer.
Session sessionFromText(std::string_view text, const std::string& file);

/// Whole or not at all. Throws FileError, RequestError.
void writeSession(const Session& session, const std::filesystem::path& path);
/// A file longer than maximumSessionBytes is refused before it is read.
Session readSession(const std::filesystem::path& path);

} // namespace headlight
