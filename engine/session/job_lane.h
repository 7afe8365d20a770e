#pragma once

#include "engine/core/progress.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace headlight {

/// How a job ended or where it is.
struct JobState {
    enum class Kind { waiting, running, done, cancelled, failed };
    uint64_t id = 0;
    std::string title;
    Kind kind = Kind::waiting;
    Progress progress;
    std::string message; ///< for failed: one sentence
};

/// The lane of long work (training, loading, scans): a queue, one job at a time, with progress and a Cancel
/// that works. Jobs step aside while `busy` says that keystrokes are being answered, and run at low priority.
/// No Qt inside.
class JobLane {
public:
    /// Work that stops early because its stop token asks for it throws Cancelled; work that returns is done.
    using Work = std::function<void(const JobControl&)>;
    /// Called on the worker; for a waiting job that is cancelled, on the thread that cancels it.
    using Changed = std::function<void(const JobState&)>;

    /// `waitWhileBusy` blocks while something more urgent runs (InteractiveLane::waitUntilIdle); may be
    /// empty.
    JobLane(Changed changed, std::function<void(std::stop_token)> waitWhileBusy);
    ~JobLane(); ///< cancels everything and waits
    JobLane(const JobLane&) = delete;
    JobLane& operator=(const JobLane&) = delete;

    uint64_t add(std::string title, Work work);
    /// Running or waiting; an id that is already finished is ignored.
    void cancel(uint64_t id);
    bool idle() const;

private:
    struct Job {
        JobState state;
        Work work;
        std::stop_source stop;
    };

    void work(std::stop_token stop);
    /// Runs one job to its end and says how it ended.
    void runOne(Job& job);

    Changed m_changed;
    std::function<void(std::stop_token)> m_waitWhileBusy;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::deque<Job> m_queue;
    std::optional<std::pair<uint64_t, std::stop_source>> m_running;
    uint64_t m_lastId = 0;
    std::jthread m_worker;
};

} // namespace headlight
