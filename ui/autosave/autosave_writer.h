#pragma once

#include "engine/session/session_file.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace headlight {

/// Writes sessions on a thread of its own, because a disk may take long. The newest session replaces one that
/// still waits. No Qt.
class AutosaveWriter {
public:
    /// Called on the writer's thread after each attempt; empty: written.
    using Done = std::function<void(const std::string& problem)>;
    explicit AutosaveWriter(Done done);
    /// Waits for the session that is being written; drops one that still waits.
    ~AutosaveWriter();
    AutosaveWriter(const AutosaveWriter&) = delete;
    AutosaveWriter& operator=(const AutosaveWriter&) = delete;

    void write(std::filesystem::path path, Session session);
    /// Returns when nothing waits and nothing is being written.
    void waitUntilIdle();

private:
    struct Request {
        std::filesystem::path path;
        Session session;
    };
    void run(const std::stop_token& stop);

    Done m_done;
    std::mutex m_mutex;
    std::condition_variable_any m_news;
    std::optional<Request> m_next; ///< guarded
    bool m_writing = false;        ///< guarded
    std::jthread m_thread;         ///< last: uses everything above
};

} // namespace headlight
