#pragma once

#include "engine/session/job_lane.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace headlight {

/// The running job in the status bar: how far it is, how long it will take, a way to stop it. Not there while
/// nothing runs.
class JobBar : public QWidget {
    Q_OBJECT
public:
    explicit JobBar(QWidget* parent = nullptr);

    void show(const JobState& state);

Q_SIGNALS:
    void cancelWanted(quint64 job);

private:
    quint64 m_job = 0;
    QProgressBar* m_progress;
    QLabel* m_text;
    QPushButton* m_cancel;
};

} // namespace headlight
