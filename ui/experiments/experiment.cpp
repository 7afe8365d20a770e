#include "ui/experiments/experiment.h"

#include "ui/experiments/bench_experiment.h"
#include "ui/experiments/cost_experiment_view.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/scaling_experiment_view.h"

namespace headlight {

namespace {
template <class E>
Experiment* make(const ExperimentContext& context, QWidget* parent) {
    return new E(context, parent);
}
} // namespace

std::vector<ExperimentEntry> experimentEntries() {
    return {
        {ExperimentsPage::tr("Mechanism bench"),
         ExperimentsPage::tr("What would this head look at if it scored, or normalised, differently?"),
         QStringLiteral("bench"), make<BenchExperiment>},
        {ExperimentsPage::tr("Why divide by √dₖ?"),
         ExperimentsPage::tr("What becomes of scores and gradients as vectors grow longer?"),
         QStringLiteral("scaling"), make<ScalingExperimentView>},
        {ExperimentsPage::tr("What it costs"),
         ExperimentsPage::tr("Time and memory of attention and of a recurrent layer, measured here"),
         QStringLiteral("cost"), make<CostExperimentView>},
    };
}

} // namespace headlight
