#pragma once

#include "engine/files/workspace.h"

#include <QString>

namespace headlight {

/// What one change did, in words: "text: tired → wide", "head L1 H3 · query it", "scale: log". A change of
/// the text, or an edit, says nothing about the selection that moved along.
QString changeInWords(const Workspace& before, const Workspace& after);

/// What a first state shows: its text, shortened.
QString stateInWords(const Workspace& workspace);

} // namespace headlight
