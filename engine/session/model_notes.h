#pragma once

#include "engine/files/model_folder.h"
#include "engine/session/model_session.h"

namespace headlight {

/// Reads the folder's `headlight.json`: an object whose strings `description`, `example_text`,
/// `example_query` and `example_head` may each be absent; other keys belong to other readers. No file: empty
/// notes. Throws FileError when it is not that, or when the head is not one of the model's.
ModelNotes readModelNotes(const ModelFolder& folder, const ModelShape& shape);

} // namespace headlight
