#pragma once

#include "engine/files/workspace.h"

namespace headlight {

/// A model's name without the folders before it.
std::string lastPartOf(const std::string& modelName);
/// The same workspace for files that leave this computer: a model's folder is named by its last part alone,
/// so that no path goes with a figure. Its hash stays.
Workspace forOthers(Workspace workspace);

} // namespace headlight
