#pragma once

#include "engine/core/head_address.h"
#include "engine/core/view_choices.h"
#include "engine/experiments/truth.h"
#include "engine/trace/trace.h"
#include "ui/session/selection.h"

#include <QString>

#include <optional>
#include <vector>

namespace headlight {

enum class RowOrder { strongest, position };

/// One key of the row that is read, or one query of the column, as it is written.
struct RowLine {
    int token = 0; ///< the first one where the pieces of a word are merged
    int last = 0;  ///< the last one
    QString label;
    QString ending; ///< the part of the label that is never cut: " (8)", or nothing
    bool special = false;
    std::optional<float> score; ///< nothing: not recorded, or there are several
    float weight = 0;
    std::optional<float> before;    ///< the weight of the unchanged pass, while edits are active
    std::optional<EdgeTruth> truth; ///< measured; nothing for merged pieces, and while it is not known
};

/// Whether there is a truth column beside the weights.
enum class TruthState {
    hidden,
    waiting, ///< its numbers are on the way
    shown
};

/// What is read of a head, taken from a trace: lines in the wanted order, and what the bars are measured
/// against.
struct RowContent {
    ReadAxis axis = ReadAxis::query; ///< query: a row, its keys; key: a column, its queries
    int of = -1;                     ///< the token that is read; -1: not there, or hidden
    int ofLast = -1;                 ///< another one than `of` where its pieces are merged
    QString ofLabel;                 ///< its word, all of it where pieces are merged
    std::vector<RowLine> lines;
    bool hasScores = false; ///< of one line at least
    bool merged = false;    ///< some line or `of` stands for several tokens
    float lowestScore = 0;  ///< of the finite ones, at most 0
    float highestScore = 0; ///< at least 0
    double sum = 0;         ///< of the recorded weights, hidden ones too, added up by the engine
    double hidden = 0;      ///< the part of it that lies on hidden tokens
    bool edited = false;    ///< lines have a weight before
    TruthState truth = TruthState::hidden;
};

/// The row of a query.
RowContent rowContent(const Trace& trace, const HeadAddress& head, int query, RowOrder order,
                      const ShownTokens& tokens = {});
/// The column of a key.
RowContent columnContent(const Trace& trace, const HeadAddress& head, int key, RowOrder order,
                         const ShownTokens& tokens = {});

/// Puts the measured numbers beside the weights; null: they are on the way.
void addTruth(RowContent& content, const TruthColumn* truth);

/// A bar within [0, 1] of its column: where it begins and ends. Scores grow to both sides of 0.
struct BarSpan {
    double begin = 0;
    double end = 0;
};
BarSpan scoreBar(std::optional<float> score, float lowest, float highest);

} // namespace headlight
