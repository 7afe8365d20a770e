#pragma once

#include "engine/core/progress.h"
#include "engine/metrics/head_pattern.h"
#include "engine/metrics/relation.h"
#include "engine/models/model.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace headlight {

/// What a metric is asked about: one head of one trace, and what else is known. All of it outlives the call.
struct MetricQuestion {
    HeadPattern pattern;
    const Model* model = nullptr;             ///< for metrics that read the model's weights; may be null
    std::span<const TokenRelation> relations; ///< for metrics about relations; may be empty
};

/// One number that says what a head does. `evaluate` gives nothing where the question makes no sense for this
/// head or this text (no token repeats, no vectors were recorded); it runs no pass and changes nothing.
struct HeadMetric {
    std::string_view id;       ///< "mean-distance": in files and commands
    std::string_view title;    ///< "Mean distance"
    std::string_view measures; ///< one sentence
    std::string_view formula;  ///< TeX; a_{ij}: weight of query i on key j, n queries, m keys, from 0
    std::string_view paper;    ///< where it comes from
    std::string_view unit;     ///< "bits"; empty for shares
    double least = 0;
    std::optional<double> most;           ///< nothing: it has no bound that holds for every text
    bool needsVectors = false;            ///< values must be recorded, and the model be given
    std::optional<RelationKind> relation; ///< the kind of relations that it needs
    std::optional<double> (*evaluate)(const MetricQuestion&) = nullptr;
};

/// All metrics, in the order in which they are listed. A new one is a function that returns it, and a line in
/// head_metric.cpp.
const std::vector<HeadMetric>& headMetrics();
/// Null when there is none of that name.
const HeadMetric* findMetric(std::string_view id);

/// Nothing as well when the trace has no such head.
std::optional<double> valueOf(const HeadMetric& metric, const Trace& trace, const HeadAddress& head,
                              const Model* model = nullptr, std::span<const TokenRelation> relations = {});

struct HeadValue {
    HeadAddress head;
    std::optional<double> value;
};
/// Of every head of the trace, in the order of headsOf. Throws Cancelled.
std::vector<HeadValue> valuesOf(const HeadMetric& metric, const Trace& trace, const Model* model = nullptr,
                                std::span<const TokenRelation> relations = {},
                                const JobControl& control = {});

} // namespace headlight
