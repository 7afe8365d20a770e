#include "ui/session/lane_runner.h"

#include <QMetaObject>

namespace headlight {

LaneRunner::LaneRunner(std::shared_ptr<const LoadedModel> model, QObject* parent)
    : Runner(parent), m_session(std::make_shared<const ModelSession>(std::move(model))),
      m_lane(
          [this](const RunRequest& request, std::stop_token stop, const std::function<void()>& halfDone) {
              return run(request, std::move(stop), halfDone);
          },
          [this](Purpose, const RunResult& result) { keep(result); }) {}

LaneRunner::~LaneRunner() = default;

void LaneRunner::setModel(std::shared_ptr<const LoadedModel> model) {
    auto session = std::make_shared<const ModelSession>(std::move(model));
    const std::lock_guard lock(m_mutex);
    m_session = std::move(session);
    m_firstId = m_lastId + 1;
    m_kept.reset();
}

quint64 LaneRunner::submit(const QString& text, const QString& pair, const Edits& edits) {
    RunRequest request;
    request.id = ++m_lastId;
    request.text = text.toStdString();
    request.pair = pair.toStdString();
    request.edits = edits;
    request.plan.details = details();
    m_lane.submit(Purpose::main, std::move(request));
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

void LaneRunner::keep(const RunResult& result) {
    // Views show whole passes: a partial one would blank the later layers for a moment with each key.
    if (result.kind != RunResult::Kind::completed && result.kind != RunResult::Kind::failed)
        return;
    const std::lock_guard lock(m_mutex);
    if (result.id < m_firstId)
        return;
    const bool waiting = m_kept.has_value();
    m_kept = result;
    if (!waiting)
        QMetaObject::invokeMethod(this, &LaneRunner::deliver, Qt::QueuedConnection);
}

void LaneRunner::deliver() {
    std::optional<RunResult> result;
    {
        const std::lock_guard lock(m_mutex);
        result.swap(m_kept);
    }
    if (!result)
        return;
    if (result->kind == RunResult::Kind::completed)
        Q_EMIT traceReady(result->id, result->trace);
    else
        Q_EMIT failed(result->id, QString::fromStdString(result->message));
}

} // namespace headlight
