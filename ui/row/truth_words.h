#pragma once

#include "engine/experiments/truth.h"

#include <QString>

#include <optional>

namespace headlight {

/// Two decimals with a sign, "0" for a zero and "≈0" for what would look like one; fewer decimals from 100
/// on.
QString changeText(double change);
/// Two decimals, "–" where it is not known.
QString sizeText(const std::optional<double>& size);
/// "▽" looks important and is not, "△" the reverse; empty where a weight says the same as its effect.
QString verdictMark(EdgeVerdict verdict);
/// "looks important, is not"; empty where there is no mark.
QString verdictWords(EdgeVerdict verdict);
/// One line for a tool tip or a screen reader.
QString truthInWords(const EdgeTruth& edge);

} // namespace headlight
