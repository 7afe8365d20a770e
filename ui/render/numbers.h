#pragma once

#include "engine/experiments/truth.h"
#include "engine/files/workspace.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <string>

namespace headlight {

/// The map that is shown, as numbers: each weight with the digits that make the very float again. What is
/// not shown is left out, and each row says how much of its weight lies there.

/// One line a cell, RFC 4180: head, query and key with their token numbers, weight, score (empty where the
/// pieces of a word are merged, -inf where masked), and the hidden share of the row. The last line carries
/// the workspace (engine/files/recipe.h). With a truth column, six cells more: value-weighted size, gradient
/// x weight, the measured changes of log-odds and of probability, the verdict, and the vocabulary id of the
/// token that they are about; empty outside the measured row, and where pieces are merged.
std::string mapCsv(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                   const TruthColumn* truth = nullptr);
/// {"format": "headlight-map", "version": 1, "head", "model", "model_sha256", "text", "rows": [{"tokens":
/// [first, last], "text", "hidden"}], "columns", "weights": [[...]], "scores" (null: masked; absent where
/// pieces are merged), "workspace"}. UTF-8. With a truth column, also "truth": {"query", "output":
/// {"position", "id"}, "log_odds", "probability", "edges": [{"key", "weight", "value_size" (null: not known),
/// "gradient_times_weight", "change", "probability_change", "verdict"}]}, of all keys, hidden ones too.
std::string mapJson(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                    const TruthColumn* truth = nullptr);

/// Whole or not at all; .csv or .json. Which tokens are shown is in the workspace. Throws RequestError
/// (another ending, no such head) and FileError.
void saveNumbers(const Trace& trace, const HeadAddress& head, const Workspace& workspace,
                 const std::filesystem::path& path, const TruthColumn* truth = nullptr);

} // namespace headlight
