#include "ui/session/jobs.h"

#include <QMetaObject>

namespace headlight {

Jobs::Jobs(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent)
    : QObject(parent), m_lane(
                           [this](const JobState& state) {
                               QMetaObject::invokeMethod(
                                   this, [this, state] { Q_EMIT changed(state); }, Qt::QueuedConnection);
                           },
                           std::move(waitWhileBusy)) {}

quint64 Jobs::add(const QString& title, JobLane::Work work) {
    return m_lane.add(title.toStdString(), std::move(work));
}

void Jobs::cancel(quint64 id) {
    m_lane.cancel(id);
}

} // namespace headlight
