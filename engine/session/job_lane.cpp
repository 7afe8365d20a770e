#include "engine/session/job_lane.h"

#include "engine/core/errors.h"
#include "engine/session/platform.h"

#include <algorithm>
#include <new>

namespace headlight {

JobLane::JobLane(Changed changed, std::function<void(std::stop_token)> waitWhileBusy)
    : m_changed(std::move(changed)), m_waitWhileBusy(std::move(waitWhileBusy)),
      m_worker([this](std::stop_token stop) { work(std::move(stop)); }) {}

JobLane::~JobLane() {
    m_worker.request_stop();
    {
        const std::lock_guard lock(m_mutex);
        for (Job& job : m_queue)
            job.stop.request_stop();
        if (m_running)
            m_running->second.request_stop();
    }
    m_worker.join();
}

uint64_t JobLane::add(std::string title, Work work) {
    uint64_t id = 0;
    {
        const std::lock_guard lock(m_mutex);
        id = ++m_lastId;
        Job job;
        job.state.id = id;
        job.state.title = std::move(title);
        job.work = std::move(work);
        m_queue.push_back(std::move(job));
    }
    m_arrived.notify_all();
    return id;
}

void JobLane::cancel(uint64_t id) {
    std::optional<JobState> cancelled;
    {
        const std::lock_guard lock(m_mutex);
        if (m_running && m_running->first == id)
            m_running->second.request_stop();
        const auto found =
            std::find_if(m_queue.begin(), m_queue.end(), [id](const Job& job) { return job.state.id == id; });
        if (found != m_queue.end()) {
            cancelled = std::move(found->state);
            m_queue.erase(found);
        }
    }
    if (cancelled) {
        cancelled->kind = JobState::Kind::cancelled;
        m_changed(*cancelled);
    }
}

bool JobLane::idle() const {
    const std::lock_guard lock(m_mutex);
    return !m_running && m_queue.empty();
}

void JobLane::runOne(Job& job) {
    const std::stop_token stop = job.stop.get_token();
    JobControl control;
    control.stop = stop;
    control.report = [this, &job](const Progress& progress) {
        job.state.progress = progress;
        m_changed(job.state);
    };
    if (m_waitWhileBusy)
        control.stepAside = [this, stop] { m_waitWhileBusy(stop); };

    try {
        if (stop.stop_requested())
            throw Cancelled();
        job.state.kind = JobState::Kind::running;
        m_changed(job.state);
        control.stepAside();
        if (stop.stop_requested())
            throw Cancelled();
        job.work(control);
        job.state.kind = JobState::Kind::done;
    } catch (const Cancelled&) {
        job.state.kind = JobState::Kind::cancelled;
    } catch (const std::bad_alloc&) {
        job.state.kind = JobState::Kind::failed;
        job.state.message = "There is not enough memory for this.";
    } catch (const std::exception& error) {
        job.state.kind = JobState::Kind::failed;
        job.state.message = error.what();
    }
}

void JobLane::work(std::stop_token stop) {
    lowerThreadPriority();
    std::unique_lock lock(m_mutex);
    // After a stop the queue is still emptied: every job that was added is told how it ended.
    while (m_arrived.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        Job job = std::move(m_queue.front());
        m_queue.pop_front();
        m_running.emplace(job.state.id, job.stop);
        lock.unlock();
        runOne(job);
        // Nothing that the work holds outlives its last report.
        job.work = {};
        lock.lock();
        m_running.reset();
        lock.unlock();
        m_changed(job.state);
        lock.lock();
    }
}

} // namespace headlight
