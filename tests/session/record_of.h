#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace headlight {

/// What other threads said, in order. `waitFor` returns once enough, or the awaited thing, has been said.
template <class T>
class RecordOf {
public:
    void add(T item) {
        {
            const std::lock_guard lock(m_mutex);
            m_items.push_back(std::move(item));
        }
        m_changed.notify_all();
    }
    std::vector<T> waitFor(size_t count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_items.size() >= count; });
        return m_items;
    }
    void waitFor(const std::function<bool(const T&)>& matches) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] {
            for (const T& item : m_items)
                if (matches(item))
                    return true;
            return false;
        });
    }
    std::vector<T> items() {
        const std::lock_guard lock(m_mutex);
        return m_items;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<T> m_items;
};

} // namespace headlight
