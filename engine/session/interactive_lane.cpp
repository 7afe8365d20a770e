#include "engine/session/interactive_lane.h"

#include "engine/core/errors.h"

#include <utility>

namespace headlight {

InteractiveLane::InteractiveLane(Runner runner, Deliver deliver)
    : m_runner(std::move(runner)), m_deliver(std::move(deliver)),
      m_worker([this](std::stop_token stop) { work(std::move(stop)); }) {}

InteractiveLane::~InteractiveLane() {
    m_worker.request_stop();
    {
        const std::lock_guard lock(m_mutex);
        if (m_running)
            m_running->stop.request_stop();
    }
    m_worker.join();
}

void InteractiveLane::submit(Purpose purpose, RunRequest request) {
    {
        const std::lock_guard lock(m_mutex);
        const auto newest = m_newest.find(purpose);
        if (newest != m_newest.end() && request.id <= newest->second)
            return;
        m_newest[purpose] = request.id;
        m_waiting.insert_or_assign(purpose, std::move(request));
        // Under the lock, so that a run cannot pass its half between the question and the request to stop.
        if (m_running && m_running->purpose == purpose && m_running->mayBeCancelled)
            m_running->stop.request_stop();
    }
    m_changed.notify_all();
}

bool InteractiveLane::busy() const {
    const std::lock_guard lock(m_mutex);
    return m_running || !m_waiting.empty();
}

void InteractiveLane::waitUntilIdle(std::stop_token stop) const {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, std::move(stop), [this] { return !m_running && m_waiting.empty(); });
}

std::map<Purpose, RunRequest>::iterator InteractiveLane::nextWaiting() {
    const auto after = m_waiting.upper_bound(m_lastRun);
    return after != m_waiting.end() ? after : m_waiting.begin();
}

RunResult InteractiveLane::runOne(const RunRequest& request, const std::shared_ptr<Running>& running) {
    const auto halfDone = [this, running] {
        const std::lock_guard lock(m_mutex);
        running->mayBeCancelled = false;
    };
    try {
        return m_runner(request, running->stop.get_token(), halfDone);
    } catch (const Cancelled&) {
        return {RunResult::Kind::cancelled, request.id, nullptr, {}};
    } catch (const std::exception& error) {
        return {RunResult::Kind::failed, request.id, nullptr, error.what()};
    }
}

void InteractiveLane::work(std::stop_token stop) {
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); }) && !stop.stop_requested()) {
        const auto next = nextWaiting();
        const Purpose purpose = next->first;
        const RunRequest request = std::move(next->second);
        m_waiting.erase(next);
        m_lastRun = purpose;
        m_running = std::make_shared<Running>();
        m_running->purpose = purpose;
        m_running->mayBeCancelled = !m_lastWasCancelled[purpose];
        const std::shared_ptr<Running> running = m_running;

        lock.unlock();
        const RunResult result = runOne(request, running);
        const bool cancelled = result.kind == RunResult::Kind::cancelled;
        if (!cancelled && !stop.stop_requested())
            m_deliver(purpose, result);
        lock.lock();

        m_lastWasCancelled[purpose] = cancelled;
        m_running.reset();
        m_changed.notify_all();
    }
}

} // namespace headlight
