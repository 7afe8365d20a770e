#pragma once

#include "engine/core/view_choices.h"
#include "engine/metrics/attention_graph.h"
#include "engine/trace/trace.h"
#include "ui/session/jobs.h"
#include "ui/session/messenger.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace headlight {

/// Which map is wanted.
struct DerivedQuestion {
    std::shared_ptr<const Trace> trace; ///< null: none
    Stack stack = Stack::encoder;
    DerivedKind kind = DerivedKind::rollout;
    GraphChoice graph;
    friend bool operator==(const DerivedQuestion&, const DerivedQuestion&) = default;
};

/// What there is of it.
struct DerivedAnswer {
    DerivedQuestion question;
    Tensor<float> cells;     ///< (n, n); empty: nothing yet
    std::vector<bool> known; ///< by row; empty: all
    QString problem;         ///< why there is nothing, in a sentence
};

/// Computes maps that are derived from the weights of many layers. What takes a moment is there at once;
/// what takes longer comes from a thread of its own, where the newest question stops the one before; flow
/// through a large graph is a job that a person starts, and comes row by row.
class DerivedFeed : public QObject {
    Q_OBJECT
public:
    /// Without `jobs` everything is computed at once: for figures.
    explicit DerivedFeed(Jobs* jobs, QObject* parent = nullptr);
    ~DerivedFeed() override;

    /// `preferred`: the row that comes first.
    void ask(const DerivedQuestion& question, int preferred);
    /// While rows come: which one is to be the next.
    void prefer(int query) { m_preferred->store(query); }
    const DerivedQuestion& question() const { return m_question; }
    /// Of an earlier question while the newest is `computing`; with no cells while it is `offered`.
    const DerivedAnswer& answer() const { return m_answer; }

    enum class State { done, computing, offered };
    State state() const { return m_state; }
    /// What is offered is computed, as a job.
    void start();

    /// Nodes of a graph whose flow is computed without being asked for.
    static constexpr int quickNodes = 160;

Q_SIGNALS:
    void changed();

private:
    void stop();
    void showRow(quint64 turn, int query, const std::vector<float>& row);
    void show(quint64 turn, const DerivedAnswer& answer);
    void readNews(const JobState& state);

    Jobs* m_jobs;
    Messenger m_messenger;
    DerivedQuestion m_question;
    DerivedAnswer m_answer;
    State m_state = State::done;
    quint64 m_turn = 0; ///< of the newest question; what belongs to others is dropped
    quint64 m_job = 0;  ///< among `m_jobs`
    quint64 m_quietJob = 0;
    std::shared_ptr<std::atomic<int>> m_preferred = std::make_shared<std::atomic<int>>(-1);
    Jobs m_quiet; ///< last: its thread ends before the rest goes
};

} // namespace headlight
