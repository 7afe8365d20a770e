#pragma once

#include "engine/session/interactive_lane.h"
#include "ui/session/runner.h"

#include <map>
#include <mutex>

namespace headlight {

/// The Qt face of the interactive lane. A result that the window had no time for is replaced by the next one,
/// so that a slow window shows the newest picture and not a queue of old ones.
class LaneRunner : public Runner {
    Q_OBJECT
public:
    explicit LaneRunner(std::shared_ptr<const LoadedModel> model, QObject* parent = nullptr);
    ~LaneRunner() override;

    void setModel(std::shared_ptr<const LoadedModel> model) override;
    quint64 submit(const QString& text, const QString& pair, const Edits& edits = {}) override;
    quint64 submitCompared(const QString& text, const QString& pair, const Edits& edits) override;
    void waitUntilIdle(std::stop_token stop) const override;

private:
    RunResult run(const RunRequest& request, std::stop_token stop,
                  const std::function<void()>& halfDone) const;
    quint64 submitFor(Purpose purpose, const QString& text, const QString& pair, const Edits& edits,
                      const DetailChoice& details);
    void keep(Purpose purpose, const RunResult& result);
    void tell(Purpose purpose, const RunResult& result);
    void deliver();

    mutable std::mutex m_mutex;
    std::shared_ptr<const ModelSession> m_session; ///< guarded by m_mutex
    quint64 m_firstId = 1;               ///< guarded: of the session's model; older answers are dropped
    std::map<Purpose, RunResult> m_kept; ///< guarded: not yet delivered
    quint64 m_lastId = 0;                ///< window's thread only
    InteractiveLane m_lane;              ///< last: its worker uses everything above
};

} // namespace headlight
