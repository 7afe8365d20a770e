#pragma once

namespace headlight {

/// Lets assistive technology read a HeatmapView as a table: a row a query, a column a key, in each cell the
/// exact weight. Needed once in a program; more calls change nothing.
void installHeatmapAccessibility();

} // namespace headlight
