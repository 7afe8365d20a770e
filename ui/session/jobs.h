#pragma once

#include "engine/session/job_lane.h"

#include <QObject>

#include <functional>

namespace headlight {

/// The Qt face of a job lane: the same queue, its news as a signal on the window's thread.
class Jobs : public QObject {
    Q_OBJECT
public:
    /// `waitWhileBusy` may be empty; it is called on the job's thread and has to outlive this object.
    explicit Jobs(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent = nullptr);

    quint64 add(const QString& title, JobLane::Work work);
    void cancel(quint64 id);
    bool idle() const { return m_lane.idle(); }

Q_SIGNALS:
    void changed(const headlight::JobState& state);

private:
    JobLane m_lane;
};

} // namespace headlight
