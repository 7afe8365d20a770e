#pragma once

#include "engine/experiments/mechanism_bench.h"
#include "ui/experiments/number_table.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace headlight {

/// Gives the words of the bench to translators.
class BenchWords {
    Q_DECLARE_TR_FUNCTIONS(Bench)
};

/// What the bench shows: one result and the trace that it was computed from, so that weights and words never
/// disagree.
struct BenchContent {
    std::shared_ptr<const Trace> trace;
    std::shared_ptr<const BenchResult> result;
    /// The last one that was timed; its times hold for every head of the same shape.
    std::shared_ptr<const BenchResult> timed;

    bool empty() const { return !trace || !result; }
    const BenchRow& row(int scoreFunction, int normaliser) const;
    /// Of a row of `result`; nothing when no head of this shape was timed.
    std::optional<double> seconds(const BenchRow& row) const;
    /// The key with the largest weight.
    static int strongestKey(const BenchRow& row);
};

/// The typeset formula of a score function (resources/formulas); empty when it has none.
QString formulaOf(const MechanismInfo& scoreFunction);
/// The same of a normaliser.
QString formulaOfNormaliser(const MechanismInfo& normaliser);

/// "12,288"; from a million on "3.1 M".
QString countText(double count);
/// "2.1 µs", "14 ms", "1.3 s"
QString secondsText(double seconds);
/// Three digits, or that no gradient passes.
QString gradientText(const BenchRow& row);
/// "1.20"
QString entropyText(double bits);

/// "scaled dot, softmax, this head as recorded: entropy 1.20 bits, ..."; for screen readers and tool tips.
QString describeRow(const BenchContent& content, const BenchRow& row);
/// One line a score function, normaliser and key.
NumberTable benchTable(const BenchContent& content);

} // namespace headlight
