#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace headlight {

/// A door that threads wait at until it is opened; it stays open.
class Gate {
public:
    void open() {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        m_changed.notify_all();
    }
    void wait() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }
    /// False when `stop` was requested before the door was opened.
    bool wait(std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait(lock, std::move(stop), [this] { return m_open; });
    }
    bool isOpen() {
        const std::lock_guard lock(m_mutex);
        return m_open;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_open = false;
};

} // namespace headlight
