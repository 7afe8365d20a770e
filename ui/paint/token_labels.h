#pragma once

#include "engine/explain/shown_map.h"
#include "engine/trace/trace.h"

#include <QFontMetricsF>
#include <QString>

#include <optional>

namespace headlight {

/// How a token is written on the screen: its own spelling in the text, or the piece of a special token. Line
/// breaks and tabs become visible signs.
QString tokenLabel(const Trace& trace, const Token& token);
/// The same by index; empty when there is no such token.
QString tokenLabel(const Trace& trace, int index);
/// The word whose pieces are one row or column of a shown map, as the text spells it.
QString tokenLabel(const Trace& trace, const ShownToken& token);

/// What fits into `width` pixels. Where that is not all, the letters before `ending` are shortened ("str…
/// (8)"): the ending tells words apart that are spelled alike.
QString elidedBefore(const QString& text, const QString& ending, const QFontMetricsF& metrics, double width);

/// "L1 H2"
QString headLabel(const HeadAddress& head);
/// Two decimals, "masked" for -inf, a dash where there is none.
QString scoreText(std::optional<float> score);
/// Three decimals; what would look like 0 or 1 and is neither, as "<0.001" and ">0.999".
QString weightText(float weight);
/// The shortest decimal that reads back as this very number: "0.99980587".
QString exactWeightText(float weight);
/// "1st", "2nd", "3rd", "4th"...
QString ordinal(int number);

} // namespace headlight
