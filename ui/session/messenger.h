#pragma once

#include <QMetaObject>
#include <QObject>

#include <memory>
#include <mutex>
#include <utility>

namespace headlight {

/// Brings what a job finds to the window's thread for as long as its receiver lives. The job keeps a copy.
class Messenger {
public:
    explicit Messenger(QObject* receiver) : m_state(std::make_shared<State>()) {
        m_state->receiver = receiver;
    }
    /// Called on the receiver's thread before it dies.
    void close() {
        const std::lock_guard lock(m_state->mutex);
        m_state->receiver = nullptr;
    }
    template <class What>
    void post(What what) const {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->receiver)
            QMetaObject::invokeMethod(m_state->receiver, std::move(what), Qt::QueuedConnection);
    }

private:
    struct State {
        std::mutex mutex;
        QObject* receiver = nullptr;
    };
    std::shared_ptr<State> m_state;
};

} // namespace headlight
