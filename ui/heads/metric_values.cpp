#include "ui/heads/metric_values.h"

#include "ui/heads/metric_words.h"

#include <algorithm>
#include <iterator>

namespace headlight {

namespace {
int64_t cellsOf(const Trace& trace) {
    int64_t cells = 0;
    for (const HeadAddress& head : headsOf(trace)) {
        const auto& weights = trace.site(head.stack, head.layer)->weights;
        cells += weights.dimension(1) * weights.dimension(2);
    }
    return cells;
}
} // namespace

void MetricValues::ask(const std::vector<const HeadMetric*>& metrics,
                       const std::shared_ptr<const Trace>& trace,
                       const std::shared_ptr<const LoadedModel>& loaded) {
    if (trace != m_trace || loaded != m_loaded) {
        m_work.stop();
        m_missing.clear();
        m_known.clear();
        m_trace = trace;
        m_loaded = loaded;
    }
    if (!trace)
        return;
    std::vector<const HeadMetric*> missing;
    for (const HeadMetric* metric : metrics)
        if (metric && !of(metric) && std::find(missing.begin(), missing.end(), metric) == missing.end())
            missing.push_back(metric);
    if (missing == m_missing)
        return;
    m_missing = missing;
    if (missing.empty()) {
        m_work.stop();
        return;
    }
    const bool takesAMoment = m_atOnce || cellsOf(*trace) <= quickCells;
    m_work.ask(
        takesAMoment,
        [missing, trace, loaded](const JobControl& control) {
            std::vector<Values> found;
            for (const HeadMetric* metric : missing)
                found.push_back({metric, valuesOf(*metric, *trace, modelOf(*trace, loaded), {}, control)});
            return found;
        },
        [this, takesAMoment](std::vector<Values> found) {
            std::move(found.begin(), found.end(), std::back_inserter(m_known));
            m_missing.clear();
            if (!takesAMoment)
                m_changed();
        });
}

const std::vector<HeadValue>* MetricValues::of(const HeadMetric* metric) const {
    const auto found = std::find_if(m_known.begin(), m_known.end(),
                                    [metric](const Values& each) { return each.metric == metric; });
    return found == m_known.end() ? nullptr : &found->values;
}

} // namespace headlight
