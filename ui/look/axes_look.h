#pragma once

#include "ui/look/custom_plot.h"
#include "ui/theme/theme.h"

namespace headlight {

/// The ground, the two axes and the grid of a plot in the colours and fonts of the theme.
void setAxesLook(QCustomPlot& plot, const Theme& theme);

} // namespace headlight
