#pragma once

#include "engine/experiments/truth.h"
#include "engine/explain/logit_lens.h"
#include "engine/session/model_session.h"
#include "ui/session/jobs.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace headlight {

/// What the residual stream of one token says on the way, and what each part of the model wrote into one
/// logit of it.
struct OutputPaths {
    std::vector<LensLayer> lens;      ///< empty: the model has no such head, or nothing was recorded
    std::optional<DirectPaths> paths; ///< nothing: the family cannot say, or nothing was recorded
};

/// Measures what stands beside the weights: the truth column of a row (engine/experiments/truth.h), the logit
/// lens and the direct contributions at its token. Work is done by a job of its own that steps aside for
/// keystrokes; a newer question ends the older one. Answers are kept for the questions of one recording, so
/// that going back to a row shows it at once. Who shows them asks; while nobody asks, nothing is computed.
class EvidenceFeed : public QObject {
    Q_OBJECT
public:
    /// `waitWhileBusy` blocks while a text is being read, and may be empty; it has to outlive this object.
    explicit EvidenceFeed(std::function<void(std::stop_token)> waitWhileBusy, QObject* parent = nullptr);

    /// From now on this model measures; null: none does.
    void setModel(std::shared_ptr<const LoadedModel> model);
    const std::shared_ptr<const LoadedModel>& model() const { return m_model; }

    /// What the row is measured by: the reading `piece` of its token, or the best one, of the unchanged pass
    /// where there is one, so that an edit does not change the question.
    std::optional<ChosenOutput> outputFor(const Trace& trace, int query, const std::string& piece) const;

    /// Starts what is not known yet of this question; asking the same again costs nothing. Without
    /// `withTruth`, what its output is made of alone. `inPassing`: it is looked at while the mouse rests
    /// there; it waits for what is being measured instead of ending it.
    void ask(const std::shared_ptr<const Trace>& trace, const TruthQuestion& question, bool withTruth,
             bool inPassing = false);
    /// Nobody looks any more.
    void rest();

    /// Of the question last asked; null while it is being measured, or cannot be.
    std::shared_ptr<const TruthColumn> truth() const;
    /// Of the output of that question; null while it is on the way.
    std::shared_ptr<const OutputPaths> paths() const;
    /// One sentence: why there is no truth column; empty otherwise.
    const QString& problem() const { return m_problem; }
    /// How far a long measurement of that question is, 0 to 1; nothing while none has been reported.
    std::optional<double> progress() const;

Q_SIGNALS:
    void changed();

private:
    struct Measured {
        TruthQuestion question;
        std::shared_ptr<const TruthColumn> column;
    };
    void forget();
    /// What is missing of the question, if anything is.
    void start();
    void finish();
    /// On the job's thread.
    void measure(quint64 number, const std::shared_ptr<const Trace>& trace,
                 const std::shared_ptr<const LoadedModel>& model, const TruthQuestion& question,
                 const JobControl& control);
    /// Hands a result over to the window's thread, where it counts unless something newer was asked.
    void tell(quint64 number, std::function<void()> keep);

    std::shared_ptr<const LoadedModel> m_model;
    std::shared_ptr<const Trace> m_trace;
    std::optional<TruthQuestion> m_question;
    bool m_withTruth = false;
    std::optional<TruthQuestion> m_atWork; ///< the question of the job
    bool m_truthAtWork = false;
    std::vector<Measured> m_measured; ///< of m_trace
    std::optional<ChosenOutput> m_pathsOf;
    std::shared_ptr<const OutputPaths> m_paths; ///< of m_trace and m_pathsOf
    QString m_problem;
    std::optional<double> m_progress;
    quint64 m_number = 0; ///< of the question; older results are dropped
    quint64 m_job = 0;    ///< 0: none is at work
    Jobs m_jobs;          ///< last: its thread ends before anything else goes
};

} // namespace headlight
