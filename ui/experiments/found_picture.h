#pragma once

#include "ui/experiments/head_finder.h"
#include "ui/theme/theme.h"

#include <QSize>

class QPainter;

namespace headlight {

/// The ranking as a figure: a bar a head, from the metric's least value, and below a line that says over
/// what.
void paintRanking(QPainter& painter, QSize size, const FoundHeads& found, const Theme& theme);
/// Height that shows every head, up to a limit.
int rankingHeight(const FoundHeads& found);

} // namespace headlight
