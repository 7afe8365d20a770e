#pragma once

#include "engine/core/head_address.h"
#include "engine/trace/trace.h"

#include <QString>

#include <vector>

namespace headlight {

enum class RowOrder { strongest, position };

/// One key of the selected row, as it is written.
struct RowLine {
    int key = 0;
    QString label;
    bool special = false;
    float score = 0;
    float weight = 0;
};

/// The selected row, read from a trace: lines in the wanted order, and what the bars are measured against.
struct RowContent {
    std::vector<RowLine> lines;
    float lowestScore = 0;  ///< of the finite ones, at most 0
    float highestScore = 0; ///< at least 0
    double sum = 0;         ///< of the recorded weights, added up by the engine
};

RowContent rowContent(const Trace& trace, const HeadAddress& head, int query, RowOrder order);

/// A bar within [0, 1] of its column: where it begins and ends. Scores grow to both sides of 0.
struct BarSpan {
    double begin = 0;
    double end = 0;
};
BarSpan scoreBar(float score, float lowest, float highest);

} // namespace headlight
