#pragma once

#include "engine/session/model_session.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace headlight {

/// What a request is for: one waiting slot each.
enum class Purpose { main, compareB, whatIf };

/// The lane of keystrokes: one long-lived worker, one waiting slot per purpose. A newer request replaces the
/// waiting one and never starves the picture: a running request is cancelled only in its first half, and only
/// if the one before it was not cancelled too (else a typist faster than half a run would see nothing until
/// she pauses). Every completed result is delivered even when a newer request already waits. Slots that wait
/// take turns. No Qt inside; tested with latches.
class InteractiveLane {
public:
    /// Runs a request; called on the worker. `halfDone` is to be called once when half of the work is done.
    using Runner =
        std::function<RunResult(const RunRequest&, std::stop_token, const std::function<void()>& halfDone)>;
    /// Called on the worker with every result that is not cancelled; results of one purpose come with growing
    /// ids.
    using Deliver = std::function<void(Purpose, const RunResult&)>;

    InteractiveLane(Runner runner, Deliver deliver);
    /// Asks the running request to stop and waits for the worker; nothing is delivered after it returns.
    ~InteractiveLane();
    InteractiveLane(const InteractiveLane&) = delete;
    InteractiveLane& operator=(const InteractiveLane&) = delete;

    /// Takes microseconds. Ids must grow within a purpose; an id that is not above the newest one given is
    /// ignored.
    void submit(Purpose purpose, RunRequest request);
    /// True while a request runs or waits.
    bool busy() const;
    /// Blocks while busy; for jobs that step aside. Returns early when `stop` is requested.
    void waitUntilIdle(std::stop_token stop) const;

private:
    struct Running {
        Purpose purpose = Purpose::main;
        bool mayBeCancelled = true;
        std::stop_source stop;
    };

    void work(std::stop_token stop);
    /// The slot whose turn it is; m_waiting is not empty and m_mutex is held.
    std::map<Purpose, RunRequest>::iterator nextWaiting();
    RunResult runOne(const RunRequest& request, const std::shared_ptr<Running>& running);

    Runner m_runner;
    Deliver m_deliver;
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    std::map<Purpose, RunRequest> m_waiting;
    std::map<Purpose, uint64_t> m_newest;
    std::map<Purpose, bool> m_lastWasCancelled;
    Purpose m_lastRun = Purpose::whatIf;
    std::shared_ptr<Running> m_running;
    std::jthread m_worker;
};

} // namespace headlight
