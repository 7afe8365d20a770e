#include "ui/session/lane_runner.h"

#include <QMetaObject>

namespace headlight {

LaneRunner::LaneRunner(std::shared_ptr<const LoadedModel> model, QObject* parent)
    : Runner(parent), m_session(std::make_shared<const ModelSession>(std::move(model))),
      m_lane(
          [this](const RunRequest& request, std::stop_token stop, const std::function<void()>& halfDone) {
              return run(request, std::move(stop), halfDone);
          },
          [this](Purpose purpose, const RunResult& result) { keep(purpose, result); }) {}

LaneRunner::~LaneRunner() = default;

void LaneRunner::setModel(std::shared_ptr<const LoadedModel> model) {
    auto session = std::make_shared<const ModelSession>(std::move(model));
    const std::lock_guard lock(m_mutex);
    m_session = std::move(session);
    m_firstId = m_lastId + 1;
    m_kept.clear();
}

quint64 LaneRunner::submit(const QString& text, const QString& pair, const Edits& edits) {
    return submitFor(Purpose::main, text, pair, edits, details());
}

quint64 LaneRunner::submitCompared(const QString& text, const QString& pair, const Edits& edits) {
    return submitFor(Purpose::compareB, text, pair, edits, {});
}

quint64 LaneRunner::submitFor(Purpose purpose, const QString& text, const QString& pair, const Edits& edits,
                              const DetailChoice& details) {
    RunRequest request;
    request.id = ++m_lastId;
    request.text = text.toStdString();
    request.pair = pair.toStdString();
    request.edits = edits;
    request.plan.details = details;
    m_lane.submit(purpose, std::move(request));
    return m_lastId;
}

void LaneRunner::waitUntilIdle(std::stop_token stop) const {
    m_lane.waitUntilIdle(std::move(stop));
}

RunResult LaneRunner::run(const RunRequest& request, std::stop_token stop,
                          const std::function<void()>& halfDone) const {
    std::shared_ptr<const ModelSession> session;
    {
        const std::lock_guard lock(m_mutex);
        session = m_session;
    }
    return session->run(request, std::move(stop), halfDone);
}

void LaneRunner::keep(Purpose purpose, const RunResult& result) {
    // Views show whole passes: a partial one would blank the later layers for a moment with each key.
    if (result.kind != RunResult::Kind::completed && result.kind != RunResult::Kind::failed)
        return;
    const std::lock_guard lock(m_mutex);
    if (result.id < m_firstId)
        return;
    const bool waiting = !m_kept.empty();
    m_kept.insert_or_assign(purpose, result);
    if (!waiting)
        QMetaObject::invokeMethod(this, &LaneRunner::deliver, Qt::QueuedConnection);
}

void LaneRunner::deliver() {
    std::map<Purpose, RunResult> results;
    {
        const std::lock_guard lock(m_mutex);
        results.swap(m_kept);
    }
    for (const auto& [purpose, result] : results)
        tell(purpose, result);
}

void LaneRunner::tell(Purpose purpose, const RunResult& result) {
    const bool completed = result.kind == RunResult::Kind::completed;
    const QString message = QString::fromStdString(result.message);
    if (purpose == Purpose::compareB && completed)
        Q_EMIT comparedReady(result.id, result.trace);
    else if (purpose == Purpose::compareB)
        Q_EMIT comparedFailed(result.id, message);
    else if (completed)
        Q_EMIT traceReady(result.id, result.trace);
    else
        Q_EMIT failed(result.id, message);
}

} // namespace headlight
