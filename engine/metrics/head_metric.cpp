#include "engine/metrics/head_metric.h"

#include "engine/core/errors.h"
#include "engine/metrics/metric_list.h"

#include <algorithm>

namespace headlight {

const std::vector<HeadMetric>& headMetrics() {
    static const std::vector<HeadMetric> all{entropyMetric(),
                                             largestWeightMetric(),
                                             meanDistanceMetric(),
                                             diagonalityMetric(),
                                             previousMetric(),
                                             nextMetric(),
                                             sameMetric(),
                                             firstMetric(),
                                             specialMetric(),
                                             inductionMetric(),
                                             duplicateMetric(),
                                             valueNormMetric(),
                                             valueNormSpecialMetric(),
                                             antecedentMetric(),
                                             antecedentStrongestMetric(),
                                             subjectMetric(),
                                             subjectStrongestMetric(),
                                             relationMetric(),
                                             relationStrongestMetric()};
    return all;
}

const HeadMetric* findMetric(std::string_view id) {
    const std::vector<HeadMetric>& all = headMetrics();
    const auto found =
        std::find_if(all.begin(), all.end(), [id](const HeadMetric& metric) { return metric.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::optional<double> valueOf(const HeadMetric& metric, const Trace& trace, const HeadAddress& head,
                              const Model* model, std::span<const TokenRelation> relations) {
    const std::optional<HeadPattern> pattern = HeadPattern::of(trace, head);
    if (!pattern)
        return std::nullopt;
    return metric.evaluate({*pattern, model, relations});
}

std::vector<HeadValue> valuesOf(const HeadMetric& metric, const Trace& trace, const Model* model,
                                std::span<const TokenRelation> relations, const JobControl& control) {
    std::vector<HeadValue> values;
    for (const HeadAddress& head : headsOf(trace)) {
        control.stepAside();
        if (control.stop.stop_requested())
            throw Cancelled();
        values.push_back({head, valueOf(metric, trace, head, model, relations)});
    }
    return values;
}

} // namespace headlight
