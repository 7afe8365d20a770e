#pragma once

#include "engine/experiments/mechanism_bench.h"
#include "ui/session/jobs.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace headlight {

/// Computes the bench beside the window's thread while the user types: one question at a time, and of those
/// that wait only the newest is answered. A question that runs is finished, so that a fast typist keeps
/// seeing answers. Nothing is timed here.
class BenchFeed : public QObject {
    Q_OBJECT
public:
    struct Question {
        std::shared_ptr<const Trace> trace;
        HeadAddress head;
        int query = -1;
        BenchSettings settings;
    };

    explicit BenchFeed(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent = nullptr);

    void ask(Question question);

Q_SIGNALS:
    void answered(const std::shared_ptr<const headlight::Trace>& trace,
                  const std::shared_ptr<const headlight::BenchResult>& result);
    void failed(const QString& sentence);

private:
    void start(Question question);
    void take(const JobState& state);

    std::optional<Question> m_waiting;
    bool m_running = false;
    Jobs m_jobs; ///< last: its thread ends before anything else goes
};

} // namespace headlight
