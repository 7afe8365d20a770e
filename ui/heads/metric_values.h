#pragma once

#include "engine/metrics/head_metric.h"
#include "engine/session/model_session.h"
#include "ui/session/quiet_work.h"

#include <functional>
#include <memory>
#include <vector>

namespace headlight {

/// The values of metrics over one trace, each computed once: over short texts at once, over long ones in the
/// background.
class MetricValues {
public:
    /// `changed` is called on the receiver's thread when values come later. The receiver owns this.
    MetricValues(QObject* receiver, std::function<void()> changed)
        : m_changed(std::move(changed)), m_work(receiver) {}

    /// The newest question; what was asked of another trace or model is forgotten. Null metrics are none.
    void ask(const std::vector<const HeadMetric*>& metrics, const std::shared_ptr<const Trace>& trace,
             const std::shared_ptr<const LoadedModel>& loaded);
    /// Of every head; null while they are not there.
    const std::vector<HeadValue>* of(const HeadMetric* metric) const;
    /// Whatever the cost: for figures.
    void setAtOnce() { m_atOnce = true; }

    /// Weights of all heads of a trace that a metric reads within some milliseconds.
    static constexpr int64_t quickCells = 500'000;

private:
    struct Values {
        const HeadMetric* metric = nullptr;
        std::vector<HeadValue> values;
    };
    std::function<void()> m_changed;
    std::shared_ptr<const Trace> m_trace;
    std::shared_ptr<const LoadedModel> m_loaded;
    std::vector<const HeadMetric*> m_missing; ///< being computed
    std::vector<Values> m_known;
    bool m_atOnce = false;
    QuietWork m_work;
};

} // namespace headlight
