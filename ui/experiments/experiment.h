#pragma once

#include "engine/core/token_anchor.h"
#include "ui/experiments/number_table.h"
#include "ui/formula/formula_library.h"
#include "ui/render/figure.h"
#include "ui/session/jobs.h"
#include "ui/session/selection.h"
#include "ui/session/trace_store.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headlight {

class JobBar;
struct LoadedModel;

/// A sentence that an experiment found, and what is to be selected in it.
struct SentenceToShow {
    std::string text;
    HeadAddress head;
    std::optional<TokenAnchor> query, key;
    bool look = false; ///< the page Look is opened too
};

/// What an experiment may use of the window; all of it outlives the experiments.
struct ExperimentContext {
    const TraceStore& store;
    Selection& selection;
    Jobs& jobs; ///< measurements: one after another, stepping aside for keystrokes
    FormulaLibrary& formulas;
    /// As of a JobLane; for what is computed while the user types. May be empty.
    std::function<void(std::stop_token)> waitWhileBusy = {};
    /// The window reads it, as a new state of its history. May be empty.
    std::function<void(const SentenceToShow&)> showSentence = {};
};

/// One experiment of the page: controls, what it found, and how that is saved. Computes nothing while hidden,
/// and never on the window's thread.
class Experiment : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void setTheme(const Theme& theme) = 0;
    /// The model that the window reads with; null: none is loaded.
    virtual void setModel(const std::shared_ptr<const LoadedModel>& /*model*/) {}
    /// What is on the screen as a figure, and as numbers; nothing while there is none.
    virtual std::optional<FigureSource> figure() = 0;
    virtual std::optional<NumberTable> numbers() const = 0;

protected:
    /// News of a job, for one that has number `job`: shown on `bar`. True when that job has ended: `job` is 0
    /// then, and `problem` says why it failed, if it did.
    static bool takeNews(const JobState& state, quint64& job, JobBar& bar, QString& problem);

Q_SIGNALS:
    /// figure() and numbers() have become something, or nothing.
    void contentChanged();
};

/// A line of the list that the page shows.
struct ExperimentEntry {
    QString title;
    QString question; ///< one sentence: the tool tip
    QString fileName; ///< without ending; suggested when it is saved
    std::function<Experiment*(const ExperimentContext& context, QWidget* parent)> make;
};

/// The registration: a new experiment is one line there.
std::vector<ExperimentEntry> experimentEntries();

} // namespace headlight
