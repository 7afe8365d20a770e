#pragma once

#include "engine/explain/steps.h"

namespace headlight {

/// One stage without its code. The question is one of this site's.
Stage makeStage(StageId id, const Provenance& from, const StepsQuestion& question);

} // namespace headlight
