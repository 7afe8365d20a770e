#pragma once

#include "engine/core/progress.h"
#include "engine/models/model.h"
#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace headlight {

/// In which number an output is measured, both in natural units.
enum class OutputMeasure {
    /// ln(p / (1 - p)), p being the token's probability. The default: what moves all logits of a position
    /// alike leaves it as it is, as it leaves what is read.
    logOdds,
    /// The logit itself. The bundled reader shifts all logits of a position together, so deleting an edge can
    /// raise the logit of a token and lower its probability.
    logit
};

/// The number that is asked about: one token at one position.
struct ChosenOutput {
    int position = 0;
    int id = 0; ///< in the vocabulary
    OutputMeasure measure = OutputMeasure::logOdds;
    friend bool operator==(const ChosenOutput&, const ChosenOutput&) = default;
};
/// What the recording reads at this position: its largest logit, of equal ones the first. Nothing without
/// logits.
std::optional<ChosenOutput> topAnswer(const Trace& trace, int position);
/// The chosen output as recorded, in its measure; nothing without logits, or where there is no such logit.
std::optional<double> outputValue(const Trace& trace, const ChosenOutput& output);
/// How far the trace's edits moved it from its baseline; nothing without one, and where a value is missing.
std::optional<double> outputChange(const Trace& trace, const ChosenOutput& output);

/// One row of a head, and an output that it may or may not matter to.
struct TruthQuestion {
    HeadAddress head;
    int query = 0;
    ChosenOutput output;
    friend bool operator==(const TruthQuestion&, const TruthQuestion&) = default;
};

/// Whether a weight says the same as its measured effect.
enum class EdgeVerdict {
    asItLooks,
    overrated, ///< looks important, is not
    underrated ///< looks unimportant, is
};

/// One key of the row.
struct EdgeTruth {
    int key = 0;
    float weight = 0; ///< recorded
    std::optional<double>
        valueSize; ///< ||a_ij f(x_j)|| (metrics/value_norms.h); nothing where that is not known
    double gradientTimesWeight = 0; ///< a first-order guess of what the edge contributes
    double change = 0;              ///< measured: output without the edge minus output with it
    double probabilityChange = 0;   ///< the same of the token's probability
    EdgeVerdict verdict = EdgeVerdict::asItLooks;
};

/// What each weight of a row does to the chosen output, measured.
struct TruthColumn {
    TruthQuestion question;
    double value = 0;             ///< of the chosen output as recorded, in its measure
    double probability = 0;       ///< of its token
    std::vector<EdgeTruth> edges; ///< one a key, in the order of the keys
};

/// Deletes the edges of the row one at a time and reads the output again. Deleting an edge is a pass with
/// the trace's own edits and one more: PaintedWeight set to 0 in that head, row not renormalised, so that all
/// other weights of the row stay what they are. (Where the trace itself paints cells of this row, these are
/// painted once more with the weights that it recorded.) Everything behind the edge is computed anew;
/// whoever adds that edit by hand gets the same bits.
///
/// Gradient times weight is a central difference of the same kind, because the backward pass of training
/// knows no edits: the weight a is set to 9/8 a and to 7/8 a, and the difference of the two outputs is
/// divided by 1/4. Passes are float32, so it is good to about 1e-4, and to the third order in the weight.
/// Edges of weight 0 have no effect and take no pass; all others take three.
///
/// `stop` is polled between passes and inside them. Throws Cancelled, and RequestError: a question outside
/// the trace, a trace without logits, a head that is switched off in it.
TruthColumn truthColumn(const Trace& trace, const Model& model, const TruthQuestion& question,
                        const JobControl& control = {});

/// The verdict's thresholds, as shares of the row's largest weight and of its largest |change|: what is at
/// least `truthHigh` of one and less than `truthLow` of the other is flagged. Where no change of the row
/// reaches `truthLeast`, none counts as important.
constexpr double truthHigh = 0.25;
constexpr double truthLow = 0.05;
constexpr double truthLeast = 0.01;
/// Sets the verdicts from weights and changes.
void judge(std::vector<EdgeTruth>& edges);

/// What attention can and cannot explain, in one line.
constexpr const char* attentionCaveat =
    "A weight says where a head looks, not what follows from it (Jain & Wallace 2019, “Attention is not "
    "Explanation”); whether it explains anything has to be measured (Wiegreffe & Pinter 2019, “Attention is "
    "not not Explanation”).";

} // namespace headlight
