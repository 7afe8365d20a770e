#pragma once

#include "engine/trace/trace.h"

#include <QString>

namespace headlight {

/// How a token is written on the screen: its own spelling in the text, or the piece of a special token. Line
/// breaks and tabs become visible signs.
QString tokenLabel(const Trace& trace, const Token& token);
/// The same by index; empty when there is no such token.
QString tokenLabel(const Trace& trace, int index);

/// "L1 H2"
QString headLabel(const HeadAddress& head);
/// Two decimals, or "masked" for -inf.
QString scoreText(float score);
/// Three decimals; what would look like 0 or 1 and is neither, as "<0.001" and ">0.999".
QString weightText(float weight);
/// The shortest decimal that reads back as this very number: "0.99980587".
QString exactWeightText(float weight);
/// "1st", "2nd", "3rd", "4th"...
QString ordinal(int number);

} // namespace headlight
