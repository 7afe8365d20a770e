#include "ui/jobs/job_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace headlight {

namespace {
QString timeLeft(double seconds) {
    if (seconds < 0)
        return {};
    if (seconds < 90)
        return JobBar::tr("%1 s left").arg(std::lround(seconds));
    return JobBar::tr("%1 min left").arg(std::lround(seconds / 60));
}
} // namespace

JobBar::JobBar(QWidget* parent)
    : QWidget(parent), m_progress(new QProgressBar(this)), m_text(new QLabel(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
    m_progress->setObjectName(QStringLiteral("jobProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(120);
    m_progress->setAccessibleName(tr("Progress"));
    m_text->setObjectName(QStringLiteral("jobText"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    connect(m_cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelWanted(m_job); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_progress);
    layout->addWidget(m_text);
    layout->addWidget(m_cancel);
    hide();
}

void JobBar::show(const JobState& state) {
    m_job = state.id;
    m_progress->setValue(static_cast<int>(std::lround(state.progress.fraction * 1000)));
    QStringList parts{QString::fromStdString(state.title)};
    if (!state.progress.message.empty())
        parts << QString::fromStdString(state.progress.message);
    if (const QString left = timeLeft(state.progress.secondsLeft); !left.isEmpty())
        parts << left;
    m_text->setText(parts.join(QStringLiteral(" · ")));
    setVisible(state.kind == JobState::Kind::running || state.kind == JobState::Kind::waiting);
}

} // namespace headlight
