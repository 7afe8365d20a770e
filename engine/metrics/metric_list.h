#pragma once

#include "engine/metrics/head_metric.h"

namespace headlight {

// One function a metric; head_metric.cpp lists them.
HeadMetric entropyMetric();
HeadMetric largestWeightMetric();
HeadMetric meanDistanceMetric();
HeadMetric diagonalityMetric();
HeadMetric previousMetric();
HeadMetric nextMetric();
HeadMetric sameMetric();
HeadMetric firstMetric();
HeadMetric specialMetric();
HeadMetric inductionMetric();
HeadMetric duplicateMetric();
HeadMetric valueNormMetric();
HeadMetric valueNormSpecialMetric();
HeadMetric antecedentMetric();
HeadMetric antecedentStrongestMetric();
HeadMetric subjectMetric();
HeadMetric subjectStrongestMetric();
HeadMetric relationMetric();
HeadMetric relationStrongestMetric();

} // namespace headlight
