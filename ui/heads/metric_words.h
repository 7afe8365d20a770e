#pragma once

#include "engine/metrics/head_metric.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

class QComboBox;

namespace headlight {

struct LoadedModel;

/// The model as metrics may read it: null unless it is the one that made the trace.
const Model* modelOf(const Trace& trace, const std::shared_ptr<const LoadedModel>& loaded);

/// Whether a metric is for every text: it needs no relations between words, which a text alone does not give.
bool isOfEveryText(const HeadMetric& metric);
/// Whether this trace holds what the metric reads: for some, values and the model that made them.
bool canBeAsked(const HeadMetric& metric, const Trace* trace, const Model* model);

/// "Entropy", "Mean distance".
QString metricName(const HeadMetric& metric);
/// What it measures, its formula and where it comes from, as rich text for a tool tip.
QString metricTip(const HeadMetric& metric);
/// "Mean distance (tokens)"; shares, which have no unit: "On itself (share of weight)".
QString metricAxis(const HeadMetric& metric);
/// At most four figures for a badge: "0.42", "12.3", "128"; never a 0 or 1 that is none. A dash for none.
QString metricNumber(const HeadMetric& metric, const std::optional<double>& value);

/// The formulas of the metrics, written with signs and raised or lowered letters.
QString formulaAsText(std::string_view tex);

/// Every metric that isOfEveryText, with its tool tip and its id as data; above them `none`, if it is given.
void fillWithMetrics(QComboBox& box, const QString& none = {});
/// Selects a metric, or the first entry; those that cannot be asked now cannot be chosen.
void showMetric(QComboBox& box, const std::string& id, const Trace* trace, const Model* model);

} // namespace headlight
