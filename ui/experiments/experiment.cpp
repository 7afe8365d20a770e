#include "ui/experiments/experiment.h"

#include "ui/experiments/bench_experiment.h"
#include "ui/experiments/cost_experiment_view.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/find_experiment.h"
#include "ui/experiments/positions_experiment.h"
#include "ui/experiments/scaling_experiment_view.h"
#include "ui/jobs/job_bar.h"

namespace headlight {

namespace {
template <class E>
Experiment* make(const ExperimentContext& context, QWidget* parent) {
    return new E(context, parent);
}
} // namespace

bool Experiment::takeNews(const JobState& state, quint64& job, JobBar& bar, QString& problem) {
    if (state.id != job)
        return false;
    bar.show(state);
    if (state.kind == JobState::Kind::waiting || state.kind == JobState::Kind::running)
        return false;
    job = 0;
    if (state.kind == JobState::Kind::failed)
        problem = QString::fromStdString(state.message);
    return true;
}

std::vector<ExperimentEntry> experimentEntries() {
    return {
        {ExperimentsPage::tr("Mechanisms"),
         ExperimentsPage::tr("What would this head look at if it scored, or normalised, differently?"),
         QStringLiteral("bench"), make<BenchExperiment>},
        {ExperimentsPage::tr("Why √dₖ?"),
         ExperimentsPage::tr(
             "Why divide by √dₖ: what becomes of scores and gradients as vectors grow longer?"),
         QStringLiteral("scaling"), make<ScalingExperimentView>},
        {ExperimentsPage::tr("Cost"),
         ExperimentsPage::tr("Time and memory of attention and of a recurrent layer, measured here"),
         QStringLiteral("cost"), make<CostExperimentView>},
        {ExperimentsPage::tr("Find heads"),
         ExperimentsPage::tr("Which head does it? Ranks all heads over many sentences"),
         QStringLiteral("heads"), make<FindExperiment>},
        {ExperimentsPage::tr("Positions"),
         ExperimentsPage::tr("How does the model know where a word stands, and what do other models do?"),
         QStringLiteral("positions"), make<PositionsExperiment>},
    };
}

} // namespace headlight
