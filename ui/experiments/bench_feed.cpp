#include "ui/experiments/bench_feed.h"

#include <utility>

namespace headlight {

BenchFeed::BenchFeed(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent)
    : QObject(parent), m_jobs(std::move(waitWhileBusy)) {
    connect(&m_jobs, &Jobs::changed, this, &BenchFeed::take);
}

void BenchFeed::ask(Question question) {
    question.settings.repeats = 0;
    if (m_running)
        m_waiting = std::move(question);
    else
        start(std::move(question));
}

void BenchFeed::start(Question question) {
    m_running = true;
    m_jobs.add(tr("Mechanism bench"), [this, asked = std::move(question)](const JobControl& control) {
        auto result = std::make_shared<const BenchResult>(
            mechanismBench(*asked.trace, asked.head, asked.query, asked.settings, control));
        // The thread of m_jobs ends before this object does; its news comes behind this.
        QMetaObject::invokeMethod(
            this, [this, trace = asked.trace, result] { Q_EMIT answered(trace, result); },
            Qt::QueuedConnection);
    });
}

void BenchFeed::take(const JobState& state) {
    if (state.kind == JobState::Kind::waiting || state.kind == JobState::Kind::running)
        return;
    m_running = false;
    if (state.kind == JobState::Kind::failed)
        Q_EMIT failed(QString::fromStdString(state.message));
    if (std::optional<Question> next = std::exchange(m_waiting, std::nullopt))
        start(std::move(*next));
}

} // namespace headlight
