#pragma once

#include "engine/files/workspace.h"
#include "ui/compare/compare_words.h"

#include <filesystem>
#include <string>

namespace headlight {

/// One line a cell of the common map, RFC 4180: both words of query and key with their token numbers (empty
/// where a side has none), whether they are matched, A, B and A - B (empty where there is no number), and how
/// far the row is apart in bits. Numbers have the digits that make the very float again. The last line
/// carries the workspace (engine/files/recipe.h).
std::string comparisonCsv(const ComparedSides& sides, const Comparison& comparison,
                          const Workspace& workspace);
/// {"format": "headlight-comparison", "version": 1, "a": {"model", "head", "text"}, "b", "bits", "rows":
/// [{"a", "b" (words or null), "matched", "bits", "elsewhere_a", "elsewhere_b"}], "columns", "a_weights":
/// [[...]] (null: no such cell), "b_weights", "difference", "workspace"}. UTF-8.
std::string comparisonJson(const ComparedSides& sides, const Comparison& comparison,
                           const Workspace& workspace);

/// Whole or not at all; .csv or .json. Throws RequestError (another ending, nothing compared) and FileError.
void saveComparison(const ComparedSides& sides, const Comparison& comparison, const Workspace& workspace,
                    const std::filesystem::path& path);

} // namespace headlight
