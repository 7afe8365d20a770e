#pragma once

#include "engine/explain/steps.h"

namespace headlight {

/// Numpy that reads a trace file with details and the model's weights, and names the question.
std::vector<std::string> codePreamble(const Provenance& from, const StepsQuestion& question);
/// Sets `code` and `codeResult` of every stage: each goes on from the variables of those before it.
void addCode(std::vector<Stage>& stages, const Provenance& from, const StepsQuestion& question);

} // namespace headlight
