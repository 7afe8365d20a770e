#pragma once

#include "ui/session/jobs.h"
#include "ui/session/messenger.h"

#include <QString>

#include <memory>
#include <utility>

namespace headlight {

/// Computes what a view shows and nobody asked for by name: what takes a moment at once, the rest on a thread
/// of its own, where a newer question stops the one before. Answers that come too late are dropped.
class QuietWork {
public:
    /// `receiver` lives as long as this, and is on the thread that uses it.
    explicit QuietWork(QObject* receiver) : m_messenger(receiver), m_jobs({}) {}
    ~QuietWork() {
        m_messenger.close();
        stop();
    }
    QuietWork(const QuietWork&) = delete;
    QuietWork& operator=(const QuietWork&) = delete;

    /// `work(const JobControl&)` gives an answer, and may throw Cancelled alone; `take(answer)` is called
    /// with it on this thread: before this returns when `takesAMoment`, else later, unless something newer
    /// is asked. `work` owns what it reads.
    template <class Work, class Take>
    void ask(bool takesAMoment, Work work, Take take) {
        stop();
        if (takesAMoment) {
            take(work(JobControl{}));
            return;
        }
        const quint64 turn = m_turn;
        m_job = m_jobs.add(QString(), [this, turn, work = std::move(work), take = std::move(take),
                                       messenger = m_messenger](const JobControl& control) {
            auto answer = std::make_shared<decltype(work(control))>(work(control));
            messenger.post([this, turn, take, answer] {
                if (turn != m_turn)
                    return;
                m_job = 0;
                take(std::move(*answer));
            });
        });
    }
    /// An answer is to come.
    bool busy() const { return m_job != 0; }
    void stop() {
        ++m_turn;
        if (m_job != 0)
            m_jobs.cancel(m_job);
        m_job = 0;
    }

private:
    Messenger m_messenger;
    quint64 m_turn = 0;
    quint64 m_job = 0;
    Jobs m_jobs; ///< last: its thread ends before the rest goes
};

} // namespace headlight
